"""What the Library page shows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.failures import Failure
from lib.gui.table import Row

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.library import Gone, Song


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
    former : bool
        Whether another model heard it, and the present one has still to.
    """

    song: Song
    row: Row
    words: str
    disagrees: bool
    kept: Song
    former: bool = False


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
    former : tuple of Line
        What another model has heard of these.
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
    former: tuple[Line, ...] = ()
    step: str = ""
    fraction: float | None = None
    left: float | None = None
    watching: bool = False
    failure: Failure | None = None

    @property
    def busy(self) -> bool:
        """Whether songs are being heard, or will be."""
        return self.pace in {Pace.HEARING, Pace.PAUSED, Pace.STOPPING}

    @property
    def known(self) -> tuple[Line, ...]:
        """What is known of its songs, by whichever model."""
        return (*self.lines, *self.former)


def with_news(state: LibraryState, fresh: Sequence[Line | Gone]) -> tuple[LibraryState, list[Path]]:
    """Return a state with what was heard, or has gone, since; and which of its files have gone."""
    known = {line.row.key: line for line in state.lines}
    gone = []
    for found in fresh:
        if isinstance(found, Line):
            known[found.row.key] = found
        elif known.pop(str(found.path), None):
            gone.append(found.path)
    former = tuple(line for line in state.former if line.row.key not in known)
    waiting = max(state.waiting - len(fresh), 0)
    return replace(state, lines=tuple(known.values()), former=former, waiting=waiting), gone
