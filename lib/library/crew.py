"""The processes that hear a library, and the store that keeps what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from lib.errors import EarmarkError
from lib.library.database import open_store
from lib.library.hearing import LEAST_PATIENCE, Judge, Task, hear_file, length_of, lost
from lib.library.song import Song
from lib.library.store import Store
from lib.workers import Workers

Hear = Callable[[Task], Song | EarmarkError]

TICK = 0.2  # seconds at most between one look at progress, pause and results and the next


@dataclass(frozen=True)
class Crew:
    """Who hears a library.

    Parameters
    ----------
    judge : Judge
    workers : int
        How many processes.
    patience : float
        Seconds that a file may take, beside as many as it is likely to play.
    hear : callable
        What each process does.
    """

    judge: Judge
    workers: int
    patience: float = LEAST_PATIENCE
    hear: Hear = hear_file


class Hearers:
    """Processes that are given one file each at a time, and the store that keeps what they say."""

    def __init__(
        self, crew: Crew, store: Store, processes: Workers[Task, Song | EarmarkError]
    ) -> None:
        self._crew = crew
        self._store = store
        self._processes = processes

    def known(self) -> dict[Path, Song]:
        """Return what is kept."""
        return self._store.songs(self._crew.judge.mark)

    @property
    def busy(self) -> bool:
        """Whether songs are being heard."""
        return self._processes.unfinished > 0

    @property
    def free(self) -> bool:
        """Whether another song can be begun."""
        return self._processes.unfinished < self._crew.workers

    def begin(self, path: Path) -> None:
        """Have a song heard."""
        self._processes.add(Task(path, self._crew.judge))

    def finished(self) -> Iterator[Song]:
        """Give the songs that are finished, kept already; wait a tick where there is none."""
        for task, result in self._processes.listen(TICK):
            if isinstance(result, EarmarkError):
                raise result
            song = result if isinstance(result, Song) else lost(task, result)
            self._store.keep(song, self._crew.judge.mark)
            yield song


@contextmanager
def open_hearers(file: Path, crew: Crew) -> Iterator[Hearers]:
    """Give the processes and the store; none of them outlives the block."""

    def patience(task: Task) -> float:
        return crew.patience + length_of(task.path)

    with (
        open_store(file) as store,
        Workers(crew.hear, count=crew.workers, patience=patience) as processes,
    ):
        yield Hearers(crew, store, processes)
