"""The classic algorithms that networks are compared with.

Each has the settings that its textbook or its library begins with; none was tuned on songs that
judge it.  All features are standardised on the rows learned from, and every row counts alike.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import TrainingError
from lib.judgement import Rows, Scorer
from lib.model import Scaler
from lib.progress import Progress


def _logistic_regression() -> Any:  # noqa: ANN401 (scikit-learn has no types)
    from sklearn.linear_model import LogisticRegression

    return LogisticRegression(C=1.0, max_iter=1000)


def _nearest_neighbours() -> Any:  # noqa: ANN401
    from sklearn.neighbors import KNeighborsClassifier

    return KNeighborsClassifier(n_neighbors=5)


def _random_forest() -> Any:  # noqa: ANN401
    from sklearn.ensemble import RandomForestClassifier

    return RandomForestClassifier(n_estimators=500, random_state=0)


def _gradient_boosting() -> Any:  # noqa: ANN401
    from sklearn.ensemble import HistGradientBoostingClassifier

    return HistGradientBoostingClassifier(max_iter=100, random_state=0)


_MAKERS: Mapping[str, Callable[[], Any]] = {
    "logistic regression": _logistic_regression,
    "k nearest neighbours": _nearest_neighbours,
    "random forest": _random_forest,
    "gradient boosting": _gradient_boosting,
}

CLASSIC: Mapping[str, str] = {
    "logistic regression": "C = 1",
    "k nearest neighbours": "k = 5",
    "random forest": "500 trees",
    "gradient boosting": "100 rounds of histogram trees",
}
"""By name, with their settings in words.  The SVM is `~lib.training.SvmLearner`."""


@dataclass(frozen=True)
class ClassicLearner:
    """One of the `CLASSIC` algorithms; see `~lib.judgement.Learner`.

    Parameters
    ----------
    name : str
        Which.
    """

    name: str

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        """Fit it; its scores are probabilities.

        Raises
        ------
        TrainingError
            If scikit-learn is missing.
        """
        try:
            from threadpoolctl import threadpool_limits

            model = _MAKERS[self.name]()
        except ImportError as error:
            raise TrainingError(
                f"The {self.name} needs scikit-learn, which is not here: run `make dev`."
            ) from error
        scaler = Scaler.fit(training.X)
        progress(f"Training {self.name}", None)
        with threadpool_limits(1):  # threads that wait for each other are all a busy machine needs
            model.fit(scaler.transform(training.X), training.genre.astype(str))
        progress(f"Training {self.name}", 1.0)
        columns = [list(labels).index(str(genre)) for genre in model.classes_]

        def score(X: NDArray[np.float64]) -> NDArray[np.float64]:
            scores = np.zeros((len(X), len(labels)))
            scores[:, columns] = model.predict_proba(scaler.transform(X))
            return scores

        return score
