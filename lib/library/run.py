"""Hearing a library: by several processes, stopped and gone on with at any moment."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from lib.errors import AudioError
from lib.library.crew import Crew, open_hearers
from lib.library.database import open_store
from lib.library.hearing import Judge, length_of
from lib.library.song import Song, stamp_of
from lib.prediction import find_songs
from lib.progress import Progress, silent

# What a file costs beside its length, in seconds of sound: opening it, and a row of the table.
_COST = 5.0


@dataclass(frozen=True)
class Plan:
    """What there is to do.

    Parameters
    ----------
    kept : tuple of Song
        What is known already, in the order of the names.
    waiting : tuple of Path
        What is to be heard, for it is new, or changed, or another model heard it.
    former : tuple of Song
        Of these, what another model heard.
    """

    kept: tuple[Song, ...]
    waiting: tuple[Path, ...]
    former: tuple[Song, ...] = ()


def plan(
    sources: Sequence[Path],
    file: Path,
    judge: Judge,
    *,
    again: bool = False,
    progress: Progress = silent,
) -> Plan:
    """Look which files there are, and what is known of them.

    Parameters
    ----------
    sources : sequence of Path
        Files, and folders that are searched to any depth.
    file : Path
        Where what was heard is kept.
    judge : Judge
    again : bool
        Hear everything anew.
    progress : Progress
        May raise `~lib.errors.Cancelled`.

    Returns
    -------
    Plan
        A file that failed for a reason that may pass, such as a permission, waits once more.

    Raises
    ------
    LibraryError
        Where `file` can't be used.
    ModelError
        Where the model can't be read.
    """
    progress("Looking for songs", None)
    paths = find(sources)
    with open_store(file) as store:
        known, others = store.songs(judge.mark), store.heard_by_others(judge.model_mark)
    kept, waiting = [], []
    for path in paths:
        progress("Looking for songs", None)
        song = known.get(path)
        if again or song is None or not song.lasting or song.stamp != stamp_of(path):
            waiting.append(path)
        else:
            kept.append(song)
    former = tuple(others[path] for path in waiting if path in others)
    return Plan(tuple(kept), tuple(waiting), former)


def find(sources: Sequence[Path]) -> list[Path]:
    """Return the songs of files and folders: absolute, each once, in the order of the names."""
    found: dict[Path, None] = {}
    for source in sources:
        try:
            # As it is named, not where a link leads: that is how a person knows it.
            found.update(dict.fromkeys(find_songs(Path(os.path.abspath(source)))))  # noqa: PTH100
        except AudioError:  # a folder without songs, which may come
            continue
    return list(found)


def hear_library(
    paths: Sequence[Path],
    file: Path,
    crew: Crew,
    *,
    paused: Callable[[], bool] = lambda: False,
    progress: Progress = silent,
) -> Iterator[Song]:
    """Hear files side by side, the longest first, and keep what came of each.

    Parameters
    ----------
    paths : sequence of Path
        As in `Plan.waiting`.
    file : Path
        Where what is heard is kept.
    crew : Crew
    paused : callable
        While it says so no song is begun; those on their way are heard to their end.
    progress : Progress
        ``"Listening (12/2,000)"``, with the fraction by length; may raise
        `~lib.errors.Cancelled`.  What was heard by then is kept, and a new `plan` leaves it out.

    Yields
    ------
    Song
        Each in the moment it is finished, those that were set aside as well.

    Raises
    ------
    LibraryError
        Where `file` can't be written.
    ModelError, BackboneError
        Where nothing can be heard at all.
    WorkerError
        Where no process can be started.
    """
    lengths = {path: length_of(path) + _COST for path in paths}
    waiting = deque(sorted(paths, key=lambda path: lengths[path], reverse=True))
    total, done, count = sum(lengths.values()), 0.0, 0
    with open_hearers(file, crew) as hearers:
        while waiting or hearers.busy:
            while waiting and hearers.free and not paused():
                hearers.begin(waiting.popleft())
            for song in hearers.finished():
                count, done = count + 1, done + lengths[song.path]
                yield song
            step = f"Listening ({count:,}/{len(paths):,})"
            # Sums of fractions end a hair beside 1.
            fraction = done / total if count < len(paths) else 1.0
            progress(f"{step}, paused" if paused() else step, fraction)
