"""Hearing what arrives in folders, and telling what leaves them, until stopped."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from lib.library.crew import Crew, Hearers, open_hearers
from lib.library.run import find
from lib.library.song import Gone, Song, Stamp, stamp_of
from lib.progress import Progress, silent


def watch(
    sources: Sequence[Path],
    file: Path,
    crew: Crew,
    *,
    seen: Iterable[Path] = (),
    settled: float = 2.0,
    progress: Progress = silent,
) -> Iterator[Song | Gone | None]:
    """Hear what arrives in folders, and tell what leaves them, until stopped.

    What was heard of a file that has gone stays kept: should it come back as it was, such as with
    a disk that is plugged in again, it isn't heard anew.

    Parameters
    ----------
    sources : sequence of Path
        Folders, and files.
    file : Path
        Where what is heard is kept; what it knows already is not heard again.
    crew : Crew
    seen : iterable of Path
        The files that are told of already, so that it is told when they leave.
    settled : float
        Seconds for which a file must neither grow nor be written, before it counts as complete.
    progress : Progress
        Called several times a second; raising `~lib.errors.Cancelled` is what ends it.

    Yields
    ------
    Song or Gone or None
        Each song when it was heard, or has come back; each that has gone; None each time nothing is
        left to do for now.

    Raises
    ------
    LibraryError, ModelError, BackboneError, WorkerError
        As `hear_library`.
    """
    arrivals = Arrivals(sources, settled)
    idle, told = False, set(seen)
    with open_hearers(file, crew) as hearers:
        kept = hearers.known()
        known = {path: song.stamp for path, song in kept.items()}
        waiting: deque[Path] = deque()
        while True:
            waiting.extend(arrivals.complete(known))
            for path in arrivals.gone(told):
                told.discard(path)
                known.pop(path, None)
                yield Gone(path)
                idle = False
            back = _begin(waiting, hearers, kept)
            for song in (*back, *hearers.finished()):
                idle = False
                kept[song.path], known[song.path] = song, song.stamp
                told.add(song.path)
                arrivals.forget(song.path)
                yield song
            progress("Watching for songs", None)
            if not (waiting or hearers.busy or arrivals.growing or idle):
                idle = True
                yield None


def _begin(waiting: deque[Path], hearers: Hearers, kept: Mapping[Path, Song]) -> list[Song]:
    """Have songs heard, as many as can be; return those that have come back as they were."""
    back = []
    while waiting and hearers.free:
        path = waiting.popleft()
        song = kept.get(path)
        if song is not None and song.lasting and song.stamp == stamp_of(path):
            back.append(song)
        else:
            hearers.begin(path)
    return back


class Arrivals:
    """Files that have come, told once they are complete, and files that have gone.

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
        whole = (Path(os.path.abspath(path)) for path in sources)  # noqa: PTH100 (as `find`)
        self._folders = [path for path in whole if path.is_dir()]
        self._there: AbstractSet[Path] | None = None  # by the latest look; None once asked

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
        self._there = {path for path, stamp in stamps.items() if stamp is not None}
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

    def gone(self, told: AbstractSet[Path]) -> list[Path]:
        """Return the files that are not there any more, by the latest look, once.

        None is gone only because its folder, or what that folder lies in, can't be looked into:
        a disk that was taken out comes back.

        Parameters
        ----------
        told : set of Path
            The files that were there.
        """
        there, self._there = self._there, None
        if there is None:
            return []
        lost = [folder for folder in self._folders if not folder.is_dir()]
        return [
            path
            for path in sorted(told - there)
            if not any(map(path.is_relative_to, lost)) and _is_gone(path)
        ]

    def forget(self, path: Path) -> None:
        """Take note that a file was heard: it may change and come again."""
        self._told.discard(path)


def _is_gone(path: Path) -> bool:
    """Tell whether there is no file of a name, for sure."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
