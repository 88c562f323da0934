"""Fitting one layer to rows of features: multinomial logistic regression, without Keras.

A person may have a dozen songs of a genre.  So few settle neither several layers nor when to stop;
a convex problem has one solution, found in a second, and its penalty says how far to trust them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.judgement import Rows
from lib.model import Network, Weights, input_names
from lib.model.network import forward
from lib.progress import Progress, silent
from lib.training.config import TrainingConfig
from lib.training.fit import Fitted, OnEpoch, fit_scaler, scaled_inputs, teller
from lib.training.history import check_finite, tabulate

# The prior variance of a weight, of inputs of deviation 1: for the backbone's activations, and for
# the features that we compute, which suffer from codecs and filters far more.
_VARIANCE, _VARIANCE_OF_FEATURES = 0.01, 0.00125
_NEVER = -30.0  # bias of a genre without songs: e^-30 is a probability of nothing


def fit_regression(
    network: Network,
    training: Rows,
    validation: Rows | None,
    *,
    test: Rows | None = None,
    labels: Sequence[str],
    config: TrainingConfig,
    progress: Progress = silent,
    step: str = "Training",
    on_epoch: OnEpoch | None = None,
) -> Fitted:
    """Fit a network of one layer by the most probable weights.

    ``min_W sum_i w[i] CE(softmax(z[i] W + b), g[i]) + sum_jk W[j, k]^2 / (2 v[j])``: the
    cross-entropy and a Gaussian prior of variance ``v`` on each weight (Bishop, "Pattern
    Recognition and Machine Learning", 2006, 4.3.4 and 4.5).  The weights ``w`` of the songs sum to
    their number, those of each genre to the same, so that a genre of few songs counts as much as
    one of many.  Solved by Nesterov's accelerated gradient for a fixed number of steps, beginning
    with zeros: the same songs give the same weights, and nothing is drawn.

    Parameters
    ----------
    network : Network
        The shape: one softmax.
    training, validation, test, labels, config, progress, step, on_epoch
        As for `~lib.training.fit.fit`; rows held out are watched, and choose nothing.

    Raises
    ------
    TrainingError
        If the loss stops being a number.
    """
    scaler = fit_scaler(training, config)
    watched = {
        prefix: _Side.of(rows, scaled_inputs(rows.X, scaler, config), labels)
        for prefix, rows in (("", training), ("val_", validation), ("test_", test))
        if rows is not None
    }
    known: NDArray[np.bool_] = watched[""].truth.sum(axis=0) > 0
    variances = _variances(input_names(config.inputs, config.feature_names))
    problem = _Problem(watched[""], variances)
    tell = teller(config.epochs, progress, step, on_epoch)
    logs: list[dict[str, float]] = []
    for epoch in range(config.epochs):
        problem.step()
        weights = problem.weights(known)
        logs.append(_log(network, weights, watched))
        check_finite(epoch, logs[-1], [array for pair in weights for array in pair])
        tell(epoch, logs[-1])
    return Fitted(network, problem.weights(known), scaler, config, tabulate(logs), config.epochs)


@dataclass(frozen=True, eq=False)
class _Side:
    """Songs as the problem sees them.

    Parameters
    ----------
    Z : np.ndarray [shape=(n, inputs)]
        Scaled.
    truth : np.ndarray [shape=(n, genres)]
        1 where a row is of the genre.
    weights : np.ndarray [shape=(n,)]
        Of each song the same within its genre, of each genre the same; they sum to the songs.
    """

    Z: NDArray[np.float64]
    truth: NDArray[np.float64]
    weights: NDArray[np.float64]

    @classmethod
    def of(cls, rows: Rows, Z: NDArray[np.float64], labels: Sequence[str]) -> _Side:
        truth = (rows.genre[:, None] == np.array(labels, dtype=object)).astype(np.float64)
        tracks, song = np.unique(rows.track.astype(str), return_inverse=True)
        weights = 1.0 / np.bincount(song)[song]
        of_genre = truth @ (weights @ truth)
        weights /= of_genre
        return cls(Z, truth, weights * len(tracks) / weights.sum())


class _Problem:
    """The minimum that is sought, and how far the search has come."""

    def __init__(self, side: _Side, variances: NDArray[np.float64]) -> None:
        self._side = side
        # A column of ones takes the bias in; it is free.
        self._A = np.column_stack([side.Z, np.ones(len(side.Z))])
        self._penalty = np.append(1.0 / variances, 0.0)[:, None]
        # The softmax's curvature is at most 1/2 (Böhning, Ann. Inst. Stat. Math. 44, 1992).
        weighted = self._A * np.sqrt(side.weights)[:, None]
        self._rate = 1.0 / (
            0.5 * np.linalg.norm(weighted @ weighted.T, ord=2) + self._penalty.max()
        )
        self._W = self._ahead = np.zeros((self._A.shape[1], side.truth.shape[1]))
        self._momentum = 1.0

    def step(self) -> None:
        """Take one step; see Nesterov, Soviet Mathematics Doklady 27 (2), 1983."""
        before, side = self._W, self._side
        P = _softmax(self._A @ self._ahead)
        gradient = self._A.T @ ((P - side.truth) * side.weights[:, None])
        self._W = self._ahead - self._rate * (gradient + self._penalty * self._ahead)
        if np.sum((self._ahead - self._W) * (self._W - before)) > 0:
            self._momentum = 1.0  # it overshot (O'Donoghue and Candès, 2015)
        momentum = (1 + np.sqrt(1 + 4 * self._momentum**2)) / 2
        self._ahead = self._W + (self._momentum - 1) / momentum * (self._W - before)
        self._momentum = momentum

    def weights(self, known: NDArray[np.bool_]) -> Weights:
        """Return kernel and bias, with genres that have no songs never said."""
        kernel, bias = self._W[:-1] * known, np.where(known, self._W[-1], _NEVER)
        return ((kernel.astype(np.float32), bias.astype(np.float32)),)


def _variances(names: Sequence[str]) -> NDArray[np.float64]:
    return np.array([_VARIANCE if "msd_" in name else _VARIANCE_OF_FEATURES for name in names])


def _softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return np.asarray(e / e.sum(axis=1, keepdims=True))


def _log(network: Network, weights: Weights, watched: Mapping[str, _Side]) -> dict[str, float]:
    """Return the figures of an epoch: of the songs learned from, and of those watched."""
    figures = {}
    for prefix, side in watched.items():
        P = forward(network, weights, side.Z)
        share = side.weights / side.weights.sum()
        right = P.argmax(axis=1) == side.truth.argmax(axis=1)
        likelihood = np.sum(P * side.truth, axis=1)
        figures[f"{prefix}loss"] = float(-share @ np.log(np.maximum(likelihood, 1e-12)))
        figures[f"{prefix}accuracy"] = float(share @ right)
    return figures
