"""What the Library page shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.failures import Failure
from lib.gui.table import Row

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.library import Song


class Pace(Enum):
    """What goes on."""

    IDLE = auto()
    LOOKING = auto()  # which files there are
    HEARING = auto()
    PAUSED = auto()  # or about to be: the songs on their way are heard to their end
    STOPPING = auto()


@dataclass(frozen=True, eq=False)
class Line:
    """A song as the table has it; made in a thread, for there may be thousands.

    Parameters
    ----------
    song : Song
        With the threshold for doubt that a person has set.
    row : Row
    words : str
        All that can be searched for, in small letters.
    disagrees : bool
        As `Song.disagrees`, worked out once.
    kept : Song
        As the library keeps it, with the model's own threshold.
    """

    song: Song
    row: Row
    words: str
    disagrees: bool
    kept: Song


@dataclass(frozen=True)
class LibraryState:
    """Everything that the Library page shows.

    Parameters
    ----------
    folder : Path or None
        Whose songs they are; None before one was chosen.
    pace : Pace
    lines : tuple of Line
        What is known of its songs, in no order.
    waiting : int
        How many are still to be heard.
    others : int
        How many of these another model heard, as the last look has shown.
    step : str
        What is being done.
    fraction : float or None
        How much of that is done.
    left : float or None
        Seconds until all is; None where nobody can know.
    watching : bool
        Whether it goes on with what arrives.
    failure : Failure or None
        What went wrong last.
    """

    folder: Path | None = None
    pace: Pace = Pace.IDLE
    lines: tuple[Line, ...] = ()
    waiting: int = 0
    others: int = 0
    step: str = ""
    fraction: float | None = None
    left: float | None = None
    watching: bool = False
    failure: Failure | None = None

    @property
    def busy(self) -> bool:
        """Whether songs are being heard, or will be."""
        return self.pace in {Pace.HEARING, Pace.PAUSED, Pace.STOPPING}
