"""Writing a Keras model as an ONNX graph, layer by layer, from its weights.

Keras holds images as (height, width, channels) and ONNX as (channels, height, width): the graph
turns them at its beginning, and back before they are flattened.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lib.errors import TrainingError
from lib.model.graph import INPUT, OUTPUT

if TYPE_CHECKING:
    import onnx

# Of some years ago, and more than these operators need: a graph outlives the runtime it was
# written for, and an older runtime refuses newer ones.
_OPSET, _IR = 17, 8


def to_onnx(model: Any) -> bytes:  # noqa: ANN401 (Keras has no types)
    """Write a model, a chain of the layers in `_WRITERS`, as an ONNX graph.

    Returns
    -------
    bytes
        As `~lib.model.Graph` takes it; the same weights give the same bytes.

    Raises
    ------
    TrainingError
        If the model holds a layer of another kind.
    """
    # Late: it takes a third of a second to load, which only these networks need.
    from onnx import TensorProto, helper

    chain = _Chain()
    for layer in model.layers:
        kind = type(layer).__name__
        if kind not in _WRITERS:
            raise TrainingError(
                f"A layer {kind} can't be written as ONNX; known are {', '.join(_WRITERS)}."
            )
        _WRITERS[kind](chain, layer)
    chain.rename_last(OUTPUT)
    inputs, outputs = model.input_shape[1:], model.output_shape[1:]
    graph = helper.make_graph(
        chain.nodes,
        model.name,
        [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, ["n", *inputs])],
        [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, ["n", *outputs])],
        chain.weights,
    )
    opset = helper.make_opsetid("", _OPSET)
    written = helper.make_model(graph, opset_imports=[opset], ir_version=_IR, producer_name="")
    content: bytes = written.SerializeToString(deterministic=True)
    return content


class _Chain:
    """Nodes that each take what the one before put out."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.weights: list[onnx.TensorProto] = []
        self._last = INPUT
        self._channels_first = False

    def add(self, operator: str, *weights: NDArray[np.float32], **attributes: Any) -> None:  # noqa: ANN401
        """Add an operator with the weights it holds."""
        from onnx import helper, numpy_helper

        number = len(self.nodes)
        names = [f"w{number}_{i}" for i in range(len(weights))]
        self.weights += [
            numpy_helper.from_array(np.ascontiguousarray(array, dtype=np.float32), name)
            for array, name in zip(weights, names, strict=True)
        ]
        output = f"y{number}"
        self.nodes.append(helper.make_node(operator, [self._last, *names], [output], **attributes))
        self._last = output

    def turn(self, *, channels_first: bool) -> None:
        """Bring images into ONNX's order or back into Keras's, unless they are in it."""
        if self._channels_first != channels_first:
            self.add("Transpose", perm=[0, 3, 1, 2] if channels_first else [0, 2, 3, 1])
            self._channels_first = channels_first

    def rename_last(self, name: str) -> None:
        """Call what the last node puts out by another name."""
        self.nodes[-1].output[0] = name


def _activation(chain: _Chain, layer: Any) -> None:  # noqa: ANN401
    name = layer.get_config()["activation"]
    if name == "relu":
        chain.add("Relu")
    elif name == "softmax":
        chain.add("Softmax", axis=-1)
    elif name != "linear":
        raise TrainingError(f"The activation {name} can't be written as ONNX.")


def _convolution(chain: _Chain, layer: Any) -> None:  # noqa: ANN401
    kernel, bias = layer.get_weights()
    chain.turn(channels_first=True)
    # Keras's (height, width, in, out) to ONNX's (out, in, height, width).
    chain.add(
        "Conv", kernel.transpose(3, 2, 0, 1), bias, strides=list(layer.strides),
        auto_pad=_PADDING[layer.padding],
    )  # fmt: skip
    _activation(chain, layer)


def _pooling(chain: _Chain, layer: Any) -> None:  # noqa: ANN401
    chain.turn(channels_first=True)
    chain.add(
        "MaxPool", kernel_shape=list(layer.pool_size), strides=list(layer.strides),
        auto_pad=_PADDING[layer.padding],
    )  # fmt: skip


def _normalisation(chain: _Chain, layer: Any) -> None:  # noqa: ANN401
    # In the order gamma, beta, moving mean, moving variance, which is that of ONNX's inputs.
    chain.turn(channels_first=True)
    chain.add("BatchNormalization", *layer.get_weights(), epsilon=float(layer.epsilon))


def _flattening(chain: _Chain, _layer: Any) -> None:  # noqa: ANN401
    chain.turn(channels_first=False)
    chain.add("Flatten", axis=1)


def _dense(chain: _Chain, layer: Any) -> None:  # noqa: ANN401
    chain.add("Gemm", *layer.get_weights())
    _activation(chain, layer)


def _nothing(_chain: _Chain, _layer: Any) -> None:  # noqa: ANN401
    """Write nothing for a layer that does something only while a network learns."""


# Keras puts the odd one of an uneven padding at the end.
_PADDING = {"valid": "VALID", "same": "SAME_UPPER"}

_WRITERS: dict[str, Callable[[_Chain, Any], None]] = {
    "Conv2D": _convolution,
    "MaxPooling2D": _pooling,
    "BatchNormalization": _normalisation,
    "Flatten": _flattening,
    "Dense": _dense,
    "Dropout": _nothing,
}
