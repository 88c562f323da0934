"""What the tab Tags shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from lib.gui.library.tags.options import TagOptions
from lib.gui.table import Row

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.tagging import Change, RunTold


class Doing(Enum):
    """What goes on."""

    NOTHING = auto()
    READING = auto()  # what is in the files, for the preview
    WRITING = auto()
    RESTORING = auto()


class Told(Enum):
    """What the table tells of."""

    PREVIEW = auto()
    WRITTEN = auto()
    RESTORED = auto()


@dataclass(frozen=True, eq=False)
class TagLine:
    """A file as the table has it; made in a thread, for there may be thousands."""

    change: Change
    row: Row


@dataclass(frozen=True)
class TagState:
    """Everything that the tab shows.

    Parameters
    ----------
    options : TagOptions
    doing : Doing
    stopping : bool
        Whether that was cancelled, and ends with the present file.
    told : Told
    lines : tuple of TagLine
        In no order.
    whole : bool
        Whether these are all files, so that they can be written.
    fraction : float or None
        How much is done.
    genres : tuple of str
        What the model knows.
    run : int
        The one that was undone last.
    runs : tuple of RunTold
        Those of which something can be undone, the last one first.
    """

    options: TagOptions
    doing: Doing = Doing.NOTHING
    stopping: bool = False
    told: Told = Told.PREVIEW
    lines: tuple[TagLine, ...] = ()
    whole: bool = False
    fraction: float | None = None
    genres: tuple[str, ...] = ()
    run: int = 0
    runs: tuple[RunTold, ...] = ()

    @property
    def at_work(self) -> bool:
        """Whether files are being changed."""
        return self.doing in {Doing.WRITING, Doing.RESTORING}

    @property
    def stopped(self) -> bool:
        """Whether the preview was cancelled, be it before its first file."""
        looked = self.doing is not Doing.NOTHING or self.told is not Told.PREVIEW
        return not looked and not self.whole and bool(self.genres)

    @property
    def due(self) -> tuple[Change, ...]:
        """The changes that can be written now."""
        if not self.whole or self.told is not Told.PREVIEW:
            return ()
        return tuple(line.change for line in self.lines if line.change.due)
