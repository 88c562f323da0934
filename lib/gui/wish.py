"""What a person wants to hear, in all that they have said of it."""

from __future__ import annotations

from dataclasses import dataclass

from lib.gui.state import Phase


@dataclass(frozen=True)
class Wish:
    """What a person wants to hear.

    Parameters
    ----------
    source : str
        What was given.
    video : str
        The id of the video that was picked from a list; ``""`` where the source says it all.
    title : str
        Of that video.
    origin : Phase or None
        The list it was picked from.
    number : int
        Its place there, from 0.
    unlimited : bool
        Whether it may be of any length and size.
    quick : bool
        Whether the middle of a file is enough.
    """

    source: str
    video: str = ""
    title: str = ""
    origin: Phase | None = None
    number: int = 0
    unlimited: bool = False
    quick: bool = False
