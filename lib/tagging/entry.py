"""What the journal tells: of a change, how to take it back, and of a run, what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Entry:
    """A change of a file.

    Parameters
    ----------
    run, number : int
    path, temporary : Path
        The file, and the copy beside it that takes its place.
    old, new : bytes
        The SHA-256 of the file before and after; `old` is empty before the change is prepared.
    delta : bytes
        See `lib.tagging.delta`.
    times : tuple of int
        When the file was last read and changed before, in ns.
    """

    run: int
    number: int
    path: Path
    temporary: Path
    old: bytes = b""
    new: bytes = b""
    delta: bytes = b""
    times: tuple[int, int] = (0, 0)


@dataclass(frozen=True)
class RunTold:
    """A run in the journal: its number, when it began (ISO 8601, UTC), files changed and undone."""

    number: int
    started: str
    changed: int
    undone: int

    @property
    def left(self) -> int:
        """How many files can still be undone."""
        return self.changed - self.undone
