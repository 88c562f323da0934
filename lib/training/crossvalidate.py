"""Judging the recipe, rather than one network: over folds, beside a plain SVM."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lib.dataset import Dataset
from lib.judgement import (
    Fold,
    Judgement,
    Rows,
    artist_folds,
    judge_songs,
    random_folds,
    refuse_leaks,
)
from lib.model import Scaler
from lib.model.network import forward
from lib.progress import Progress, silent
from lib.training.backend import load_keras
from lib.training.config import TrainingConfig
from lib.training.learn import learn
from lib.training.sides import Sides, set_aside, usable

Protocol: TypeAlias = Literal["artist", "random"]

_FOLDS: dict[Protocol, Callable[..., tuple[Fold, ...]]] = {
    "artist": artist_folds,
    "random": random_folds,
}


@dataclass(frozen=True, eq=False)
class FoldScores:
    """How one classifier did over the folds.

    Parameters
    ----------
    accuracies : tuple of float
        Of each fold.
    pooled : Judgement
        Of all songs together, each judged once, by what had not learned from it.
    """

    accuracies: tuple[float, ...]
    pooled: Judgement

    @property
    def mean(self) -> float:
        """The mean accuracy over the folds."""
        return sum(self.accuracies) / len(self.accuracies)

    def to_dict(self) -> dict[str, Any]:
        """Return the scores as JSON takes them."""
        return {"mean": self.mean, "folds": list(self.accuracies), **self.pooled.to_dict()}


@dataclass(frozen=True, eq=False)
class CrossValidation:
    """What came of judging a recipe over folds.

    Parameters
    ----------
    protocol : {"artist", "random"}
        Whether an artist's songs stand on one side, or any song on any.
    network, svm : FoldScores
        Of the recipe, and of a plain SVM on the very same folds.
    seconds : float
        That the recipe took for one fold, on average.
    """

    protocol: Protocol
    network: FoldScores
    svm: FoldScores
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON takes them, without what changes from run to run."""
        svm = self.svm.to_dict()
        kept = ("mean", "folds", "accuracy", "interval", "macro_recall")
        return {
            "protocol": self.protocol,
            **self.network.to_dict(),
            "svm": {name: svm[name] for name in kept},
        }


def cross_validate(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    protocol: Protocol,
    folds: int,
    progress: Progress = silent,
) -> CrossValidation:
    """Judge the recipe over folds.

    In each fold the recipe is followed from the start on the training side: about a fifth of it is
    held out to stop the training by, and the scaler sees nothing else.  The judged side is only
    judged.  Songs of the split ``test`` have no part in it; those ``excluded`` are judged too, and
    learned from as `train` does.

    Parameters
    ----------
    dataset : Dataset
        The table.
    config : TrainingConfig
        The settings; the seed chooses the folds as well.
    protocol : {"artist", "random"}
        Which folds.
    folds : int
        How many.
    progress : Progress
        Told after each epoch.

    Raises
    ------
    TrainingError
        If TensorFlow is missing or the table can't be used.
    JudgementError
        If there are too few songs or artists for so many folds.
    """
    load_keras()
    usable(dataset)
    known = np.flatnonzero(dataset.split != "test")
    rows, excluded = Rows.of(dataset).at(known), dataset.split[known] == "excluded"
    labels, divided = dataset.labels, _FOLDS[protocol](rows, folds=folds, seed=config.seed)
    network, svm, seconds = [], [], 0.0
    for number, fold in enumerate(divided):
        refuse_leaks(rows, fold.training, fold.judged, by_artist=protocol == "artist")
        part = _part(progress, f"Judging by {protocol} folds", number, folds)
        start = time.perf_counter()
        network.append(_ask_network(rows, excluded, fold, labels, config, part))
        seconds += time.perf_counter() - start
        svm.append(_ask_svm(rows, fold, labels))
    return CrossValidation(
        protocol,
        _scores(rows, divided, network, labels),
        _scores(rows, divided, svm, labels),
        seconds / folds,
    )


def _ask_network(
    rows: Rows,
    excluded: NDArray[np.bool_],
    fold: Fold,
    labels: Sequence[str],
    config: TrainingConfig,
    progress: Progress,
) -> NDArray[np.float64]:
    """Follow the recipe on a fold's training side; return the probabilities of its judged side."""
    left_out = np.isin(fold.training, np.flatnonzero(excluded))
    usual = fold.training[~left_out]
    validation, by = set_aside(rows, usual, seed=config.seed)
    sides = Sides(
        training=np.setdiff1d(usual, validation),
        validation=validation,
        excluded=fold.training[left_out],
        test=fold.judged,
        by=by,
    )
    final = learn(rows, sides, labels=labels, config=config, progress=progress).final
    return forward(final.network, final.weights, final.scaler.transform(rows.X[fold.judged]))


def _ask_svm(rows: Rows, fold: Fold, labels: Sequence[str]) -> NDArray[np.float64]:
    """Fit a plain SVM (RBF kernel, C = 5) on a fold's training side; return its decisions."""
    from sklearn.svm import SVC  # takes a second to load

    scaler = Scaler.fit(rows.X[fold.training])
    svm = SVC(C=5.0).fit(
        scaler.transform(rows.X[fold.training]), rows.genre[fold.training].astype(str)
    )
    decisions = svm.decision_function(scaler.transform(rows.X[fold.judged]))
    if decisions.ndim == 1:  # of two genres it tells only how much it is the second
        decisions = np.column_stack([-decisions, decisions])
    scores = np.full((len(fold.judged), len(labels)), -np.inf)
    scores[:, [labels.index(str(genre)) for genre in svm.classes_]] = decisions
    return scores


def _scores(
    rows: Rows,
    folds: Sequence[Fold],
    scores: Sequence[NDArray[np.float64]],
    labels: Sequence[str],
) -> FoldScores:
    accuracies = tuple(
        judge_songs(rows.track[f.judged], rows.genre[f.judged], s, labels=labels).accuracy
        for f, s in zip(folds, scores, strict=True)
    )
    judged = np.concatenate([fold.judged for fold in folds])
    pooled = judge_songs(
        rows.track[judged], rows.genre[judged], np.concatenate(scores), labels=labels
    )
    return FoldScores(accuracies, pooled)


def _part(progress: Progress, step: str, number: int, whole: int) -> Progress:
    """Give the progress of one fold as part of that of all."""

    def tell(_step: str, fraction: float | None, /) -> None:
        progress(step, (number + (fraction or 0.0)) / whole)

    return tell
