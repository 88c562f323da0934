"""A song and a model become a genre; what a person gives becomes songs.

Reading what a person gives is light, so that a window can do so as it opens.  Hearing needs numpy
and the decoders: they are imported when `hear`, `hear_video`, `hear_many` or `Listener` is first
asked for.
"""

from typing import TYPE_CHECKING

from lib.prediction.outcome import Event, Found, Outcome, Place
from lib.prediction.pace import PAUSE_SECONDS
from lib.prediction.prediction import Prediction, WindowPrediction
from lib.prediction.sources import File, Folder, Source, find_songs, read_source

if TYPE_CHECKING:
    from lib.prediction.given import Given
    from lib.prediction.hearing import hear
    from lib.prediction.listener import Crew, Listener
    from lib.prediction.many import hear_many
    from lib.prediction.video import hear_video
else:

    def __getattr__(name: str) -> object:
        """Import what is slow to import (PEP 562)."""
        if name == "hear":
            from lib.prediction import hearing as module
        elif name == "hear_video":
            from lib.prediction import video as module
        elif name == "Given":
            from lib.prediction import given as module
        elif name == "hear_many":
            from lib.prediction import many as module
        elif name in ("Crew", "Listener"):
            from lib.prediction import listener as module
        else:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(module, name)


__all__ = [
    "PAUSE_SECONDS",
    "Crew",
    "Event",
    "File",
    "Folder",
    "Found",
    "Given",
    "Listener",
    "Outcome",
    "Place",
    "Prediction",
    "Source",
    "WindowPrediction",
    "find_songs",
    "hear",
    "hear_many",
    "hear_video",
    "read_source",
]
