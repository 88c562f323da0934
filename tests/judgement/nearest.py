"""Something simple that learns, for tests of how learners are judged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from lib.judgement import Rows, Scorer
from lib.progress import Progress


@dataclass
class Nearest:
    """Gives a song the genre of the nearest row it learned; remembers what it was shown."""

    name: str = "nearest"
    seen: list[Rows] = field(default_factory=list)

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        self.seen.append(training)
        progress("Learning", 0.5)
        progress("Learning", 1.0)

        def score(X: NDArray[np.float64]) -> NDArray[np.float64]:
            nearest = np.linalg.norm(X[:, None] - training.X[None], axis=2).argmin(axis=1)
            genres = training.genre[nearest]
            return np.array([[genre == label for label in labels] for genre in genres], float)

        return score
