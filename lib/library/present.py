"""The genre that a file's tags name already."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from lib.wording import clean

# Where the formats keep it: ID3's frame (mp3, wav, aiff), MP4's atom, Vorbis comments (flac, ogg,
# opus), and ASF's attribute (wma).
_FIELDS = ("TCON", "\xa9gen", "genre", "WM/Genre")


def present_genre(path: Path) -> str:
    """Return what the tags of a file call its genre; ``""`` where they don't, or can't be read.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        One line; several genres stand with semicolons between them.
    """
    import mutagen

    try:
        tags = mutagen.File(os.fspath(path))
    except Exception:  # noqa: BLE001 (a strange tag is no reason not to hear the song)
        return ""
    for name in _FIELDS if tags is not None else ():
        try:
            found = tags[name]
        except (KeyError, ValueError):  # Vorbis refuses a name that can't be one of its own
            continue
        return _in_a_line(found)
    return ""


def _in_a_line(found: object) -> str:
    """Return the values of a field, each once."""
    # An ID3 frame says by name what the numbers of old mean: "(17)" is Rock.
    values = getattr(found, "genres", found)
    if isinstance(values, str) or not isinstance(values, Iterable):
        values = [values]
    lines = [clean(str(value).replace("\0", "; ")) for value in values]
    return "; ".join(dict.fromkeys(filter(None, lines)))
