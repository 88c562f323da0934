from __future__ import annotations

import pytest

from lib.errors import ModelError
from lib.model import Layer, Network


def test_layer_refuses_what_it_cannot_compute() -> None:
    with pytest.raises(ModelError, match=r"0 units"):
        Layer(0, "relu")
    with pytest.raises(ModelError, match=r"'sigmoid'; known are relu, linear, softmax, elu"):
        Layer(3, "sigmoid")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "layers",
    [
        (),
        (Layer(3, "relu"),),
        (Layer(3, "softmax"), Layer(3, "relu")),
        (Layer(3, "softmax"), Layer(3, "softmax")),
    ],
)
def test_network_needs_one_softmax_at_its_end(layers: tuple[Layer, ...]) -> None:
    with pytest.raises(ModelError, match="one softmax, as its last layer"):
        Network("odd", 4, layers)


def test_network_needs_inputs() -> None:
    with pytest.raises(ModelError, match="takes 0 inputs"):
        Network("blind", 0, (Layer(2, "softmax"),))


def test_shapes_chain_and_parameters_count_kernels_and_biases() -> None:
    network = Network("n", 4, (Layer(6, "relu"), Layer(3, "softmax")))
    assert network.shapes == ((4, 6), (6, 3))
    assert network.parameters == 4 * 6 + 6 + 6 * 3 + 3
    assert network.outputs == 3
