"""The files beside a model's ``model.json``, above all that of its network."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.files import replacing
from lib.model.arrays import read_arrays
from lib.model.fields import Fields
from lib.model.folder import GRAPH_FILE, MODEL_FILE, WEIGHTS_FILE
from lib.model.graph import Graph, Step
from lib.model.model import Model
from lib.model.network import Layer, Network, Weights


class BesideError(ModelError):
    """What is wrong lies in a file beside model.json."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def sha256(content: bytes) -> str:
    """Return the sum of a content as hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def network_file(network: Network | Graph) -> str:
    """Return the name of the file that a network lies in."""
    return WEIGHTS_FILE if isinstance(network, Network) else GRAPH_FILE


def write_network(model: Model, folder: Path) -> dict[str, Any]:
    """Write the network's file, and return what ``model.json`` is to say of it."""
    network = model.network
    with replacing(folder / network_file(network)) as temporary:
        if isinstance(network, Graph):
            temporary.write_bytes(network.content)
            layers = [asdict(layer) for layer in network.layers]
            told = {"name": network.name, "inputs": network.inputs, "outputs": network.outputs}
            return {"kind": "onnx", **told, "layers": layers}
        arrays = {}
        for number, (kernel, bias) in enumerate(model.weights):
            arrays[f"kernel_{number:02}"] = np.asarray(kernel, dtype=np.float32)
            arrays[f"bias_{number:02}"] = np.asarray(bias, dtype=np.float32)
        # numpy dates the entries 1980-01-01, so the same weights give the same file.
        np.savez(temporary, allow_pickle=False, **arrays)
        return {"kind": "dense", **asdict(network)}


def _dense(shape: Fields) -> Network:
    layers = tuple(Layer(each.integer("units"), each.activation()) for each in shape.each("layers"))
    return Network(shape.text("name"), shape.integer("inputs"), layers)


def _read_graph(path: Path, shape: Fields, told: Fields) -> Graph:
    content = read_beside(path, told)
    layers = tuple(
        Step(
            each.text("name"),
            each.integers("shape"),
            each.integer("parameters"),
            each.integer("trainable"),
        )
        for each in shape.each("layers")
    )
    name, inputs, outputs = shape.text("name"), shape.integers("inputs"), shape.integer("outputs")
    try:
        return Graph(name, inputs, outputs, layers, content)
    except ModelError as error:
        raise BesideError(path, str(error)) from error


def _read_weights(path: Path, network: Network, told: Fields) -> Weights:
    content = read_beside(path, told)
    try:
        arrays = read_arrays(content)
        return tuple(
            (_floats(arrays, f"kernel_{number:02}"), _floats(arrays, f"bias_{number:02}"))
            for number in range(len(network.layers))
        )
    except ModelError as error:
        reason = f"it does not hold the weights of {network.name} ({error})."
        raise BesideError(path, reason) from error


def read_beside(path: Path, told: Fields) -> bytes:
    """Read a file beside model.json, which tells its sum.

    Raises
    ------
    BesideError
        If it can't be read, or is not the one that the sum was taken of.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise BesideError(path, f"it can't be read: {error.strerror or error}.") from error
    if sha256(content) != told.text("sha256"):
        raise BesideError(path, f"its content is not that which {MODEL_FILE} was written with.")
    return content


def _floats(arrays: Mapping[str, NDArray[Any]], name: str) -> NDArray[np.float32]:
    if name not in arrays:
        raise ModelError(f"{name} is missing")
    if arrays[name].dtype != np.float32:
        raise ModelError(f"weights of type {arrays[name].dtype}, not float32")
    return arrays[name].astype(np.float32)


def read_network(folder: Path, shape: Fields, told: Fields) -> tuple[Network | Graph, Weights]:
    """Read a network; of one that says of no kind, as older ones do, it is dense.

    Parameters
    ----------
    folder : Path
        Of the model.
    shape, told : Fields
        What ``model.json`` says of the network, and of the sum of its file.

    Raises
    ------
    BesideError
        If its file can't be read, or holds something else.
    ModelError
        If what is said of it makes no sense.
    """
    if shape.has("kind") and shape.kind() == "onnx":
        return _read_graph(folder / GRAPH_FILE, shape, told), ()
    network = _dense(shape)
    return network, _read_weights(folder / WEIGHTS_FILE, network, told)
