"""Networks that are no stack of dense layers: an ONNX graph, run by ONNX Runtime.

The graph may come from a stranger, so it is read before it is run: it holds standard operators
alone, carries all its weights itself, and takes and gives what the model says.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.interrupts import held_back

if TYPE_CHECKING:
    import onnx
    import onnxruntime

INPUT, OUTPUT = "x", "probabilities"
OPERATORS = frozenset(
    {"BatchNormalization", "Conv", "Flatten", "Gemm", "MaxPool", "Relu", "Softmax", "Transpose"}
)
"""Of ONNX's standard operators those that these networks are made of."""

_MOST_BYTES = 100_000_000  # hundreds of times the largest of these networks
_ASKED_AT_ONCE = 256  # rows; what lies between the layers of so many takes some 100 MB


@dataclass(frozen=True)
class Step:
    """A layer of a graph, for a person to read.

    Parameters
    ----------
    name : str
        What it does: ``"convolution 3×3, relu"``.
    shape : tuple of int
        What it puts out for one row: ``(128, 11, 64)``.
    parameters, trainable : int
        How many numbers it holds, and how many of them are learned by descent.
    """

    name: str
    shape: tuple[int, ...]
    parameters: int
    trainable: int


@dataclass(frozen=True, eq=False)
class Graph:
    """A network as an ONNX graph, from scaled inputs to one probability a genre.

    Parameters
    ----------
    name : str
        What it is called, ``"cnn-mfcc"``.
    inputs : tuple of int
        The shape of one row of inputs: ``(130, 13, 1)``.
    outputs : int
        How many genres it tells apart.
    layers : tuple of Step
        What it is made of, for a person; the graph is what counts.
    content : bytes
        The graph.  Its input ``x`` is float32 [shape=(n, *inputs)], its output ``probabilities``
        float32 [shape=(n, outputs)].

    Raises
    ------
    ModelError
        If the graph can't be read, holds other operators than `OPERATORS`, keeps weights outside,
        or takes or gives something else.
    """

    name: str
    inputs: tuple[int, ...]
    outputs: int
    layers: tuple[Step, ...]
    content: bytes

    def __post_init__(self) -> None:
        _check(self)

    @property
    def parameters(self) -> int:
        """How many numbers its layers hold."""
        return sum(layer.parameters for layer in self.layers)

    @property
    def trainable(self) -> int:
        """How many of them are learned by descent."""
        return sum(layer.trainable for layer in self.layers)

    def forward(self, Z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Run the graph.

        Parameters
        ----------
        Z : np.ndarray [shape=(n, *inputs)]
            Scaled inputs.

        Returns
        -------
        np.ndarray [shape=(n, outputs)]
            Each row sums to 1.

        Raises
        ------
        ModelError
            If it can't be run: its layers may not fit each other, which shows only here.
        """
        rows = Z.astype(np.float32)
        try:
            parts = [
                self._session.run([OUTPUT], {INPUT: rows[first : first + _ASKED_AT_ONCE]})[0]
                for first in range(0, len(rows), _ASKED_AT_ONCE)
            ]
        except Exception as error:
            raise ModelError(f"{self.name}'s graph can't be run ({_told(error)}).") from error
        P = np.concatenate([np.empty((0, self.outputs)), *parts]).astype(np.float64)
        # Single precision leaves a row's sum at 1 but for 1e-7.
        return np.asarray(P / P.sum(axis=1, keepdims=True))

    @cached_property
    def _session(self) -> onnxruntime.InferenceSession:
        # It takes a fifth of a second to load, which models of dense layers don't wait for.
        with held_back():
            import onnxruntime

        options = onnxruntime.SessionOptions()
        # As BLAS here: workers that each take all cores would fight for them.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 4  # what is wrong is raised as well
        return onnxruntime.InferenceSession(
            self.content, sess_options=options, providers=["CPUExecutionProvider"]
        )


def _check(graph: Graph) -> None:
    """Raise `ModelError` unless the graph is what its description says, and harmless."""
    if len(graph.content) > _MOST_BYTES:
        raise ModelError(
            f"{graph.name}'s graph has {len(graph.content):,} bytes; that is too much."
        )
    found = _parse(graph).graph
    _check_nodes(graph.name, found)
    shapes = (None, *graph.inputs), (None, graph.outputs)
    for kind, values, name, shape in zip(
        ("input", "output"), (found.input, found.output), (INPUT, OUTPUT), shapes, strict=True
    ):
        told = [(value.name, _shape(value)) for value in values]
        if told != [(name, shape)]:
            raise ModelError(
                f"{graph.name} must have one {kind} {name!r} of float32 {shape}, not {told}."
            )


def _parse(graph: Graph) -> onnx.ModelProto:
    # Late, as the runtime: models of dense layers don't wait for it.
    import onnx
    from google.protobuf.message import DecodeError

    try:
        model = onnx.load_model_from_string(graph.content)
        onnx.checker.check_model(model)
    except (DecodeError, onnx.checker.ValidationError, ValueError) as error:
        raise ModelError(f"{graph.name}'s graph is no valid ONNX ({_told(error)}).") from error
    if model.functions or {(each.domain or "ai.onnx") for each in model.opset_import} != {
        "ai.onnx"
    }:
        raise ModelError(f"{graph.name}'s graph asks for more than ONNX's standard operators.")
    return model


def _check_nodes(name: str, found: onnx.GraphProto) -> None:
    unknown = sorted({node.op_type for node in found.node} - OPERATORS)
    if unknown:
        raise ModelError(
            f"{name}'s graph holds the operators {', '.join(unknown)}; known are "
            f"{', '.join(sorted(OPERATORS))}."
        )
    if found.sparse_initializer or any(each.external_data for each in found.initializer):
        raise ModelError(f"{name}'s graph keeps weights outside its file or sparsely.")
    for each in found.initializer:
        if each.data_type == each.FLOAT and not _are_numbers(each):
            raise ModelError(f"{name}'s graph has weights that are no numbers in {each.name}.")


def _are_numbers(tensor: onnx.TensorProto) -> bool:
    """Tell whether weights are as many as their shape says, and finite."""
    from onnx import numpy_helper

    try:
        return bool(np.isfinite(numpy_helper.to_array(tensor)).all())
    except ValueError:
        return False


def _told(error: Exception) -> str:
    """Return the first line of an error, or its name where it says nothing."""
    return next(iter(str(error).splitlines()), type(error).__name__)


def _shape(value: onnx.ValueInfoProto) -> tuple[int | None, ...] | None:
    """Return the shape of a float32 array, None for an axis of any length; None for other types."""
    kind = value.type.tensor_type
    if kind.elem_type != 1:  # float32
        return None
    return tuple(axis.dim_value if axis.HasField("dim_value") else None for axis in kind.shape.dim)
