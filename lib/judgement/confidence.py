"""Fitting what makes confidence mean something, on songs that were not learned from."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lib.judgement.certainty import Certainty
from lib.judgement.evaluate import judge_songs, song_means
from lib.judgement.learners import FoldScores
from lib.judgement.metrics import Judgement
from lib.judgement.rows import Rows
from lib.model import nearest, temper

LARGEST_TEMPERATURE = 10.0
_FINENESS = 1e-4  # of the temperature's logarithm
_GOLDEN = (np.sqrt(5) - 1) / 2

FARTHEST = 0.99
"""Of the songs learned from, the share that is no outlier, each seen from other artists' songs."""


def fit_temperature(
    rows: Rows, P: NDArray[np.float64], *, labels: Sequence[str], weight: float = 1.0
) -> float:
    """Find the temperature by which probabilities say best how sure to be.

    The T of least ``n * log loss + weight * ln(T)²``, of songs whose probabilities are the mean of
    their rows tempered by T, as prediction takes it.  The second term (a normal prior of ln T
    around 0) keeps a few songs, all called rightly, from making a model boast; of hundreds nothing
    is felt of it.

    Parameters
    ----------
    rows : Rows
        Songs that were not learned from.
    P : np.ndarray [shape=(n, genres)]
        What each row was given.
    labels : sequence of str
        The genres in the order of the columns.
    weight : float
        Of the prior.

    Returns
    -------
    float
        From 1 / `LARGEST_TEMPERATURE` to that.
    """
    true, songs = _columns(rows, labels), len(set(rows.track))

    def cost(logarithm: float) -> float:
        first, means = song_means(rows.track, temper(P, float(np.exp(logarithm))))
        return songs * Certainty.of(means, true[first]).log_loss + weight * logarithm**2

    # Golden section search (Kiefer, "Sequential minimax search for a maximum", Proc. AMS 4, 1953).
    low, high = -np.log(LARGEST_TEMPERATURE), np.log(LARGEST_TEMPERATURE)
    left, right = high - _GOLDEN * (high - low), low + _GOLDEN * (high - low)
    costs = cost(left), cost(right)
    while high - low > _FINENESS:
        if costs[0] < costs[1]:
            high, right = right, left
            left = high - _GOLDEN * (high - low)
            costs = cost(left), costs[0]
        else:
            low, left = left, right
            right = low + _GOLDEN * (high - low)
            costs = costs[1], cost(right)
    return float(np.exp((low + high) / 2))


def cross_fitted(rows: Rows, scores: FoldScores, *, labels: Sequence[str]) -> Judgement:
    """Judge probabilities as they are once tempered.

    Those of each fold are tempered by what was fitted on the other folds alone, so that the
    judged songs have no part in it.  One fold has no others; its songs are judged as they are.

    Parameters
    ----------
    rows : Rows
        The table.
    scores : FoldScores
        What came of the folds, as probabilities.
    labels : sequence of str
        All genres.
    """
    given, P, judged = scores.scores, scores.scores.copy(), rows.at(scores.judged)
    for fold in np.unique(scores.fold):
        here, others = (np.flatnonzero(side) for side in (scores.fold == fold, scores.fold != fold))
        if len(others):
            temperature = fit_temperature(judged.at(others), given[others], labels=labels)
            P[here] = temper(given[here], temperature)
    return judge_songs(judged.track, judged.genre, P, labels=labels)


def unsure_below(certainty: Certainty) -> float:
    """Choose the confidence below which an answer is unsure: more often wrong than right.

    The surest songs are answered, as many as make the number of right answers less that of wrong
    ones greatest: every further one loses more than it gains (Chow, "On Optimum Recognition Error
    and Reject Tradeoff", IEEE Trans. Information Theory 16(1), 1970, where leaving a song
    unanswered costs half as much as a wrong answer).

    Returns
    -------
    float
        Midway between the least sure song that is answered and the next one; 0 where all are
        answered, 1 where none is.
    """
    order = np.argsort(-certainty.confidence, kind="stable")
    gains = np.cumsum(np.where(certainty.right[order], 1, -1))
    # The last of equals: of two choices that are as good the one that answers more.
    answered = len(gains) - int(gains[::-1].argmax())
    if gains[answered - 1] <= 0:
        return 1.0
    if answered == len(gains):
        return 0.0
    return float(certainty.confidence[order[answered - 1 : answered + 1]].mean())


def outlier_above(rows: Rows, Z: NDArray[np.float64]) -> float | None:
    """Choose the distance from which on a song is unlike all that was learned.

    It is `FARTHEST` of the way through the songs learned from, sorted by how far each is from all
    others that are not by its artist: about one song of a hundred by a new artist is farther.

    Parameters
    ----------
    rows : Rows
        The songs learned from.
    Z : np.ndarray [shape=(n, inputs)]
        What the network is given for them.

    Returns
    -------
    float or None
        None where all are by one artist.
    """
    group = rows.groups(by_artist=True)
    if len(set(group.tolist())) < 2:
        return None
    far = song_medians(rows.track, nearest(Z, Z, groups=(group, group)))
    return float(np.quantile(far, FARTHEST))


def song_medians(track: NDArray[np.object_], values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Take the median of each song's rows.

    Parameters
    ----------
    track, values : np.ndarray [shape=(n,)]
        The song of each row, and what is known of it.

    Returns
    -------
    np.ndarray [shape=(songs,)]
        In the order in which the songs first occur, in the unit of the values.
    """
    by_song: dict[object, list[float]] = {}
    for name, value in zip(track, values.tolist(), strict=True):
        by_song.setdefault(name, []).append(value)
    return np.array([np.median(of) for of in by_song.values()])


def _columns(rows: Rows, labels: Sequence[str]) -> NDArray[np.intp]:
    index = {label: i for i, label in enumerate(labels)}
    return np.array([index[genre] for genre in rows.genre], dtype=np.intp)
