"""A library in order: thousands of files heard by several processes, kept, told by genre, exported.

Looking at what was kept is light.  Hearing needs numpy and the decoders: they are imported when
`Crew`, `Judge`, `plan`, `hear_library` or `watch` is first asked for, and mutagen when
`following` or `answer_of` is.
"""

from typing import TYPE_CHECKING

from lib.library.database import open_store, usual_file
from lib.library.errors import LibraryError
from lib.library.exports import check_suffix, export, write_playlists
from lib.library.song import Gone, Song, Stamp
from lib.library.totals import Total, disagreeing, totals

if TYPE_CHECKING:
    from lib.library.crew import Crew
    from lib.library.hearing import Judge, hear_gently
    from lib.library.run import Plan, hear_library, plan
    from lib.library.tags import answer_of, following
    from lib.library.watching import watch
else:

    def __getattr__(name: str) -> object:
        """Import what is slow to import (PEP 562)."""
        if name == "Crew":
            from lib.library import crew as module
        elif name in ("Judge", "hear_gently"):
            from lib.library import hearing as module
        elif name in ("Plan", "hear_library", "plan"):
            from lib.library import run as module
        elif name in ("answer_of", "following"):
            from lib.library import tags as module
        elif name == "watch":
            from lib.library import watching as module
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(module, name)


__all__ = [
    "Crew",
    "Gone",
    "Judge",
    "LibraryError",
    "Plan",
    "Song",
    "Stamp",
    "Total",
    "answer_of",
    "check_suffix",
    "disagreeing",
    "export",
    "following",
    "hear_gently",
    "hear_library",
    "open_store",
    "plan",
    "totals",
    "usual_file",
    "watch",
    "write_playlists",
]
