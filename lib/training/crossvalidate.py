"""Judging the recipe, not one network: over folds, beside the plain recipe and an SVM."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np

from lib.dataset import Dataset
from lib.judgement import (
    FoldsBy,
    FoldScores,
    Judgement,
    Learner,
    Rows,
    cross_fitted,
    has_windows,
    judge_leaky,
    judge_over_folds,
    of_learned_genres,
    unsure_below,
)
from lib.progress import Progress, silent
from lib.training.backend import load_keras
from lib.training.beside import Seeing, beside_svm
from lib.training.confidence import share_of_outliers
from lib.training.config import TrainingConfig
from lib.training.kinds import verdict
from lib.training.learners import RecipeLearner, SvmLearner
from lib.training.names import EAR
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
    mlp85 : FoldScores or None
        Of the network of 85 features by its usual recipe, beside another network.
    calibrated : Judgement or None
        Of the recipe once its probabilities are tempered by what was fitted on the other folds;
        None of one fold, and where segments vote.
    learned : Judgement or None
        Of the recipe on the songs that `calibrated` is of, where those of a genre by one artist are
        not among them.
    outliers : float or None
        By artist, the share of the songs that would wrongly be taken for no music that was learned.
    """

    protocol: FoldsBy
    network: FoldScores
    svm: FoldScores
    plain: FoldScores | None = None
    mlp85: FoldScores | None = None
    calibrated: Judgement | None = None
    learned: Judgement | None = None
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
            **({"mlp85": self.mlp85.to_dict()} if self.mlp85 else {}),
            **({"calibrated": self._calibrated()} if self.calibrated else {}),
            **({"outliers": self.outliers} if self.outliers is not None else {}),
        }

    def _calibrated(self) -> dict[str, Any]:
        """Return what tempering changes: how sure it was, and what is left of those it is sure of.

        Where the songs of some genre have no part in that, also how sure it was of the others.
        """
        certainty = self.calibrated.certainty if self.calibrated else None
        if self.calibrated is None or certainty is None:
            return {}
        told = {**certainty.to_dict(), "sure": asdict(certainty.sure(unsure_below(certainty)))}
        before = self.learned.certainty if self.learned else None
        if before is not None:
            told |= {"songs": self.calibrated.n, "before": before.to_dict()}
        return told


def _summary(scores: FoldScores) -> dict[str, Any]:
    kept = ("mean", "folds", "accuracy", "interval", "macro_recall")
    return {name: value for name, value in scores.to_dict().items() if name in kept}


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
        The same songs, and perhaps others, by the 85 features, where the network hears something
        else: for what it is compared with.
    progress : Progress
        Told after each epoch.

    Raises
    ------
    TrainingError
        If TensorFlow is missing or the table can't be used.
    JudgementError
        If there are too few songs or artists for so many folds.
    """
    if config.needs_keras:
        load_keras()
    usable(dataset)
    if config.network == EAR and songs is not None:
        return _judge_ear(dataset, config, protocol, folds, songs, progress)
    learners: list[Learner] = [RecipeLearner(config)]
    if config.recipe != "plain" and config.needs_keras:
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
    return _summed_up(protocol, config, rows, found, labels)


def _summed_up(
    protocol: FoldsBy,
    config: TrainingConfig,
    rows: Rows,
    found: Mapping[str, FoldScores],
    labels: Sequence[str],
) -> CrossValidation:
    """Put together what came of the learners, and how sure the recipe may be by that."""
    network = found["network"]
    several, tempers = len(network.accuracies) > 1, verdict(config.network) == "mean"
    by_window = protocol == "artist" and not config.representation.segments
    learned = of_learned_genres(rows, network, labels=labels)
    return CrossValidation(
        protocol,
        network,
        found["SVM"],
        found.get("plain"),
        found.get("mlp85"),
        cross_fitted(rows, learned, labels=labels) if several and tempers else None,
        learned.pooled if learned is not network else None,
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


def _judge_ear(
    dataset: Dataset,
    config: TrainingConfig,
    protocol: FoldsBy,
    folds: int,
    songs: Dataset,
    progress: Progress,
) -> CrossValidation:
    """Judge the ear beside the network of 85 features and an SVM on those, on the same folds."""
    heard, width = set(dataset.track), len(config.feature_names)
    plain = Rows.of(songs).of_songs(heard).X
    rows = Rows.of(dataset)
    both = replace(rows, X=np.concatenate([rows.X, plain], axis=1))
    ear, features = slice(0, width), slice(width, None)
    usual = replace(recipe_of("mlp85"), seed=config.seed)
    found = judge_over_folds(
        both,
        [
            Seeing(RecipeLearner(config), ear),
            Seeing(RecipeLearner(usual, "mlp85"), features),
            Seeing(SvmLearner(), features),
        ],
        labels=dataset.labels,
        protocol=protocol,
        folds=folds,
        seed=config.seed,
        lone_artists=True,
        progress=progress,
    )
    return _summed_up(protocol, config, rows, found, dataset.labels)
