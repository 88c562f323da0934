"""Fitting several networks of one shape at once, kept from learning their songs by heart."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import TrainingError
from lib.judgement import Rows
from lib.model import Network, Scaler, Weights
from lib.model.network import forward
from lib.progress import Progress, silent
from lib.training.augment import augment
from lib.training.backend import load_keras
from lib.training.config import Regularisation, TrainingConfig
from lib.training.convolutions import Convolutions
from lib.training.fit import Fitted, OnEpoch, Table, fit_scaler, scaled, scaled_inputs, teller
from lib.training.history import check_finite, figures, tabulate
from lib.training.networks import keras_members, keras_weights
from lib.training.optimizers import Optimizer, make_optimizer
from lib.training.tracing import fresh_network

_WARM_UP = 0.05  # share of the steps in which the rate rises


def fit_members(
    network: Network | Convolutions,
    training: Rows,
    validation: Rows | None,
    *,
    test: Rows | None = None,
    settings: Regularisation,
    labels: Sequence[str],
    config: TrainingConfig,
    progress: Progress = silent,
    step: str = "Training",
    on_epoch: OnEpoch | None = None,
) -> Fitted:
    """Fit as many networks as `settings` asks for, all for `config.epochs`.

    The optimiser works on the cross-entropy, each song of the same weight, at a rate that rises and
    then falls along a cosine (Loshchilov and Hutter, "SGDR", ICLR 2017).  Rows held out are
    watched, and neither stop nor choose anything.

    Parameters
    ----------
    network : Network
        The shape of each member, which is to be dense.
    settings : Regularisation
        How, and how many.
    training, validation, test, labels, config, progress, step, on_epoch
        As for `~lib.training.fit.fit`.

    Raises
    ------
    TrainingError
        If TensorFlow is missing, the network is not dense, or the loss stops being a number.
    """
    if isinstance(network, Convolutions):
        raise TrainingError(
            f"{network.name} is no dense network, and others have the recipe plain alone."
        )
    scaler = fit_scaler(training, config)
    table = _Table.of(training, scaler, labels, config, settings)
    sides = {"": training, "val_": validation, "test_": test}
    watched = {
        prefix: scaled(rows, scaler, labels, config)
        for prefix, rows in sides.items()
        if rows is not None
    }
    tell = teller(config.epochs, progress, step, on_epoch)
    logs: list[dict[str, float]] = []
    decay, optimizer = settings.weight_decay, config.optimizer
    with fresh_network(
        (network, settings.members, settings.dropout, decay, optimizer, table.size),
        seed=config.seed,
        build=lambda: keras_members(network, members=settings.members, dropout=settings.dropout),
        prepare=lambda model: _compile(model, optimizer, weight_decay=decay),
    ) as (model, rate):
        rate.set(config.learning_rate, steps=config.epochs * table.steps)
        for epoch in range(config.epochs):
            for X, truth in table.batches():
                model.train_on_batch(X, truth)
            weights = keras_weights(model)
            logs.append(_log(network, weights, watched))
            check_finite(epoch, logs[-1], [array for pair in weights for array in pair])
            tell(epoch, logs[-1])
    return Fitted(network, weights, scaler, config, tabulate(logs), config.epochs)


def _compile(model: Any, name: Optimizer, *, weight_decay: float) -> _Rate:  # noqa: ANN401
    rate = _Rate()
    optimizer = make_optimizer(name, rate.schedule, weight_decay=weight_decay)
    # The truth carries the songs' weights, so it need not sum to 1.
    model.compile(optimizer=optimizer, loss="categorical_crossentropy", jit_compile=False)
    optimizer.build(model.trainable_variables)
    return rate


class _Rate:
    """A rate that rises and falls, set anew for each fit: its numbers stand in variables.

    As constants they would be part of the graph, which would hold for one number of steps alone.
    """

    def __init__(self) -> None:
        keras = load_keras()
        names = ("initial_learning_rate", "warmup_target", "warmup_steps", "decay_steps")
        # 1 until it is set, since a schedule refuses to decay in no steps.
        self._numbers = {name: keras.Variable(1.0, trainable=False, name=name) for name in names}
        self.schedule = keras.optimizers.schedules.CosineDecay(**self._numbers)

    def set(self, peak: float, *, steps: int) -> None:
        """Let the rate rise to `peak` and fall to 0 within so many steps."""
        warm_up = math.ceil(_WARM_UP * steps)
        numbers = (peak / warm_up, peak, warm_up, max(1, steps - warm_up))
        for variable, number in zip(self._numbers.values(), numbers, strict=True):
            variable.assign(number)


@dataclass(frozen=True, eq=False)
class _Table:
    """Songs to learn from, and how they are drawn.

    X [shape=(n, features)] holds features as computed, truth [shape=(n, genres)] the songs'
    weights.
    """

    X: NDArray[np.float64]
    truth: NDArray[np.float64]
    scaler: Scaler
    config: TrainingConfig
    settings: Regularisation
    rng: np.random.Generator

    @classmethod
    def of(
        cls,
        rows: Rows,
        scaler: Scaler,
        labels: Sequence[str],
        config: TrainingConfig,
        settings: Regularisation,
    ) -> _Table:
        _, genres, weights = scaled(rows, scaler, labels, config)
        smooth = settings.label_smoothing
        truth = (1 - smooth) * np.eye(len(labels))[genres] + smooth / len(labels)
        rng = np.random.default_rng(config.seed)
        return cls(rows.X, truth * weights[:, None], scaler, config, settings, rng)

    @property
    def size(self) -> int:
        return min(self.config.batch_size, len(self.X))

    @property
    def steps(self) -> int:
        """Batches an epoch; the few rows that are left over wait for another epoch."""
        return len(self.X) // self.size

    def batches(self) -> Iterator[tuple[NDArray[np.float32], NDArray[np.float32]]]:
        """Draw one epoch: each (size, members, inputs) and (size, members, genres)."""
        members, names = self.settings.members, self.config.feature_names
        orders = [self.rng.permutation(len(self.X)) for _ in range(members)]
        drawn = np.stack(orders, axis=1)[: self.steps * self.size]
        changed = augment(self.X[drawn.ravel()], names, self.settings.augmentation, self.rng)
        Z = scaled_inputs(changed, self.scaler, self.config)
        Z, truth = Z.reshape(*drawn.shape, -1), self.truth[drawn]
        for first in range(0, len(drawn), self.size):
            part = slice(first, first + self.size)
            mixed = mix(Z[part], truth[part], self.settings.mixup, self.rng)
            yield self._noisy(mixed[0]).astype(np.float32), mixed[1].astype(np.float32)

    def _noisy(self, Z: NDArray[np.float64]) -> NDArray[np.float64]:
        if not self.settings.noise:
            return Z
        return Z + self.settings.noise * self.rng.standard_normal(Z.shape)


def mix(
    Z: NDArray[np.float64], truth: NDArray[np.float64], alpha: float, rng: np.random.Generator
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Mix each song of a batch with another: ``w * z[i] + (1 - w) * z[j]``, its truth alike.

    The shares w are drawn from Beta(alpha, alpha), one for each song and member (Zhang et al.,
    "mixup: Beyond Empirical Risk Minimization", ICLR 2018).

    Parameters
    ----------
    Z : np.ndarray [shape=(batch, members, inputs)]
        Scaled inputs.
    truth : np.ndarray [shape=(batch, members, genres)]
        What each should be called.
    alpha : float
        0 mixes none; 1 draws all shares alike.
    rng : np.random.Generator
        Draws shares and partners.
    """
    if not alpha:
        return Z, truth
    share = rng.beta(alpha, alpha, size=(*Z.shape[:2], 1))
    other = rng.permutation(len(Z))
    return share * Z + (1 - share) * Z[other], share * truth + (1 - share) * truth[other]


def _log(network: Network, weights: Weights, watched: Mapping[str, Table]) -> dict[str, float]:
    """Say how all members together do on songs as they are, unchanged."""
    log = {}
    for prefix, (Z, genres, songs) in watched.items():
        with np.errstate(over="ignore", invalid="ignore"):  # which is told by check_finite
            P = forward(network, weights, Z.astype(np.float64))
        log.update(figures(P, genres, songs, prefix))
    return log
