"""Dense networks: their shape, their weights, and their forward pass in numpy."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias, get_args

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError

Activation: TypeAlias = Literal["relu", "linear", "softmax", "elu", "tanh", "silu"]

# One (kernel, bias) pair a layer, float32: kernel [shape=(inputs, units)], bias [shape=(units,)].
# Several networks of one shape, whose answers are averaged, lie along a first axis of both:
# [shape=(members, inputs, units)] and [shape=(members, units)].
Weights: TypeAlias = tuple[tuple[NDArray[np.float32], NDArray[np.float32]], ...]


# Rows whose activations are held together, of one member at a time: what is large enough to be
# given back to the system after each step, instead of being kept for the next, costs three times
# as much.
_AT_ONCE = 128


@dataclass(frozen=True)
class Layer:
    """One dense layer.

    Parameters
    ----------
    units : int
        How many numbers it puts out, at least 1.
    activation : {"relu", "linear", "softmax", "elu", "tanh", "silu"}
        What is done to each of them.

    Raises
    ------
    ModelError
        If there are no units, or the activation is unknown.
    """

    units: int
    activation: Activation

    def __post_init__(self) -> None:
        if self.units < 1:
            raise ModelError(f"A layer has {self.units} units; it needs at least 1.")
        if self.activation not in get_args(Activation):
            known = ", ".join(get_args(Activation))
            raise ModelError(f"Unknown activation {self.activation!r}; known are {known}.")


@dataclass(frozen=True)
class Network:
    """The shape of a dense network, from the scaled features to one probability a genre.

    Parameters
    ----------
    name : str
        What it is called, ``"mlp85"``.
    inputs : int
        How many features it takes.
    layers : tuple of Layer
        From the first hidden one to the output.  The output, and no other, is a softmax.

    Raises
    ------
    ModelError
        If it takes no inputs, or its softmax is missing or stands anywhere but at the end.
    """

    name: str
    inputs: int
    layers: tuple[Layer, ...]

    def __post_init__(self) -> None:
        if self.inputs < 1:
            raise ModelError(
                f"Network {self.name} takes {self.inputs} inputs; it needs at least 1."
            )
        where = [i for i, layer in enumerate(self.layers) if layer.activation == "softmax"]
        if not self.layers or where != [len(self.layers) - 1]:
            raise ModelError(f"Network {self.name} must have one softmax, as its last layer.")

    @property
    def outputs(self) -> int:
        """How many genres it tells apart."""
        return self.layers[-1].units

    @property
    def shapes(self) -> tuple[tuple[int, int], ...]:
        """The shape (inputs, units) of each layer's kernel."""
        units = [self.inputs, *(layer.units for layer in self.layers)]
        return tuple(pairwise(units))

    @property
    def parameters(self) -> int:
        """How many weights it learns, kernels and biases."""
        return sum((inputs + 1) * units for inputs, units in self.shapes)


def forward(network: Network, weights: Weights, Z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Run a network: ``a = f(a @ kernel + bias)``, layer after layer.

    Of several members the mean of their probabilities is taken.  In float64, so that a song's
    figures do not depend on how many others are asked with it.

    Parameters
    ----------
    network : Network
        Says what each layer does.
    weights : Weights
        One kernel and bias a layer, of one network or of several members.
    Z : np.ndarray [shape=(n, inputs)]
        Scaled features.

    Returns
    -------
    np.ndarray [shape=(n, outputs)]
        Each row sums to 1.
    """
    members = _members(weights)
    parts = [np.empty((0, network.outputs))]
    for first in range(0, len(Z), _AT_ONCE):
        rows = Z[first : first + _AT_ONCE]
        parts.append(np.mean([_run(network, member, rows) for member in members], axis=0))
    return np.concatenate(parts)


def _members(weights: Weights) -> list[Weights]:
    """Return the weights of each member by themselves."""
    if weights[0][0].ndim == 2:
        return [weights]
    return [tuple((k[i], b[i]) for k, b in weights) for i in range(count_members(weights))]


def _run(network: Network, weights: Weights, Z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Run one member."""
    activations = Z
    for layer, (kernel, bias) in zip(network.layers, weights, strict=True):
        activations = _ACTIVATIONS[layer.activation](activations @ kernel + bias)
    return activations


def count_members(weights: Weights) -> int:
    """Return how many networks the weights are of."""
    kernel = weights[0][0]
    return len(kernel) if kernel.ndim == 3 else 1


def check_weights(network: Network, weights: Sequence[tuple[NDArray[np.float32], ...]]) -> None:
    """Raise `ModelError` unless the weights, as in `Weights`, are finite and each fits its layer.

    A layer's kernel [shape=(inputs, units)] and bias [shape=(units,)] may lie, of several members,
    along a first axis.
    """
    if len(weights) != len(network.layers):
        raise ModelError(
            f"Weights for {len(weights)} layers; {network.name} has {len(network.layers)}."
        )
    # The first layer says how many members there are, and the others must have as many.
    members = weights[0][0].shape[:-2]
    for number, (shape, (kernel, bias)) in enumerate(zip(network.shapes, weights, strict=True), 1):
        needed = (*members, *shape), (*members, shape[1])
        if (kernel.shape, bias.shape) != needed or members == (0,) or len(members) > 1:
            raise ModelError(
                f"Layer {number} of {network.name} needs a kernel of {needed[0]} and a bias of "
                f"{needed[1]}, not {kernel.shape} and {bias.shape}."
            )
        if not (np.isfinite(kernel).all() and np.isfinite(bias).all()):
            raise ModelError(f"Layer {number} of {network.name} has weights that are no numbers.")


def _relu(z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.maximum(z, 0.0)


def _linear(z: NDArray[np.float64]) -> NDArray[np.float64]:
    return z


def _elu(z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(z > 0, z, np.expm1(np.minimum(z, 0.0)))


def _silu(z: NDArray[np.float64]) -> NDArray[np.float64]:
    # z times the logistic function of z, which by the hyperbolic tangent can't overflow.
    return np.asarray(z * (0.5 + 0.5 * np.tanh(0.5 * z)))


def _softmax(z: NDArray[np.float64]) -> NDArray[np.float64]:
    # The greatest is taken off first, so that exp() can't overflow; the ratios stay the same.
    e = np.exp(z - z.max(axis=-1, keepdims=True))
    return np.asarray(e / e.sum(axis=-1, keepdims=True))


_ACTIVATIONS: dict[Activation, Callable[[NDArray[np.float64]], NDArray[np.float64]]] = {
    "relu": _relu,
    "linear": _linear,
    "softmax": _softmax,
    "elu": _elu,
    "tanh": np.tanh,
    "silu": _silu,
}
