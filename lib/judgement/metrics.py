"""Figures of merit: accuracy with its interval, and each genre's precision, recall and F1."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.judgement.certainty import Certainty
from lib.judgement.errors import JudgementError

# The standard normal distribution holds 95 % between -Z and Z.
_Z = 1.959963984540054


@dataclass(frozen=True)
class GenreScore:
    """How well one genre is told from the others.

    Parameters
    ----------
    precision : float
        Of the songs called so, the share that are; 0 if none was called so.
    recall : float
        Of the songs that are, the share called so; 0 if there are none.
    f1 : float
        Harmonic mean of the two; 0 if both are 0.
    support : int
        How many songs are of this genre.
    """

    precision: float
    recall: float
    f1: float
    support: int


@dataclass(frozen=True, eq=False)
class Judgement:
    """What came of asking a model for the genre of songs whose genre is known.

    Parameters
    ----------
    accuracy : float
        The share of songs called rightly.
    interval : tuple of float
        Between which the accuracy lies with 95 % confidence; see `wilson_interval`.
    macro_recall : float
        The mean recall over the genres that have songs, so that each counts alike.
    macro_f1 : float
        The mean F1 over the genres that have songs.
    genres : mapping of str to GenreScore
        By genre, in the order of `labels`.
    labels : tuple of str
        The genres that the model knows.
    confusion : np.ndarray [shape=(genres, genres)]
        Songs of the genre of the row called the genre of the column.
    n : int
        How many songs were judged.
    certainty : Certainty or None
        How sure it was, where it gave probabilities.
    """

    accuracy: float
    interval: tuple[float, float]
    macro_recall: float
    macro_f1: float
    genres: Mapping[str, GenreScore]
    labels: tuple[str, ...]
    confusion: NDArray[np.int64]
    n: int
    certainty: Certainty | None = None

    def to_dict(self) -> dict[str, Any]:
        """Return the judgement as JSON takes it; see `Certainty.to_dict` for what it may hold."""
        return {
            "accuracy": self.accuracy,
            "interval": list(self.interval),
            "macro_recall": self.macro_recall,
            "macro_f1": self.macro_f1,
            **(self.certainty.to_dict() if self.certainty else {}),
            "songs": self.n,
            "labels": list(self.labels),
            "genres": {genre: asdict(score) for genre, score in self.genres.items()},
            "confusion": self.confusion.tolist(),
        }


def judge(
    true: Sequence[str],
    predicted: Sequence[str],
    labels: Sequence[str],
    *,
    probabilities: NDArray[np.float64] | None = None,
) -> Judgement:
    """Compare the genres that songs were called with those they are.

    Parameters
    ----------
    true, predicted : sequence of str
        One genre a song, in the same order.
    labels : sequence of str
        All genres that can occur.
    probabilities : np.ndarray [shape=(songs, genres)], optional
        By which the songs were called so, in the order of the labels; gives `Judgement.certainty`.

    Raises
    ------
    JudgementError
        If there are no songs, the two differ in length, or a genre is not among the labels.

    Examples
    --------
    >>> judgement = judge(["jazz", "rock", "rock"], ["jazz", "rock", "jazz"], ["jazz", "rock"])
    >>> judgement.confusion.tolist()
    [[1, 0], [1, 1]]
    >>> judgement.genres["rock"].recall
    0.5
    """
    _check(true, predicted, labels)
    index = {label: i for i, label in enumerate(labels)}
    confusion = np.zeros((len(labels), len(labels)), dtype=np.int64)
    for is_genre, called in zip(true, predicted, strict=True):
        confusion[index[is_genre], index[called]] += 1
    certainty = None
    if probabilities is not None:
        certainty = Certainty.of(probabilities, np.array([index[genre] for genre in true]))
    return _of_confusion(confusion, labels, certainty)


def read_judgement(figures: Mapping[str, Any]) -> Judgement:
    """Make a judgement of what `Judgement.to_dict` gave, as far as its confusion matrix tells it.

    That is all but `Judgement.certainty`.
    """
    confusion = np.array(figures["confusion"], dtype=np.int64)
    return _of_confusion(confusion, figures["labels"], None)


def _of_confusion(
    confusion: NDArray[np.int64], labels: Sequence[str], certainty: Certainty | None
) -> Judgement:
    scores = {label: _score(confusion, i) for i, label in enumerate(labels)}
    present = [score for score in scores.values() if score.support]
    right, n = int(np.trace(confusion)), int(confusion.sum())
    return Judgement(
        accuracy=right / n,
        interval=wilson_interval(right, n),
        macro_recall=sum(score.recall for score in present) / len(present),
        macro_f1=sum(score.f1 for score in present) / len(present),
        genres=scores,
        labels=tuple(labels),
        confusion=confusion,
        n=n,
        certainty=certainty,
    )


def wilson_interval(right: int, n: int) -> tuple[float, float]:
    """Return the 95 % score interval of a proportion.

    ``(p + z²/2n ± z·sqrt(p(1 - p)/n + z²/4n²)) / (1 + z²/n)`` with ``p = right / n``, ``z = 1.96``.
    Unlike ``p ± z·sqrt(p(1 - p)/n)`` it stays within 0 and 1 and holds for few songs.  Songs count
    as independent; those of one artist are not quite, so the truth is somewhat less certain.

    Parameters
    ----------
    right, n : int
        How many songs were called rightly, of how many.

    References
    ----------
    E. B. Wilson (1927), Probable inference, the law of succession, and statistical inference,
    Journal of the American Statistical Association 22, 209-212; recommended by L. D. Brown,
    T. T. Cai and A. DasGupta (2001), Interval estimation for a binomial proportion, Statistical
    Science 16, 101-133.

    Examples
    --------
    >>> low, high = wilson_interval(15, 148)
    >>> round(low, 4), round(high, 4)
    (0.0624, 0.1605)
    """
    p = right / n
    centre = p + _Z**2 / (2 * n)
    half = _Z * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    whole = 1 + _Z**2 / n
    # At 0 and at n songs one end is the proportion itself, which rounding may miss.
    low, high = min(p, (centre - half) / whole), max(p, (centre + half) / whole)
    return max(0.0, low), min(1.0, high)


def _score(confusion: NDArray[np.int64], i: int) -> GenreScore:
    hits, called, support = confusion[i, i], confusion[:, i].sum(), int(confusion[i].sum())
    return GenreScore(
        precision=float(hits / called) if called else 0.0,
        recall=float(hits / support) if support else 0.0,
        # 2PR / (P + R), with the counts put in, has no 0 / 0 where one of the two is undefined.
        f1=float(2 * hits / (called + support)) if called + support else 0.0,
        support=support,
    )


def _check(true: Sequence[str], predicted: Sequence[str], labels: Sequence[str]) -> None:
    if len(true) != len(predicted):
        raise JudgementError(f"{len(true)} songs, but {len(predicted)} predictions.")
    if len(true) == 0:
        raise JudgementError("There are no songs to judge. Name data that has features.")
    unknown = sorted({*true, *predicted} - set(labels))
    if unknown:
        raise JudgementError(
            f"Genres that are not among the labels: {', '.join(unknown)}; "
            f"the labels are {', '.join(labels)}."
        )
