"""Fitting one network to rows of features."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lib.events import Epoch
from lib.judgement import Rows
from lib.model import Graph, Network, Scaler, Weights, prepare
from lib.model.network import forward
from lib.progress import Progress, silent
from lib.training.backend import load_keras
from lib.training.config import TrainingConfig
from lib.training.convolutions import Convolutions
from lib.training.history import check_finite, figures, tabulate
from lib.training.networks import from_keras, to_keras
from lib.training.optimizers import make_optimizer
from lib.training.stopping import Stopping
from lib.training.tracing import fresh_network

if TYPE_CHECKING:
    import pandas as pd


OnEpoch: TypeAlias = Callable[[Epoch], None]
Table: TypeAlias = tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.float32]]
"""Inputs, numbers of genres, and weights of rows."""

_ASKED_AT_ONCE = 4096  # rows; judging has no reason to go in small steps


@dataclass(frozen=True, eq=False)
class Fitted:
    """A network that has learned.

    Parameters
    ----------
    network : Network or Graph
        The shape of a dense network, or a network of another kind whole.
    weights : Weights
        Those of the best epoch; of a graph none.
    scaler : Scaler
        Fitted on the training rows.
    config : TrainingConfig
        The settings it learned by.
    history : pd.DataFrame
        One row an epoch: epoch (from 1), loss, accuracy, val_loss, val_accuracy (the last two only
        if rows were held out), test_loss, test_accuracy (only if there are test rows).
    best_epoch : int
        The epoch that `Stopping` chose, or the last one if nothing was to stop it.
    """

    network: Network | Graph
    weights: Weights
    scaler: Scaler
    config: TrainingConfig
    history: pd.DataFrame
    best_epoch: int

    def probabilities(self, X: NDArray[np.float64]) -> NDArray[np.float64]:
        """Say how probable each genre is, of features [shape=(n, d)]."""
        Z = scaled_inputs(X, self.scaler, self.config)
        if isinstance(self.network, Graph):
            return self.network.forward(Z.reshape(len(X), *self.network.inputs))
        return forward(self.network, self.weights, Z)


def fit(
    network: Network | Convolutions,
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
    """Fit a network.

    The optimiser works on the cross-entropy.  With rows held out,
    `~lib.training.stopping.Stopping` says when it ends, and the weights of the best epoch are kept;
    with a patience of 0 nothing ends it, and those of the last epoch are.  Each song weighs the
    same, however many windows it has.

    Parameters
    ----------
    network : Network or Convolutions
        The shape.
    training : Rows
        Learned from; the scaler sees no other rows.
    validation : Rows or None
        Held out.
    test : Rows or None
        Only looked at after each epoch, for the history.
    labels : sequence of str
        The genres in the order of the outputs.
    config : TrainingConfig
        The settings.
    progress : Progress
        Told after each epoch.
    step : str
        What to call this to `progress`.
    on_epoch : callable or None
        Told the figures of each epoch.

    Raises
    ------
    TrainingError
        If TensorFlow is missing, or the loss stops being a number.
    """
    scaler = fit_scaler(training, config)

    def table(rows: Rows) -> Table:
        features, genres, weights = scaled(rows, scaler, labels, config)
        return features.reshape(len(rows), *_input_shape(network)), genres, weights

    tell = teller(config.epochs, progress, step, on_epoch)
    features, genres, weights = learned_from = table(training)
    watched = table(validation) if validation else None
    tested = table(test) if test else None
    watch = _watch(config, tested, tell)
    with fresh_network(
        _graph(network, config, learned_from, watched, tested),
        seed=config.seed,
        build=lambda: to_keras(network),
        prepare=lambda model: _compile(model, config, learned_from),
    ) as (model, _):
        model.fit(
            features,
            genres,
            sample_weight=weights,
            validation_data=watched,
            epochs=config.epochs,
            batch_size=config.batch_size,
            validation_batch_size=_ASKED_AT_ONCE,
            callbacks=[watch],
            verbose=0,
        )
        finished, learned = from_keras(network, model)
    history = tabulate(watch.logs)
    chosen = validation is not None and config.chooses
    best = watch.stopping.best_epoch if chosen else len(history)
    return Fitted(finished, learned, scaler, config, history, best)


def _input_shape(network: Network | Convolutions) -> tuple[int, ...]:
    return network.inputs if isinstance(network, Convolutions) else (network.inputs,)


def _graph(
    network: Network | Convolutions,
    config: TrainingConfig,
    training: Table,
    watched: Table | None,
    tested: Table | None,
) -> Hashable:
    """Return what the graph of a step depends on, and that of a look at songs held out.

    Keras knows the size of a batch where no rows are left over for a smaller one.
    """
    return (
        network,
        config.optimizer,
        config.learning_rate,
        config.batch_size,
        len(training[0]) % config.batch_size == 0,
        watched is not None and len(watched[0]) % _ASKED_AT_ONCE == 0,
        None if tested is None else len(tested[0]),
    )


def _compile(model: Any, config: TrainingConfig, training: Table) -> None:  # noqa: ANN401
    """Compile, and make the optimiser's variables and those of the figures, given a song.

    Else the first step makes them, and everything is traced twice, which takes longer than many a
    training.
    """
    model.compile(
        optimizer=make_optimizer(config.optimizer, config.learning_rate),
        loss="sparse_categorical_crossentropy",
        weighted_metrics=["accuracy"],
        jit_compile=False,  # compiling takes longer than such small networks train
    )
    features, genres, weights = (part[:1] for part in training)
    model.optimizer.build(model.trainable_variables)
    model.compute_metrics(features, genres, model(features), weights)
    model.reset_metrics()


def fit_scaler(rows: Rows, config: TrainingConfig) -> Scaler:
    """Fit the scaler of a network's inputs; those of all frames alike where there are several."""
    names = config.feature_names
    return Scaler.fit(prepare(config.inputs, rows.X.reshape(-1, len(names)), names))


