"""Judging the recipe, not one network: over folds, beside the plain recipe and an SVM."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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
from lib.progress import Progress, silent
from lib.training.backend import load_keras
from lib.training.config import TrainingConfig
from lib.training.learn import learn, learn_all
from lib.training.recipes import PLAIN
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
    plain : FoldScores or None
        Of the plain recipe on those folds, where the recipe is another one.
    seconds : float
        That the recipe took for one fold, on average.
    """

    protocol: Protocol
    network: FoldScores
    svm: FoldScores
    plain: FoldScores | None
    seconds: float

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON takes them, without what changes from run to run."""
        beside = {"svm": self.svm, "plain": self.plain}
        return {
            "protocol": self.protocol,
            **self.network.to_dict(),
            **{name: _summary(scores) for name, scores in beside.items() if scores},
        }


def _summary(scores: FoldScores) -> dict[str, Any]:
    kept = ("mean", "folds", "accuracy", "interval", "macro_recall")
    return {name: value for name, value in scores.to_dict().items() if name in kept}


def cross_validate(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    protocol: Protocol,
    folds: int,
    progress: Progress = silent,
) -> CrossValidation:
    """Judge the recipe over folds.

    In each fold the recipe is followed from the start on the training side, and the scaler sees
    nothing else; a recipe that stops early holds about a fifth of it out.  The judged side is only
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
    # It stops long before so many epochs where songs are as hard to tell apart as they are.
    epochs = min(PLAIN.epochs, config.epochs)
    plain = replace(PLAIN, network=config.network, seed=config.seed, epochs=epochs)
    network, svm, usual, seconds = [], [], [], 0.0
    for number, fold in enumerate(divided):
        refuse_leaks(rows, fold.training, fold.judged, by_artist=protocol == "artist")
        part = _part(progress, f"Judging by {protocol} folds", number, folds)
        start = time.perf_counter()
        network.append(_ask_network(rows, excluded, fold, labels, config, part))
        seconds += time.perf_counter() - start
        svm.append(_ask_svm(rows, fold, labels))
        if config.recipe != PLAIN.recipe:
            still = _still(progress, f"Judging by {protocol} folds", (number + 1) / folds)
            usual.append(_ask_network(rows, excluded, fold, labels, plain, still))
    return CrossValidation(
        protocol,
        _scores(rows, divided, network, labels),
        _scores(rows, divided, svm, labels),
        _scores(rows, divided, usual, labels) if usual else None,
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
    """Follow the recipe on a fold's training side; return the probabilities of its judged side.

    Where nothing is chosen by rows held out, none need be, and half the work is saved.
    """
    if config.regularisation and config.refit:
        training = rows.at(fold.training)
        final = learn_all(training, labels=labels, config=config, progress=progress)
        return final.probabilities(rows.X[fold.judged], config.inputs)
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
    return final.probabilities(rows.X[fold.judged], config.inputs)


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


def _still(progress: Progress, step: str, fraction: float) -> Progress:
    """Stand at a fraction while what is only compared with is trained; it can be cancelled too."""

    def tell(_step: str, _fraction: float | None, /) -> None:
        progress(step, fraction)

    return tell
