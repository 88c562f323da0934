"""Judging what learns from segments beside what learns from the 85 features, on the same folds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lib.dataset import Dataset
from lib.judgement import Learner, Rows, Scorer
from lib.progress import Progress


def beside_svm(
    rows: Rows, learners: Sequence[Learner], songs: Dataset | None
) -> tuple[Rows, list[Learner]]:
    """Give each learner what it learns from: the last one a song's features, the others segments.

    Parameters
    ----------
    rows : Rows
        Segments.
    learners : sequence of Learner
        The last one is the SVM.
    songs : Dataset or None
        The 85 features of all of those songs and perhaps of others; None to leave all as it is.

    Returns
    -------
    rows : Rows
        The features of its song, the mean over its windows, stand to the right of each segment's.
    learners : list of Learner
        Each of which sees its own columns only.  Without features of each song the SVM is given
        segments as well.
    """
    if songs is None or not set(rows.track) <= set(songs.track):
        return rows, list(learners)
    means = songs.features.groupby(level=0).mean()
    beside = means.loc[list(rows.track)].to_numpy(dtype=np.float64)
    split = rows.X.shape[1]
    *others, svm = learners
    seeing = [Seeing(each, slice(0, split)) for each in others]
    both = replace(rows, X=np.concatenate([rows.X, beside], axis=1))
    return both, [*seeing, Seeing(svm, slice(split, None), by_song=True)]


@dataclass(frozen=True)
class Seeing:
    """A learner that sees some of the columns of rows that several are judged on.

    Parameters
    ----------
    learner : Learner
    columns : slice
    by_song : bool
        Whether it learns from the first row of each song alone, all of which are the same.
    """

    learner: Learner
    columns: slice
    by_song: bool = False

    @property
    def name(self) -> str:
        """That of the learner."""
        return self.learner.name

    def learn(self, training: Rows, *, labels: Sequence[str], progress: Progress) -> Scorer:
        """Learn; see `~lib.judgement.Learner`."""
        if self.by_song:
            training = training.at(np.unique(training.track.astype(str), return_index=True)[1])
        seen = replace(training, X=self._see(training.X))
        scorer = self.learner.learn(seen, labels=labels, progress=progress)
        return lambda X: scorer(self._see(X))

    def _see(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.ascontiguousarray(X[:, self.columns])
