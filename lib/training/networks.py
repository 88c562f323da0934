"""The networks that can be trained, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from lib.errors import TrainingError
from lib.model import Activation, Layer, Network, Weights
from lib.training.backend import load_keras

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


# Each makes the shape for so many features and genres.
NETWORKS: Mapping[str, Callable[[int, int], Network]] = {"mlp85": _mlp85}


def make_network(name: str, *, inputs: int, genres: int) -> Network:
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


def to_keras(network: Network) -> Any:  # noqa: ANN401 (Keras has no types)
    """Build `network` in Keras, with fresh weights: Glorot's uniform kernels and zero biases."""
    keras = load_keras()
    dense = [
        keras.layers.Dense(layer.units, activation=layer.activation) for layer in network.layers
    ]
    return keras.Sequential([keras.Input((network.inputs,)), *dense], name=network.name)


def keras_weights(model: Any) -> Weights:  # noqa: ANN401
    """Take the weights out of a Keras model that `to_keras` built."""
    arrays = model.get_weights()
    return tuple(zip(arrays[::2], arrays[1::2], strict=True))
