"""The backbone's graph, built anew of its checkpoint's weights, for ONNX Runtime.

musicnn (Pons and Serra, 2019) hears a patch of 187 frames and 96 mel bands.  Two banks of
convolutions reach over 38 and 67 bands for timbre, three over 32, 64 and 128 frames for rhythm; of
each the greatest over the bands is kept.  Three convolutions over time follow, the second and third
added to what they were given.  Of all that, the greatest and the mean over the patch go through a
dense layer of 200, whose activations say what the music is like, to 50 tags.

References
----------
Pons, J., Serra, X.: "musicnn: pre-trained convolutional neural networks for music audio tagging".
Late-breaking demo, ISMIR, 2019.

Pons, J. et al.: "End-to-end learning for music audio tagging at scale".  ISMIR, 2018.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lib.backbone.names import FRAMES, N_ACTIVATIONS, N_BANDS, TAGS

if TYPE_CHECKING:
    import onnx

ACTIVATIONS, TAG_SCORES, PATCHES = "activations", "tags", "patches"
"""Names in the graph: the outputs [shape=(n, 200)] and [shape=(n, 50)], sigmoids, and the input
[shape=(n, 187, 96)]."""

_EPSILON = 1e-3  # of every batch normalisation
_OPSET, _IR = 17, 8  # what every ONNX Runtime of the last years reads

# The first convolutions: number, and bands over which the greatest is taken; what a timbre's kernel
# reaches over leaves so many positions, a rhythm's reaches over one band alone.
_TIMBRE = ((0, 59), (1, 30))
_RHYTHM = (2, 3, 4)
_MIDDLE = (5, 6, 7)

Weights = Mapping[str, NDArray[np.float32]]


def tensor_names() -> tuple[str, ...]:
    """Return the names of the checkpoint's tensors that the graph is built of."""
    layers = [_numbered("conv2d", i) for i in range(8)] + [_numbered("dense", i) for i in range(2)]
    norms = [_numbered("batch_normalization", i) for i in range(11)]
    return (
        *(f"{layer}/{part}" for layer in layers for part in ("kernel", "bias")),
        *(
            f"{norm}/{part}"
            for norm in norms
            for part in ("gamma", "beta", "moving_mean", "moving_variance")
        ),
    )


def build_graph(weights: Weights) -> onnx.ModelProto:
    """Build the backbone.

    Parameters
    ----------
    weights : mapping of str to np.ndarray
        The tensors of `tensor_names`, in TensorFlow's shapes.

    Returns
    -------
    onnx.ModelProto
        From `PATCHES` to `ACTIVATIONS` and `TAG_SCORES`.
    """
    from onnx import TensorProto, checker, helper

    graph = _Graph(weights)
    heard = graph.add("Unsqueeze", PATCHES, graph.axes(1))
    heard = graph.normalised(heard, 0)
    front = [graph.timbre(heard, i, bands) for i, bands in _TIMBRE]
    front += [graph.rhythm(heard, i) for i in _RHYTHM]
    joined = graph.add("Concat", *front, axis=1)
    middle = [graph.along_time(joined, _MIDDLE[0])]
    for i in _MIDDLE[1:]:
        middle.append(graph.add("Add", graph.along_time(middle[-1], i), middle[-1]))
    every = graph.add("Concat", joined, *middle, axis=1)
    # Greatest and mean of each channel stand side by side.
    both = (
        graph.add("ReduceMax", every, axes=[2], keepdims=1),
        graph.add("ReduceMean", every, axes=[2], keepdims=1),
    )
    pooled = graph.add("Flatten", graph.add("Concat", *both, axis=2), axis=1)
    dense = graph.dense(graph.normalised(pooled, 9), 0)
    graph.add("Relu", dense, output=ACTIVATIONS)
    scores = graph.dense(graph.normalised(ACTIVATIONS, 10), 1)
    graph.add("Sigmoid", scores, output=TAG_SCORES)
    made = helper.make_graph(
        graph.nodes,
        "musicnn",
        [helper.make_tensor_value_info(PATCHES, TensorProto.FLOAT, ["n", FRAMES, N_BANDS])],
        [
            helper.make_tensor_value_info(ACTIVATIONS, TensorProto.FLOAT, ["n", N_ACTIVATIONS]),
            helper.make_tensor_value_info(TAG_SCORES, TensorProto.FLOAT, ["n", len(TAGS)]),
        ],
        graph.constants,
    )
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", _OPSET)], ir_version=_IR)
    model.producer_name = "earmark"
    checker.check_model(model)
    return model


