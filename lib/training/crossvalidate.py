"""Judging the recipe, not one network: over folds, beside the plain recipe and an SVM."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from typing import Any

from lib.dataset import Dataset
from lib.judgement import (
    FoldsBy,
    FoldScores,
    Judgement,
    Learner,
    cross_fitted,
    has_windows,
    judge_leaky,
    judge_over_folds,
    unsure_below,
)
from lib.progress import Progress, silent
from lib.training.backend import load_keras
from lib.training.beside import beside_svm
from lib.training.confidence import share_of_outliers
from lib.training.config import TrainingConfig
from lib.training.kinds import verdict
from lib.training.learners import RecipeLearner, SvmLearner
from lib.training.recipes import recipe_of
from lib.training.sides import rows_for, usable

# In which the plain recipe, beside another, is like that one.
_SAME = ("network", "hidden", "activation", "features", "seed")


@dataclass(frozen=True, eq=False)
class CrossValidation:
    """What came of judging a recipe over folds.

    Parameters
    ----------
    protocol : {"artist", "random", "split"}
        Whether an artist's songs stand on one side, or any song on any, or as the table has it.
    network, svm : FoldScores
        Of the recipe, and of a plain SVM on the very same folds.
    plain : FoldScores or None
        Of the plain recipe on those folds, where the recipe is another one.
    calibrated : Judgement or None
        Of the recipe once its probabilities are tempered by what was fitted on the other folds;
        None of one fold, and where segments vote.
    outliers : float or None
        By artist, the share of the songs that would wrongly be taken for no music that was learned.
    """

    protocol: FoldsBy
    network: FoldScores
    svm: FoldScores
    plain: FoldScores | None
    calibrated: Judgement | None = None
    outliers: float | None = None

    @property
    def seconds(self) -> float:
        """How long the recipe took for one fold, on average."""
        return sum(self.network.seconds) / len(self.network.seconds)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON takes them, without what changes from run to run."""
        beside = {"svm": self.svm, "plain": self.plain}
        return {
            "protocol": self.protocol,
            **self.network.to_dict(),
            **{name: _summary(scores) for name, scores in beside.items() if scores},
            **({"calibrated": _calibrated(self.calibrated)} if self.calibrated else {}),
            **({"outliers": self.outliers} if self.outliers is not None else {}),
        }


def _summary(scores: FoldScores) -> dict[str, Any]:
    kept = ("mean", "folds", "accuracy", "interval", "macro_recall")
    return {name: value for name, value in scores.to_dict().items() if name in kept}


def _calibrated(judgement: Judgement) -> dict[str, Any]:
    """Return what tempering changes: how sure it was, and what is left of those it is sure of."""
    certainty = judgement.certainty
    if certainty is None:
        return {}
    return {**certainty.to_dict(), "sure": asdict(certainty.sure(unsure_below(certainty)))}


def cross_validate(
    dataset: Dataset,
    config: TrainingConfig,
    *,
    protocol: FoldsBy,
    folds: int,
    songs: Dataset | None = None,
    progress: Progress = silent,
) -> CrossValidation:
    """Judge the recipe over folds, as `~lib.judgement.judge_over_folds` does.

    In each fold the recipe is followed from the start on the training side, and the scaler sees
    nothing else; a recipe that stops early holds about a fifth of it out.  Songs ``excluded`` are
    judged too, and learned from as `train` does.

    Parameters
    ----------
    dataset : Dataset
        The table.
    config : TrainingConfig
        The settings; the seed chooses the folds as well.
    protocol : {"artist", "random", "split"}
        Which folds.
    folds : int
        How many.
    songs : Dataset or None
        The same songs by the 85 features, for the SVM, where `dataset` holds segments.
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
    learners: list[Learner] = [RecipeLearner(config)]
    if config.recipe != "plain":
        usual = recipe_of(config.network, "plain")
        # It stops long before so many epochs where songs are as hard to tell apart as they are.
        epochs = min(usual.epochs, config.epochs)
        same = {name: getattr(config, name) for name in _SAME}
        plain = replace(usual, epochs=epochs, **same)
        learners.append(RecipeLearner(plain, "plain"))
    heard = config.representation
    rows, learners = beside_svm(
        rows_for(dataset, config), [*learners, SvmLearner()], songs if heard.segments else None
    )
    labels = dataset.labels
    found = judge_over_folds(
        rows,
        learners,
        labels=labels,
        protocol=protocol,
        folds=folds,
        seed=config.seed,
        progress=progress,
    )
    network = found["network"]
    several, tempers = len(network.accuracies) > 1, verdict(config.network) == "mean"
    by_window = protocol == "artist" and not heard.segments
    return CrossValidation(
        protocol,
        network,
        found["SVM"],
        found.get("plain"),
        cross_fitted(rows, network, labels=labels) if several and tempers else None,
        share_of_outliers(rows, network, config) if several and by_window else None,
    )


def leaky_judgement(
    dataset: Dataset, config: TrainingConfig, progress: Progress = silent
) -> Judgement | None:
    """Judge the recipe by a random split of windows, as nothing should be judged.

    Returns
    -------
    Judgement or None
        See `~lib.judgement.judge_leaky`; None where no song has several windows.
    """
    rows = rows_for(dataset, config)
    if not has_windows(rows):
        return None
    learner = RecipeLearner(config)
    return judge_leaky(rows, learner, labels=dataset.labels, seed=config.seed, progress=progress)
