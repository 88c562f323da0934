"""How sure answers were and whether rightly so: log loss, calibration error, leaving out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

BINS = 10
"""Into which confidences are sorted, all of one width: 0 to 10 %, 10 to 20 %, ..."""

_STEPS = 20  # of the curve of accuracy against the share answered: 5 %, 10 %, ... of the songs
_IMPOSSIBLE = 1e-15  # what a probability of 0 counts for, or one wrong answer were infinitely bad


@dataclass(frozen=True)
class Bin:
    """Songs about which a model was about as sure.

    Parameters
    ----------
    songs : int
        How many; at least 1.
    confidence : float
        The mean probability of the genres that they were called.
    accuracy : float
        The share called rightly.
    """

    songs: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Answered:
    """What is left where the least sure songs stay unanswered.

    Parameters
    ----------
    share : float
        Of the songs, those answered.
    accuracy : float
        Of those, the share called rightly.
    least : float
        The least confidence among them.
    """

    share: float
    accuracy: float
    least: float


@dataclass(frozen=True, eq=False)
class Certainty:
    """How sure a model was of each song, and whether it was right.

    Parameters
    ----------
    confidence : np.ndarray [shape=(songs,)]
        The probability of the genre that each was called.
    right : np.ndarray of bool [shape=(songs,)]
        Whether that was its genre.
    log_loss : float
        The mean of ``-ln p`` over the songs, p the probability of the genre that a song is.
    """

    confidence: NDArray[np.float64]
    right: NDArray[np.bool_]
    log_loss: float

    @classmethod
    def of(cls, P: NDArray[np.float64], true: NDArray[np.intp]) -> Certainty:
        """Take it from probabilities [shape=(songs, genres)] and the columns of the true genres."""
        of_true = P[np.arange(len(P)), true]
        loss = float(-np.log(np.maximum(of_true, _IMPOSSIBLE)).mean())
        return cls(P.max(axis=1), P.argmax(axis=1) == true, loss)

    @cached_property
    def bins(self) -> tuple[Bin, ...]:
        """The songs by confidence, in `BINS` of one width; those that hold none are left out."""
        number = np.minimum((self.confidence * BINS).astype(np.intp), BINS - 1)
        return tuple(
            Bin(int(of.sum()), float(self.confidence[of].mean()), float(self.right[of].mean()))
            for of in (number == b for b in np.unique(number))
        )

    @cached_property
    def calibration_error(self) -> float:
        """The expected calibration error: how far, on average, confidence is from accuracy.

        ``sum_b n_b / n * |accuracy_b - confidence_b|`` over the `bins` (Naeini, Cooper and
        Hauskrecht, "Obtaining Well Calibrated Probabilities Using Bayesian Binning", AAAI 2015).
        With few songs it is above 0 even for a model that knows exactly how sure to be.
        """
        return calibration_error(self.bins)

    @cached_property
    def curve(self) -> tuple[Answered, ...]:
        """The accuracy where only the surest 5 %, 10 %, ... 100 % of the songs are answered."""
        n = len(self.confidence)
        counts = np.unique(np.maximum(1, np.round(np.arange(1, _STEPS + 1) / _STEPS * n)))
        return tuple(self._surest(int(count)) for count in counts)

    @cached_property
    def surest_two_thirds(self) -> Answered:
        """What is left where the least sure third of the songs stays unanswered."""
        return self._surest(max(1, round(2 / 3 * len(self.confidence))))

    def sure(self, least: float) -> Answered:
        """Tell what is left where songs of less confidence than `least` stay unanswered."""
        sure = self.confidence >= least
        accuracy = float(self.right[sure].mean()) if sure.any() else 0.0
        return Answered(float(sure.mean()), accuracy, least)

    def _surest(self, count: int) -> Answered:
        order = np.argsort(-self.confidence, kind="stable")[:count]
        least = float(self.confidence[order[-1]])
        return Answered(count / len(self.confidence), float(self.right[order].mean()), least)

    def to_dict(self) -> dict[str, Any]:
        """Return the figures as JSON takes them."""
        return {
            "log_loss": self.log_loss,
            "calibration_error": self.calibration_error,
            "reliability": [asdict(each) for each in self.bins],
            "answered": [asdict(each) for each in self.curve],
            "surest_two_thirds": asdict(self.surest_two_thirds),
        }


def calibration_error(bins: Sequence[Bin]) -> float:
    """Return the expected calibration error of bins; see `Certainty.calibration_error`."""
    songs = sum(each.songs for each in bins)
    return sum(each.songs / songs * abs(each.accuracy - each.confidence) for each in bins)


def read_bins(figures: Mapping[str, Any]) -> tuple[Bin, ...]:
    """Take the bins from what `Certainty.to_dict` gave."""
    return tuple(Bin(**each) for each in figures["reliability"])


def read_curve(figures: Mapping[str, Any]) -> tuple[Answered, ...]:
    """Take the curve from what `Certainty.to_dict` gave."""
    return tuple(Answered(**each) for each in figures["answered"])


def are_probabilities(scores: NDArray[np.float64]) -> bool:
    """Tell whether scores [shape=(n, genres)] are probabilities: none negative, each row sums to 1.

    The decisions of an SVM are none.
    """
    return bool((scores >= 0).all() and np.allclose(scores.sum(axis=1), 1, atol=1e-6))
