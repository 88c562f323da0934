"""What a process of a search does: one fold of one configuration."""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.errors import EarmarkError
from lib.judgement import Fold, Rows, judge_songs, refuse_leaks
from lib.progress import silent
from lib.search.threads import with_one_thread
from lib.training import RecipeLearner, TrainingConfig


@dataclass(frozen=True, eq=False)
class FoldTask:
    """A configuration to be followed on one side of a fold and judged on the other.

    Parameters
    ----------
    number : int
        Of whatever asked for it.
    config : TrainingConfig
        The settings.
    rows : Rows
        With the features that they ask for.
    fold : Fold
        Of these rows.
    by_artist : bool
        Whether no artist may stand on both sides.
    labels : tuple of str
        All genres.
    """

    number: int
    config: TrainingConfig
    rows: Rows
    fold: Fold
    by_artist: bool
    labels: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Judged:
    """What came of a fold.

    Parameters
    ----------
    accuracy : float
        Of its judged songs.
    scores : np.ndarray [shape=(k, genres)]
        What each judged row was given.
    seconds : float
        That learning took.
    """

    accuracy: float
    scores: NDArray[np.float64]
    seconds: float


@dataclass(frozen=True)
class Hopeless:
    """Why a configuration came to nothing: usually a rate that is too high for it."""

    reason: str


def try_fold(task: FoldTask) -> Judged | Hopeless:
    """Learn one side of a fold and judge the other."""
    with_one_thread(networks=True)
    rows, fold = task.rows, task.fold
    refuse_leaks(rows, fold.training, fold.judged, by_artist=task.by_artist)
    start = time.perf_counter()
    learner = RecipeLearner(task.config)
    try:
        scorer = learner.learn(rows.at(fold.training), labels=task.labels, progress=silent)
    except EarmarkError as error:
        return Hopeless(str(error))
    seconds = time.perf_counter() - start
    scores, asked = scorer(rows.X[fold.judged]), rows.at(fold.judged)
    judgement = judge_songs(asked.track, asked.genre, scores, labels=task.labels)
    return Judged(judgement.accuracy, scores, seconds)
