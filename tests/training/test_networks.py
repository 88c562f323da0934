from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import TrainingError
from lib.model import Activation, Graph, Layer, Network
from lib.model.network import forward
from lib.training import NETWORKS, make_network
from lib.training.backend import load_keras
from lib.training.convolutions import Block, Convolutions
from lib.training.kinds import representation
from lib.training.networks import from_keras, to_keras
from lib.training.onnx_writer import to_onnx


def test_final_network_is_the_one_of_the_issue() -> None:
    network = make_network("mlp85", inputs=85, genres=10)
    assert isinstance(network, Network)
    assert [layer.units for layer in network.layers] == [85, 75, 65, 55, 45, 35, 25, 10]
    assert [layer.activation for layer in network.layers] == [
        "relu", "relu", "linear", "relu", "linear", "relu", "relu", "softmax",
    ]  # fmt: skip
    assert network.inputs == 85


def test_unknown_network_is_named() -> None:
    with pytest.raises(TrainingError, match=r"no network 'resnet'; there are mlp85"):
        make_network("resnet", inputs=85, genres=10)


ACTIVATIONS = st.sampled_from([name for name in get_args(Activation) if name != "softmax"])


@st.composite
def networks(draw: st.DrawFn) -> Network:
    hidden = draw(st.lists(st.builds(Layer, st.integers(1, 40), ACTIVATIONS), max_size=5))
    outputs = Layer(draw(st.integers(2, 12)), "softmax")
    return Network("drawn", draw(st.integers(1, 90)), (*hidden, outputs))


def check_parity(network: Network | Convolutions, seed: int) -> None:
    keras = load_keras()
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = to_keras(network)
    # Biases and the means of normalisations start at zero, their variances and factors at one,
    # which would hide a mistake with them.
    model.set_weights([w + np.abs(rng.normal(0, 0.1, w.shape)) for w in model.get_weights()])
    Z = rng.normal(size=(16, *model.input_shape[1:]))
    theirs = model(Z.astype(np.float32), training=False).numpy()
    finished, weights = from_keras(network, model)
    ours = finished.forward(Z) if isinstance(finished, Graph) else forward(finished, weights, Z)
    assert np.abs(ours - theirs).max() <= 1e-5
    assert model.count_params() == finished.parameters


@settings(max_examples=15, deadline=None)
@given(network=networks(), seed=st.integers(0, 1000))
def test_numpy_computes_what_keras_computes(network: Network, seed: int) -> None:
    check_parity(network, seed)


@pytest.mark.parametrize("name", NETWORKS)
def test_an_answer_is_what_keras_computes_for_every_network(name: str) -> None:
    inputs = len(representation(name).names)
    for seed in range(3):
        check_parity(make_network(name, inputs=inputs, genres=10), seed)


@st.composite
def convolutions(draw: st.DrawFn) -> Convolutions:
    blocks = draw(
        st.lists(st.builds(Block, st.integers(1, 9), st.integers(1, 3)), min_size=1, max_size=2)
    )
    shape = (draw(st.integers(14, 40)), draw(st.integers(14, 20)), draw(st.integers(1, 3)))
    genres = draw(st.integers(2, 12))
    return Convolutions("drawn", shape, tuple(blocks), draw(st.integers(1, 20)), 0.5, genres)


@settings(max_examples=8, deadline=None)
@given(network=convolutions(), seed=st.integers(0, 1000))
def test_the_graph_computes_what_keras_computes(network: Convolutions, seed: int) -> None:
    check_parity(network, seed)


def test_cnn_mfcc_has_the_parameters_of_the_issue() -> None:
    shape = make_network("cnn-mfcc", inputs=13, genres=10)
    model = to_keras(shape)
    graph, weights = from_keras(shape, model)
    assert isinstance(graph, Graph)
    assert weights == ()
    assert graph.inputs == model.input_shape[1:] == (130, 13, 1)
    assert graph.parameters == model.count_params() == 33_242
    assert graph.trainable == 32_954
    assert [step.name for step in graph.layers] == [
        "convolution 3×3, relu", "max-pooling 3×3", "batch normalisation",
        "convolution 3×3, relu", "max-pooling 3×3", "batch normalisation",
        "convolution 2×2, relu", "max-pooling 3×3", "batch normalisation",
        "convolution 1×1, relu", "max-pooling 3×3", "batch normalisation",
        "flattening", "dense, relu", "dropout 0.3", "dense, softmax",
    ]  # fmt: skip


def test_mlp512_is_the_one_of_the_issue() -> None:
    network = make_network("mlp512", inputs=85, genres=10)
    assert isinstance(network, Network)
    assert [layer.units for layer in network.layers] == [512, 256, 128, 64, 10]
    assert {layer.activation for layer in network.layers[:-1]} == {"relu"}


def test_the_same_weights_give_the_same_graph() -> None:
    shape = make_network("cnn-segments", inputs=13, genres=4)
    model = to_keras(shape)
    assert from_keras(shape, model)[0].content == from_keras(shape, model)[0].content  # type: ignore[union-attr]


def test_a_layer_that_can_not_be_written_is_named() -> None:
    keras = load_keras()
    model = keras.Sequential([keras.Input((4, 4, 1)), keras.layers.AveragePooling2D(2)])
    with pytest.raises(TrainingError, match="A layer AveragePooling2D can't be written as ONNX"):
        to_onnx(model)
