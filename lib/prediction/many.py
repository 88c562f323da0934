"""Many songs of this machine heard at once, by one process for each core.

Slow to import, for the numerical libraries; ``lib.prediction`` does so when it is first asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from lib.audio import likely_length
from lib.errors import AudioError, EarmarkError
from lib.model import Model, load_model
from lib.prediction.hearing import hear
from lib.prediction.prediction import Prediction
from lib.progress import Progress, silent
from lib.workers import Lost, Workers


@dataclass(frozen=True)
class _Task:
    """A song, and how it is to be heard."""

    path: Path
    model: Path
    quick: bool
    why: bool


def hear_many(
    paths: Sequence[Path],
    model: Path,
    *,
    workers: int,
    quick: bool = False,
    why: bool = False,
    progress: Progress = silent,
) -> Iterator[tuple[Path, Prediction | EarmarkError]]:
    """Hear songs side by side.

    Parameters
    ----------
    paths : sequence of Path
        Files; the longest are begun first, so that at the end no process works alone on one.
    model : Path
        The folder of the model, which each process reads once.
    workers : int
        How many processes.
    quick, why : bool
        See `hear`.
    progress : Progress
        ``"Listening (3/12)"``; may raise `~lib.errors.Cancelled`.

    Yields
    ------
    (Path, Prediction or EarmarkError)
        Each song in the moment it is finished, whatever the order in which they were given.

    Raises
    ------
    WorkerError
        Where no process can be started.
    """
    tasks = [_Task(path, model, quick, why) for path in sorted(paths, key=_length, reverse=True)]
    done = 0
    with Workers[_Task, Prediction | EarmarkError](_hear, count=workers) as processes:
        for result in processes.run(tasks):
            if result is not None:
                done += 1
                yield result[0].path, _found(*result)
            progress(f"Listening ({done}/{len(tasks)})", done / len(tasks))


def _hear(task: _Task) -> Prediction | EarmarkError:
    """Hear a song; what a process does."""
    try:
        return hear(task.path, _model(task.model), quick=task.quick, why=task.why)
    except EarmarkError as error:
        return error


@lru_cache(maxsize=1)
def _model(folder: Path) -> Model:
    return load_model(folder)


def _found(task: _Task, result: Prediction | EarmarkError | Lost) -> Prediction | EarmarkError:
    if isinstance(result, Lost):
        reason = f"Hearing it ended its process ({result.how}): the file may be damaged."
        return AudioError(task.path, reason)
    return result


def _length(path: Path) -> float:
    try:
        return likely_length(path.suffix, path.stat().st_size)
    except OSError:  # whoever hears it will tell
        return 0.0
