"""Hearing what arrives in folders, until stopped."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from lib.library.crew import Crew, open_hearers
from lib.library.run import find
from lib.library.song import Song, Stamp, stamp_of
from lib.progress import Progress, silent


def watch(
    sources: Sequence[Path],
    file: Path,
    crew: Crew,
    *,
    settled: float = 2.0,
    progress: Progress = silent,
) -> Iterator[Song | None]:
    """Hear what arrives in folders, until stopped.

    Parameters
    ----------
    sources : sequence of Path
        Folders, and files.
    file : Path
        Where what is heard is kept; what it knows already is not heard again.
    crew : Crew
    settled : float
        Seconds for which a file must neither grow nor be written, before it counts as complete.
    progress : Progress
        Called several times a second; raising `~lib.errors.Cancelled` is what ends it.

    Yields
    ------
    Song or None
        Each song when it was heard; None each time nothing is left to do for now.

    Raises
    ------
    LibraryError, ModelError, BackboneError, WorkerError
        As `hear_library`.
    """
    arrivals = Arrivals(sources, settled)
    idle = False
    with open_hearers(file, crew) as hearers:
        known = {path: song.stamp for path, song in hearers.known().items()}
        waiting: deque[Path] = deque()
        while True:
            waiting.extend(arrivals.complete(known))
            while waiting and hearers.free:
                hearers.begin(waiting.popleft())
            for song in hearers.finished():
                idle = False
                known[song.path] = song.stamp
                arrivals.forget(song.path)
                yield song
            progress("Watching for songs", None)
            if not (waiting or hearers.busy or arrivals.growing or idle):
                idle = True
                yield None


class Arrivals:
    """Files that have come, told once they are complete.

    Parameters
    ----------
    sources : sequence of Path
    settled : float
        See `watch`.
    clock : callable
        Tells the time in seconds.
    """

    def __init__(
        self,
        sources: Sequence[Path],
        settled: float,
        *,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._sources = sources
        self._settled = settled
        self._clock = clock
        self._growing: dict[Path, tuple[Stamp, float]] = {}
        self._told: set[Path] = set()
        self._next = 0.0

    @property
    def growing(self) -> bool:
        """Whether a file is waited for."""
        return bool(self._growing)

    def complete(self, known: Mapping[Path, Stamp | None]) -> list[Path]:
        """Return the files that have become complete and are not known as they are now."""
        begun = self._clock()
        if begun < self._next:
            return []
        stamps = {path: stamp_of(path) for path in find(self._sources)}
        now = self._clock()
        # However large the folder, looking takes no more than a tenth of the time.
        self._next = now + max(min(self._settled / 2, 1.0), 10 * (now - begun))
        fresh = {
            path: stamp
            for path, stamp in stamps.items()
            if stamp is not None and path not in self._told and known.get(path) != stamp
        }
        before = self._growing
        self._growing = {
            path: before[path] if before.get(path, (None,))[0] == stamp else (stamp, now)
            for path, stamp in fresh.items()
        }
        ready = [p for p, (_, since) in self._growing.items() if now - since >= self._settled]
        for path in ready:
            del self._growing[path]
        self._told.update(ready)
        return ready

    def forget(self, path: Path) -> None:
        """Take note that a file was heard: it may change and come again."""
        self._told.discard(path)
