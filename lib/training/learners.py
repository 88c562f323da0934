"""A recipe, and the plain SVM that it is compared with, as `~lib.judgement` judges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lib.judgement import Rows, Scorer
from lib.model import Scaler, ballots
from lib.progress import Progress
from lib.training.config import TrainingConfig
from lib.training.fit import Fitted
from lib.training.kinds import verdict
from lib.training.learn import learn, learn_all
from lib.training.sides import Sides, set_aside


@dataclass(frozen=True)
class RecipeLearner:
    """The whole recipe that a model is made by.

    Parameters
    ----------
    config : TrainingConfig
        The settings.
    name : str
        What to call it.
    """

    config: TrainingConfig
    name: str = "network"

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        """Follow the recipe; see `~lib.judgement.Learner`.

        A recipe that stops early holds about a fifth of the rows out.  Those ``excluded`` are
        learned from as `~lib.training.train` does.
        """
        fitted, counted = self._fit(training, labels, progress), verdict(self.config.network)
        return lambda X: ballots(counted, fitted.probabilities(X))

    def _fit(self, training: Rows, labels: Sequence[str], progress: Progress) -> Fitted:
        config = self.config
        if config.refit and not config.chooses:
            # Where nothing is chosen by rows held out, none need be, and half the work is saved.
            return learn_all(training, labels=labels, config=config, progress=progress)
        excluded = np.flatnonzero(training.split == "excluded")
        usual = np.setdiff1d(np.arange(len(training)), excluded)
        validation, by = set_aside(training, usual, seed=config.seed)
        sides = Sides(
            training=np.setdiff1d(usual, validation),
            validation=validation,
            excluded=excluded,
            test=np.array([], dtype=np.intp),
            by=by,
        )
        return learn(training, sides, labels=labels, config=config, progress=progress).final


@dataclass(frozen=True)
class SvmLearner:
    """A plain SVM (RBF kernel, C = 5) on the scaled features; its scores are its decisions."""

    name: str = field(default="SVM", init=False)

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        """Fit it; see `~lib.judgement.Learner`."""
        from sklearn.svm import SVC  # takes a second to load

        scaler = Scaler.fit(training.X)
        svm = SVC(C=5.0).fit(scaler.transform(training.X), training.genre.astype(str))
        columns = [labels.index(str(genre)) for genre in svm.classes_]
        progress("Training an SVM", 1.0)

        def score(X: NDArray[np.float64]) -> NDArray[np.float64]:
            decisions = svm.decision_function(scaler.transform(X))
            if decisions.ndim == 1:  # of two genres it tells only how much it is the second
                decisions = np.column_stack([-decisions, decisions])
            scores = np.full((len(X), len(labels)), -np.inf)
            scores[:, columns] = decisions
            return scores

        return score