def scaled_inputs(
    X: NDArray[np.float64], scaler: Scaler, config: TrainingConfig
) -> NDArray[np.float64]:
    """Return what a network is given of features [shape=(n, d)]: [shape=(n, inputs)]."""
    names = config.feature_names
    Z = scaler.transform(prepare(config.inputs, X.reshape(-1, len(names)), names))
    return Z.reshape(len(X), -1)


def scaled(rows: Rows, scaler: Scaler, labels: Sequence[str], config: TrainingConfig) -> Table:
    """Return scaled inputs, numbers of genres, and weights whose mean is 1."""
    index = {label: i for i, label in enumerate(labels)}
    _, song, windows = np.unique(rows.track.astype(str), return_inverse=True, return_counts=True)
    weights = 1 / windows[song]
    return (
        scaled_inputs(rows.X, scaler, config).astype(np.float32),
        np.array([index[genre] for genre in rows.genre], dtype=np.int32),
        (weights / weights.mean()).astype(np.float32),
    )


def teller(
    epochs: int, progress: Progress, step: str, on_epoch: OnEpoch | None
) -> Callable[[int, dict[str, float]], None]:
    """Make what tells whoever watches a fit of an epoch (from 0) and what was logged in it."""

    def tell(epoch: int, logs: dict[str, float]) -> None:
        if on_epoch is not None:
            known = ("loss", "accuracy", "val_loss", "val_accuracy")
            figures = {name: float(logs[name]) for name in known if name in logs}
            on_epoch(Epoch(step, epoch + 1, epochs, **figures))
        progress(step, (epoch + 1) / epochs)

    return tell


def _watch(
    config: TrainingConfig, test: Table | None, tell: Callable[[int, dict[str, float]], None]
) -> Any:  # noqa: ANN401
    """Make the callback that reports each epoch, keeps the best, and knows when to stop."""
    keras = load_keras()

    class Watch(keras.callbacks.Callback):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.logs: list[dict[str, float]] = []
            self.stopping = Stopping(config.patience)
            self.best_weights: list[NDArray[np.float32]] = []

        def on_epoch_end(self, epoch: int, logs: dict[str, float]) -> None:
            self.logs.append({**logs, **self._look_at_test()})
            weights = self.model.get_weights()
            check_finite(epoch, logs, weights)
            tell(epoch, logs)
            if "val_accuracy" in logs and config.chooses:
                self.stopping.see(logs["val_accuracy"])
                self.best_weights = weights if self.stopping.is_best else self.best_weights
                self.model.stop_training = self.stopping.enough

        def _look_at_test(self) -> dict[str, float]:
            if test is None:
                return {}
            # By hand: Keras's own evaluation, run within its fit, resets the fit's figures.
            P = self.model.predict_on_batch(test[0])
            return figures(P.astype(np.float64), test[1], test[2], "test_")

        def on_train_end(self, _logs: dict[str, float] | None = None) -> None:
            if self.best_weights:
                self.model.set_weights(self.best_weights)

    return Watch()
