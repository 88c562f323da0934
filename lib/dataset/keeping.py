"""Hearing the songs of a data set again for those networks that hear more than its features."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import TypeVar

from lib.dataset.dataset import Dataset
from lib.errors import DatasetError
from lib.progress import Progress
from lib.workers import Lost, Workers, usable_cores

_File = TypeVar("_File")
_Heard = TypeVar("_Heard")

PARTS_KEPT = 10
"""How often, on the way, all that was heard is written."""


def hear_and_keep(
    job: Callable[[_File], _Heard],
    waiting: Collection[_File],
    *,
    workers: int | None,
    step: str,
    progress: Progress,
    take: Callable[[_File, _Heard | Lost], None],
    keep: Callable[[], None],
) -> None:
    """Hear songs by processes, and keep what was heard now and then, at the end, and when stopped.

    Parameters
    ----------
    job : callable
        What a process does with a song; a function at the top of a module.
    waiting : collection
        The songs, at least one.
    workers : int or None
        Processes; None for one per core.
    step : str
        What to call this to `progress`.
    progress : Progress
        May raise `~lib.errors.Cancelled`.
    take : callable
        Called with each song and what came of it.
    keep : callable
        Writes all that was taken, whole or not at all.
    """
    done = kept = 0
    try:
        with Workers[_File, _Heard](job, count=workers or usable_cores()) as processes:
            for result in processes.run(waiting):
                if result is not None:
                    take(*result)
                    done += 1
                progress(step, done / len(waiting))
                if PARTS_KEPT * (done - kept) > len(waiting):
                    keep()
                    kept = done
    finally:
        keep()


def nothing_heard(dataset: Dataset) -> DatasetError:
    """Return the error of a data set whose songs themselves are wanted, and none can be heard."""
    return DatasetError(
        f"{dataset.folder}: the audio of none of its {len(dataset.tracks)} songs can be heard, "
        f"and this network hears the songs themselves. Correct the column audio of tracks.csv, "
        f"or make the tables by 00_preprocess.py."
    )
