from __future__ import annotations

import numpy as np
import pytest

from lib.model import Layer, Model, Network, Scaler


def random_model(seed: int = 0, *, name: str = "tiny") -> Model:
    """Return a small untrained model whose weights are drawn from `seed`."""
    rng = np.random.default_rng(seed)
    network = Network("tiny", 4, (Layer(6, "relu"), Layer(5, "linear"), Layer(3, "softmax")))
    weights = tuple(
        (
            rng.normal(size=shape).astype(np.float32),
            rng.normal(size=shape[1]).astype(np.float32),
        )
        for shape in network.shapes
    )
    return Model(
        name=name,
        labels=("blues", "jazz", "rock"),
        feature_names=("a", "b", "c", "d"),
        features_version="1",
        scaler=Scaler(rng.normal(size=4), rng.uniform(0.5, 2, size=4)),
        network=network,
        weights=weights,
        training={"seed": seed},
        metrics={"validation": {"accuracy": 0.5}},
        versions={"python": "3.11"},
        data={"name": "toy"},
    )


@pytest.fixture
def model() -> Model:
    return random_model()


@pytest.fixture
def another_model() -> Model:
    return random_model(1)
