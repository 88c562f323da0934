"""Small networks as ONNX graphs, made without TensorFlow."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

from lib.features import MFCC_SEGMENTS, REPRESENTATIONS, Representation
from lib.model import Graph, Model, Scaler, Step, Verdict

Change: TypeAlias = Callable[[onnx.ModelProto], None]


def small_proto(
    shape: tuple[int, ...] = (130, 13, 1), genres: int = 3, *, seed: int = 0
) -> onnx.ModelProto:
    """Return a graph that flattens and has one softmax layer, of random weights."""
    rng = np.random.default_rng(seed)
    kernel = rng.normal(0, 0.1, (int(np.prod(shape)), genres)).astype(np.float32)
    arrays = {"kernel": kernel, "bias": np.zeros(genres, np.float32)}
    graph = helper.make_graph(
        [
            helper.make_node("Flatten", ["x"], ["flat"], axis=1),
            helper.make_node("Gemm", ["flat", "kernel", "bias"], ["z"]),
            helper.make_node("Softmax", ["z"], ["probabilities"], axis=-1),
        ],
        "small",
        [helper.make_tensor_value_info("x", TensorProto.FLOAT, ["n", *shape])],
        [helper.make_tensor_value_info("probabilities", TensorProto.FLOAT, ["n", genres])],
        [numpy_helper.from_array(array, name) for name, array in arrays.items()],
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)


def small_graph(
    shape: tuple[int, ...] = (130, 13, 1),
    genres: int = 3,
    *,
    seed: int = 0,
    change: Change | None = None,
) -> Graph:
    """Return the network of `small_proto`, which `change` may have spoilt."""
    proto = small_proto(shape, genres, seed=seed)
    if change is not None:
        change(proto)
    count = (int(np.prod(shape)) + 1) * genres
    steps = (Step("flattening", (int(np.prod(shape)),), 0, 0),
             Step("dense, softmax", (genres,), count, count))  # fmt: skip
    return Graph("small", shape, genres, steps, proto.SerializeToString())


def small_hearer(
    labels: tuple[str, ...] = ("classical", "metal", "rock"),
    *,
    hears: str = MFCC_SEGMENTS.name,
    verdict: Verdict = "mean",
) -> Model:
    """Return a model that hears segments."""
    heard: Representation = REPRESENTATIONS[hears]
    names = heard.names
    shape = (heard.frames, len(names), 1) if heard.frames > 1 else (len(names),)
    return Model(
        name="hearer",
        labels=labels,
        feature_names=names,
        features_version=heard.version,
        scaler=Scaler(mean_=np.zeros(len(names)), scale_=np.full(len(names), 100.0)),
        network=small_graph(shape, len(labels)),
        weights=(),
        hears=hears,
        verdict=verdict,
    )
