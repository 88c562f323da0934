"""Judging whatever learns from songs, over folds that are the same for all."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lib.judgement.evaluate import judge_songs
from lib.judgement.folds import Fold, FoldsBy, folds_by
from lib.judgement.guard import refuse_leaks
from lib.judgement.metrics import Judgement
from lib.judgement.rows import Rows
from lib.progress import Progress, silent

Scorer: TypeAlias = Callable[[NDArray[np.float64]], NDArray[np.float64]]
"""What has learned: from features [shape=(k, d)] to a score for each genre [shape=(k, genres)],
the greatest of which wins: probabilities where it has them."""


class Learner(Protocol):
    """Anything that learns genres from rows of features: a network's recipe, an SVM, ..."""

    @property
    def name(self) -> str:
        """What to call it in tables; no two learners that are compared share it."""

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        """Learn from some rows, from the start.

        Whatever it scales, stops by or chooses, it does so by these rows alone; there are no
        others.  Called again it has forgotten the rows of before.

        Parameters
        ----------
        training : Rows
            All that it sees.
        labels : sequence of str
            The genres in the order of the scores' columns.
        progress : Progress
            Told how much is done; may raise `~lib.errors.Cancelled`.
        """


@dataclass(frozen=True, eq=False)
class FoldScores:
    """How one learner did over the folds.

    Parameters
    ----------
    accuracies : tuple of float
        Of each fold.
    pooled : Judgement
        Of all songs together, each judged once, by what had not learned from it.
    seconds : tuple of float
        That learning took in each fold.
    judged : np.ndarray [shape=(n,)]
        Numbers of the rows that were judged, fold after fold.
    fold : np.ndarray [shape=(n,)]
        In which fold each was, from 0.
    scores : np.ndarray [shape=(n, genres)]
        What each was given by what had not learned from it.
    """

    accuracies: tuple[float, ...]
    pooled: Judgement
    seconds: tuple[float, ...]
    judged: NDArray[np.intp]
    fold: NDArray[np.intp]
    scores: NDArray[np.float64]

    @property
    def mean(self) -> float:
        """The mean accuracy over the folds."""
        return sum(self.accuracies) / len(self.accuracies)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON takes them, without what changes from run to run."""
        return {"mean": self.mean, "folds": list(self.accuracies), **self.pooled.to_dict()}


def of_learned_genres(rows: Rows, scores: FoldScores, *, labels: Sequence[str]) -> FoldScores:
    """Leave out the songs of genres that were not learned in the fold that judged them.

    Nobody can be sure of what was never learned, so how sure a learner may be is not for them to
    tell; see ``lone_artists`` of `judge_over_folds`.

    Parameters
    ----------
    rows : Rows
        The table.
    scores : FoldScores
        What came of the folds.
    labels : sequence of str
        All genres.

    Returns
    -------
    FoldScores
        The same where each genre was learned in each fold; its accuracies are still of all songs.
    """
    judged = rows.at(scores.judged)
    kept = np.ones(len(judged), dtype=bool)
    for fold in np.unique(scores.fold):
        here = scores.fold == fold
        learned = set(judged.genre[~here])
        kept[here] = [genre in learned for genre in judged.genre[here]]
    if kept.all() or not kept.any():
        return scores
    some, P = judged.at(np.flatnonzero(kept)), scores.scores[kept]
    return replace(
        scores,
        pooled=judge_songs(some.track, some.genre, P, labels=labels),
        judged=scores.judged[kept],
        fold=scores.fold[kept],
        scores=P,
    )


def judge_over_folds(
    rows: Rows,
    learners: Sequence[Learner],
    *,
    labels: Sequence[str],
    protocol: FoldsBy,
    folds: int,
    seed: int,
    lone_artists: bool = False,
    progress: Progress = silent,
) -> dict[str, FoldScores]:
    """Judge learners on songs that they did not learn from, all on the very same folds.

    In each fold every learner starts from nothing on the training side; the judged side is only
    judged, by song, whose scores are the mean over its rows.  Before that, `refuse_leaks` looks for
    music on both sides.

    Parameters
    ----------
    rows : Rows
        The table; a song may have several rows, windows or segments.
    learners : sequence of Learner
        What to judge, in the order of the result.
    labels : sequence of str
        All genres.
    protocol : {"artist", "random", "split"}
        See `~lib.judgement.folds.folds_by`.  Songs of the split ``test`` are judged by ``split``
        alone; the others neither judge nor learn from them.
    folds : int
        How many; ``split`` is one, whatever this says.
    seed : int
        Chooses the folds.
    lone_artists : bool
        See `~lib.judgement.folds.artist_folds`.
    progress : Progress
        Told while each learner learns; may raise `~lib.errors.Cancelled`.

    Returns
    -------
    dict of str to FoldScores
        By the learner's name.

    Raises
    ------
    JudgementError
        If there are too few songs or artists for so many folds, or nothing that the split names.
    LeakError
        If music stands on both sides of the table's own split.
    """
    divided = folds_by(protocol, rows, folds=folds, seed=seed, lone_artists=lone_artists)
    found: dict[str, list[tuple[NDArray[np.float64], float]]] = {x.name: [] for x in learners}
    parts = len(divided) * len(learners)
    for number, fold in enumerate(divided):
        refuse_leaks(rows, fold.training, fold.judged, by_artist=protocol == "artist")
        for place, learner in enumerate(learners):
            step = f"Judging {learner.name} by {_NAMES[protocol]}"
            part = _part(progress, step, number * len(learners) + place, parts)
            start = time.perf_counter()
            scorer = learner.learn(rows.at(fold.training), labels=labels, progress=part)
            seconds = time.perf_counter() - start
            found[learner.name].append((scorer(rows.X[fold.judged]), seconds))
    return {name: _scores(rows, divided, results, labels) for name, results in found.items()}


_NAMES: dict[FoldsBy, str] = {
    "artist": "artist folds",
    "random": "random folds",
    "split": "the table's split",
}


def _scores(
    rows: Rows,
    folds: Sequence[Fold],
    found: Sequence[tuple[NDArray[np.float64], float]],
    labels: Sequence[str],
) -> FoldScores:
    scores = [each for each, _ in found]
    accuracies = tuple(
        judge_songs(rows.track[f.judged], rows.genre[f.judged], s, labels=labels).accuracy
        for f, s in zip(folds, scores, strict=True)
    )
    judged, together = np.concatenate([fold.judged for fold in folds]), np.concatenate(scores)
    return FoldScores(
        accuracies,
        judge_songs(rows.track[judged], rows.genre[judged], together, labels=labels),
        tuple(seconds for _, seconds in found),
        judged,
        np.repeat(np.arange(len(folds)), [len(fold.judged) for fold in folds]),
        together,
    )


def _part(progress: Progress, step: str, number: int, whole: int) -> Progress:
    """Give the progress of one learner in one fold as part of that of all."""

    def tell(_step: str, fraction: float | None, /) -> None:
        progress(step, (number + (fraction or 0.0)) / whole)

    return tell
