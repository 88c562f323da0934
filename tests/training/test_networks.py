from __future__ import annotations

from typing import get_args

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import TrainingError
from lib.model import Activation, Layer, Network
from lib.model.network import forward
from lib.training import NETWORKS, make_network
from lib.training.backend import load_keras
from lib.training.networks import keras_weights, to_keras


def test_final_network_is_the_one_of_the_issue() -> None:
    network = make_network("mlp85", inputs=85, genres=10)
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


def check_parity(network: Network, seed: int) -> None:
    keras = load_keras()
    keras.utils.set_random_seed(seed)
    rng = np.random.default_rng(seed)
    model = to_keras(network)
    # Biases start at zero, which would hide a mistake with them.
    model.set_weights([w + rng.normal(0, 0.1, w.shape) for w in model.get_weights()])
    Z = rng.normal(size=(16, network.inputs))
    theirs = model(Z.astype(np.float32), training=False).numpy()
    ours = forward(network, keras_weights(model), Z)
    assert np.abs(ours - theirs).max() <= 1e-5
    assert model.count_params() == network.parameters


@settings(max_examples=15, deadline=None)
@given(network=networks(), seed=st.integers(0, 1000))
def test_numpy_computes_what_keras_computes(network: Network, seed: int) -> None:
    check_parity(network, seed)


@pytest.mark.parametrize("name", sorted(NETWORKS))
def test_numpy_computes_what_keras_computes_for_every_network(name: str) -> None:
    for seed in range(3):
        check_parity(make_network(name, inputs=85, genres=10), seed)