class _Graph:
    """The nodes of a graph as it grows; every method returns the name of what it puts out.

    Sound lies as ONNX has it, (n, channels, frames, bands), or (n, channels, frames) once the
    bands are taken together.
    """

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def add(self, kind: str, *inputs: str, output: str = "", **attributes: Any) -> str:  # noqa: ANN401 (a number or a list of some)
        """Add a node."""
        from onnx import helper

        name = output or f"{kind.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], **attributes))
        return name

    def constant(self, name: str, values: NDArray[np.generic]) -> str:
        """Add a constant."""
        from onnx import numpy_helper

        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def axes(self, axis: int) -> str:
        """Add the number of an axis, which some nodes take as an input."""
        return self.constant(f"axis_{len(self.nodes)}", np.array([axis], dtype=np.int64))

    def timbre(self, heard: str, i: int, bands: int) -> str:
        """Convolve over few frames and many bands, and keep the greatest over the bands."""
        found = self._convolved(heard, i, pads=[3, 0, 3, 0])
        return self._loudest(found, i, bands)

    def rhythm(self, heard: str, i: int) -> str:
        """Convolve along time, and keep the greatest over the bands."""
        length = len(self._weights[_numbered("conv2d", i) + "/kernel"])
        # TensorFlow's SAME: of an even kernel's margin the greater half comes after.
        before = (length - 1) // 2
        found = self._convolved(heard, i, pads=[before, 0, length - 1 - before, 0])
        return self._loudest(found, i, N_BANDS)

    def along_time(self, heard: str, i: int) -> str:
        """Convolve over seven frames and all channels."""
        kernel = self._weights[_numbered("conv2d", i) + "/kernel"][:, :, 0]
        turned = kernel.transpose(2, 1, 0)  # (frames, channels, out) to (out, channels, frames)
        found = self._convolution(heard, i, turned, pads=[3, 3])
        return self.normalised(self.add("Relu", found), i + 1)

    def normalised(self, heard: str, i: int) -> str:
        """Apply batch normalisation as it was learned."""
        name = _numbered("batch_normalization", i)
        parts = ("gamma", "beta", "moving_mean", "moving_variance")
        inputs = [
            self.constant(f"{name}/{part}", self._weights[f"{name}/{part}"]) for part in parts
        ]
        return self.add("BatchNormalization", heard, *inputs, epsilon=_EPSILON)

    def dense(self, heard: str, i: int) -> str:
        """Apply a dense layer without its activation."""
        kernel, bias = self._named(_numbered("dense", i))
        return self.add("Gemm", heard, kernel, bias)

    def _loudest(self, found: str, i: int, bands: int) -> str:
        found = self.normalised(self.add("Relu", found), i + 1)
        pooled = self.add("MaxPool", found, kernel_shape=[1, bands], strides=[1, bands])
        return self.add("Squeeze", pooled, self.axes(3))

    def _convolved(self, heard: str, i: int, *, pads: list[int]) -> str:
        kernel = self._weights[_numbered("conv2d", i) + "/kernel"]
        return self._convolution(heard, i, kernel.transpose(3, 2, 0, 1), pads=pads)

    def _convolution(
        self, heard: str, i: int, kernel: NDArray[np.float32], *, pads: list[int]
    ) -> str:
        name = _numbered("conv2d", i)
        inputs = (
            self.constant(f"{name}/kernel", kernel),
            self.constant(f"{name}/bias", self._weights[f"{name}/bias"]),
        )
        return self.add("Conv", heard, *inputs, kernel_shape=list(kernel.shape[2:]), pads=pads)

    def _named(self, name: str) -> tuple[str, str]:
        return (
            self.constant(f"{name}/kernel", self._weights[f"{name}/kernel"]),
            self.constant(f"{name}/bias", self._weights[f"{name}/bias"]),
        )


def _numbered(name: str, i: int) -> str:
    """Name a layer as TensorFlow does, which gives the first of a kind no number."""
    return f"{name}_{i}" if i else name
