"""The networks that can be trained, by name."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

from lib.errors import TrainingError
from lib.features import MFCC_SEGMENTS
from lib.model import Activation, Graph, Layer, Network, Weights
from lib.training.backend import load_keras
from lib.training.config import TrainingConfig
from lib.training.convolutions import (
    Block,
    Convolutions,
    convolutions_to_keras,
    to_graph,
)
from lib.training.names import EAR

_MLP85: tuple[tuple[int, Activation], ...] = (
    (85, "relu"),
    (75, "relu"),
    (65, "linear"),
    (55, "relu"),
    (45, "linear"),
    (35, "relu"),
    (25, "relu"),
)


def _mlp85(inputs: int, genres: int) -> Network:
    hidden = (Layer(units, activation) for units, activation in _MLP85)
    return Network("mlp85", inputs, (*hidden, Layer(genres, "softmax")))


def _relu(name: str, *units: int) -> Callable[[int, int], Network]:
    """Return what makes the shape of a network whose hidden layers all have ReLU."""

    def make(inputs: int, genres: int) -> Network:
        hidden = (Layer(width, "relu") for width in units)
        return Network(name, inputs, (*hidden, Layer(genres, "softmax")))

    return make


def _ear(inputs: int, genres: int) -> Network:
    return Network(EAR, inputs, (Layer(genres, "softmax"),))


def _cnn_mfcc(inputs: int, genres: int) -> Convolutions:
    blocks = (Block(64, 3), Block(32, 3), Block(32, 2), Block(16, 1))
    return _of_frames("cnn-mfcc", inputs, blocks, genres)


def _cnn_segments(inputs: int, genres: int) -> Convolutions:
    blocks = (Block(32, 3), Block(32, 3), Block(32, 2))
    return _of_frames("cnn-segments", inputs, blocks, genres)


def _of_frames(name: str, inputs: int, blocks: tuple[Block, ...], genres: int) -> Convolutions:
    shape = (MFCC_SEGMENTS.frames, inputs, 1)
    return Convolutions(name, shape, blocks, units=64, dropout=0.3, genres=genres)


# Each makes the shape for so many features, of each frame where there are several, and genres.
NETWORKS: Mapping[str, Callable[[int, int], Network | Convolutions]] = {
    "mlp85": _mlp85,
    "mlp512": _relu("mlp512", 512, 256, 128, 64),
    "cnn-mfcc": _cnn_mfcc,
    "cnn-segments": _cnn_segments,
    "mlp-3s": _relu("mlp-3s", 256, 128, 64),
    EAR: _ear,
}


def make_network(name: str, *, inputs: int, genres: int) -> Network | Convolutions:
    """Return the shape of the network called `name` for so many features and genres.

    Raises
    ------
    TrainingError
        If there is no such network.

    Examples
    --------
    >>> make_network("mlp85", inputs=85, genres=10).parameters
    27620
    """
    if name not in NETWORKS:
        raise TrainingError(f"There is no network {name!r}; there are {', '.join(NETWORKS)}.")
    return NETWORKS[name](inputs, genres)


def network_of(config: TrainingConfig, *, inputs: int, genres: int) -> Network | Convolutions:
    """Return the shape that a configuration asks for: one by name, or one of its own.

    Raises
    ------
    TrainingError
        If there is no such network.
    """
    if not config.hidden:
        return make_network(config.network, inputs=inputs, genres=genres)
    hidden = (Layer(units, config.activation) for units in config.hidden)
    return Network(config.network, inputs, (*hidden, Layer(genres, "softmax")))


def to_keras(network: Network | Convolutions) -> Any:  # noqa: ANN401 (Keras has no types)
    """Build `network` in Keras, with fresh weights: Glorot's uniform kernels and zero biases."""
    if isinstance(network, Convolutions):
        return convolutions_to_keras(network)
    keras = load_keras()
    dense = [
        keras.layers.Dense(layer.units, activation=layer.activation) for layer in network.layers
    ]
    return keras.Sequential([keras.Input((network.inputs,)), *dense], name=network.name)


def from_keras(
    network: Network | Convolutions,
    model: Any,  # noqa: ANN401
) -> tuple[Network | Graph, Weights]:
    """Take what was learned out of a Keras model that `to_keras` built of a shape."""
    if isinstance(network, Convolutions):
        return to_graph(network, model), ()
    return network, keras_weights(model)


def keras_weights(model: Any) -> Weights:  # noqa: ANN401
    """Take the weights out of a Keras model of dense layers."""
    arrays = model.get_weights()
    return tuple(zip(arrays[::2], arrays[1::2], strict=True))


def keras_members(network: Network, *, members: int, dropout: float) -> Any:  # noqa: ANN401
    """Build `members` networks in Keras as one, so that a step trains them all.

    It takes inputs [shape=(n, members, inputs)] and gives probabilities [shape=(n, members,
    genres)].  Each hidden layer is followed by dropout.  Weights begin as those of `to_keras`.
    """
    keras = load_keras()
    dense = _dense_members()
    x = first = keras.Input((members, network.inputs))
    x = keras.ops.transpose(x, (1, 0, 2))
    for number, layer in enumerate(network.layers, 1):
        x = dense(layer.units, members)(x)
        x = keras.activations.get(layer.activation)(x)
        if dropout and number < len(network.layers):
            x = keras.layers.Dropout(dropout)(x)
    return keras.Model(first, keras.ops.transpose(x, (1, 0, 2)), name=network.name)


def _dense_members() -> Any:  # noqa: ANN401
    keras = load_keras()

    class DenseMembers(keras.layers.Layer):  # type: ignore[misc, name-defined]
        """A dense layer for each member: (members, n, inputs) to (members, n, units)."""

        def __init__(self, units: int, members: int) -> None:
            super().__init__()
            self.units, self.members = units, members

        def build(self, shape: tuple[int, ...]) -> None:
            inputs = shape[-1]
            # Glorot's, which Keras would take for a convolution's in three dimensions.
            limit = math.sqrt(6 / (inputs + self.units))
            self.kernel = self.add_weight(
                name="kernel",
                shape=(self.members, inputs, self.units),
                initializer=keras.initializers.RandomUniform(-limit, limit),
            )
            self.bias = self.add_weight(
                name="bias", shape=(self.members, self.units), initializer="zeros"
            )

        def call(self, x: Any) -> Any:  # noqa: ANN401
            return keras.ops.matmul(x, self.kernel) + self.bias[:, None, :]

    return DenseMembers
