"""Bringing each feature to mean 0 and standard deviation 1."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError


@dataclass(frozen=True, eq=False)
class Scaler:
    """Standardises features: ``z[i] = (x[i] - mean_[i]) / scale_[i]``.

    Parameters
    ----------
    mean_ : np.ndarray [shape=(d,)]
        The mean of each feature, in its own unit.
    scale_ : np.ndarray [shape=(d,)]
        The standard deviation (ddof 0) of each feature, in its own unit.

    Raises
    ------
    ModelError
        If the two differ in length, are not finite, or a scale is not positive.
    """

    mean_: NDArray[np.float64]
    scale_: NDArray[np.float64]

    def __post_init__(self) -> None:
        if self.mean_.ndim != 1 or self.mean_.shape != self.scale_.shape:
            raise ModelError(
                f"A scaler needs one mean and one scale a feature, "
                f"not {self.mean_.shape} and {self.scale_.shape}."
            )
        if not (np.isfinite(self.mean_).all() and np.isfinite(self.scale_).all()):
            raise ModelError("A scaler's means and scales must be finite numbers.")
        if not (self.scale_ > 0).all():
            raise ModelError(f"A scaler's scales must be above 0, not {self.scale_.min()}.")

    @classmethod
    def fit(cls, X: NDArray[np.float64]) -> Scaler:
        """Learn means and scales from rows that the model will not be judged on.

        A feature that is the same in all rows (but for rounding) says nothing; it gets the scale
        1, so that it comes out as about 0 rather than as noise.

        Parameters
        ----------
        X : np.ndarray [shape=(n, d)]
            Features, at least one row.

        Raises
        ------
        ModelError
            If there are no rows or a value is not finite.

        Examples
        --------
        >>> scaler = Scaler.fit(np.array([[1.0, 7.0], [3.0, 7.0]]))
        >>> scaler.mean_.tolist(), scaler.scale_.tolist()
        ([2.0, 7.0], [1.0, 1.0])
        """
        if X.ndim != 2 or len(X) == 0:
            raise ModelError(f"A scaler needs rows of features to learn from, not {X.shape}.")
        mean = X.mean(axis=0, dtype=np.float64)
        scale = X.std(axis=0, dtype=np.float64)
        rounding = 10 * np.finfo(np.float64).eps * np.abs(X).max(axis=0)
        return cls(mean, np.where(scale > rounding, scale, 1.0))

    def transform(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return `X` [shape=(n, d)] standardised, in float64."""
        return np.asarray((X - self.mean_) / self.scale_, dtype=np.float64)
