"""Networks of convolutions: their shape, and building them in Keras."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any

from lib.model import Graph, Step
from lib.training.backend import load_keras
from lib.training.onnx_writer import to_onnx

_POOL, _STRIDE = 3, 2  # of every pooling, along both axes


@dataclass(frozen=True)
class Block:
    """A convolution with ReLU, max-pooling of 3×3 at every second place, and normalisation.

    Parameters
    ----------
    filters : int
        How many maps it puts out.
    kernel : int
        Its length along both axes; nothing is padded.
    """

    filters: int
    kernel: int


@dataclass(frozen=True)
class Convolutions:
    """The shape of a network of convolutions.

    Parameters
    ----------
    name : str
        What it is called, ``"cnn-mfcc"``.
    inputs : tuple of int
        The shape of one row: frames, features of each, 1.
    blocks : tuple of Block
        From the input on.
    units : int
        Of the dense layer with ReLU that follows them.
    dropout : float
        Share of its units that is left out at each step.
    genres : int
        Units of the softmax.
    """

    name: str
    inputs: tuple[int, int, int]
    blocks: tuple[Block, ...]
    units: int
    dropout: float
    genres: int


def convolutions_to_keras(shape: Convolutions) -> Any:  # noqa: ANN401 (Keras has no types)
    """Build a network of convolutions in Keras, with fresh weights."""
    keras = load_keras()
    layers = [keras.Input(shape.inputs)]
    for block in shape.blocks:
        layers += [
            keras.layers.Conv2D(block.filters, block.kernel, activation="relu"),
            keras.layers.MaxPooling2D(_POOL, strides=_STRIDE, padding="same"),
            keras.layers.BatchNormalization(),
        ]
    layers += [
        keras.layers.Flatten(),
        keras.layers.Dense(shape.units, activation="relu"),
        keras.layers.Dropout(shape.dropout),
        keras.layers.Dense(shape.genres, activation="softmax"),
    ]
    return keras.Sequential(layers, name=shape.name)


def to_graph(shape: Convolutions, model: Any) -> Graph:  # noqa: ANN401
    """Turn a Keras model that `convolutions_to_keras` built into what is saved and asked."""
    steps = tuple(_step(layer) for layer in model.layers)
    return Graph(shape.name, shape.inputs, shape.genres, steps, to_onnx(model))


def _step(layer: Any) -> Step:  # noqa: ANN401
    return Step(
        _told(layer),
        tuple(map(int, layer.output.shape[1:])),
        int(layer.count_params()),
        sum(math.prod(variable.shape) for variable in layer.trainable_variables),
    )


def _told(layer: Any) -> str:  # noqa: ANN401
    """Say what a Keras layer does."""
    config, kind = layer.get_config(), type(layer).__name__
    match kind:
        case "Conv2D":
            return f"convolution {_times(config['kernel_size'])}, {config['activation']}"
        case "MaxPooling2D":
            return f"max-pooling {_times(config['pool_size'])}"
        case "Dense":
            return f"dense, {config['activation']}"
        case "Dropout":
            return f"dropout {config['rate']:g}"
    return {"BatchNormalization": "batch normalisation", "Flatten": "flattening"}[kind]


def _times(sizes: tuple[int, int]) -> str:
    return "×".join(map(str, sizes))
