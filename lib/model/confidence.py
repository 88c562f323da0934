"""What makes a model's confidence mean something: a temperature, and when to doubt an answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError

_SMALLEST = 1e-300  # stands in for a probability of 0, which has no logarithm


@dataclass(frozen=True)
class Confidence:
    """How a model's probabilities are to be taken; fitted on songs that it had not learned from.

    Parameters
    ----------
    temperature : float
        Of `temper`, above 0.
    unsure_below : float
        An answer of less confidence is unsure.
    outlier_above : float or None
        A song farther than this from all that was learned is an outlier (see
        `~lib.model.songs.Songs`); None where there was too little to find it by.
    fitted_on : str
        The protocol whose songs it was fitted on: ``"artist_folds"`` or ``"validation"``.
    songs : int
        How many these were.

    Raises
    ------
    ModelError
        If a number makes no sense.
    """

    temperature: float
    unsure_below: float
    outlier_above: float | None
    fitted_on: str
    songs: int

    def __post_init__(self) -> None:
        if not 0 < self.temperature < np.inf:
            raise ModelError(f"A temperature must be above 0, not {self.temperature}.")
        if not 0 <= self.unsure_below <= 1:
            raise ModelError(f"unsure_below is a probability, not {self.unsure_below}.")
        if self.outlier_above is not None and not 0 <= self.outlier_above < np.inf:
            raise ModelError(f"outlier_above is a distance, not {self.outlier_above}.")


def temper(P: NDArray[np.float64], temperature: float) -> NDArray[np.float64]:
    """Make probabilities more or less sure, without changing which is the greatest.

    ``q[g] = p[g] ** (1/T) / sum_h p[h] ** (1/T)``, which divides a softmax's inputs by T: above 1
    it evens them out, below 1 it sharpens them (Guo, Pleiss, Sun and Weinberger, "On Calibration of
    Modern Neural Networks", ICML 2017).  Of several networks the mean is tempered (Rahaman and
    Thiery, "Uncertainty Quantification and Deep Ensembles", NeurIPS 2021).

    Parameters
    ----------
    P : np.ndarray [shape=(n, genres)]
        Each row sums to 1.
    temperature : float
        T.

    Examples
    --------
    >>> temper(np.array([[0.8, 0.2]]), 0.5).round(3).tolist()
    [[0.941, 0.059]]
    """
    logits = np.log(np.maximum(P, _SMALLEST)) / temperature
    e = np.exp(logits - logits.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))
