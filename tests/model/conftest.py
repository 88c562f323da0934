from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from lib.model import Confidence, Layer, Model, Network, Scaler, Song, Songs


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
def confident_model() -> Model:
    """Return the same model, which knows how sure to be and what it learned from."""
    songs = Songs(
        (Song("a", "A tune", "A band", "jazz"), Song("b", "", "", "rock")),
        np.array([0, 1, 1], dtype=np.int32),
        np.random.default_rng(2).normal(size=(3, 4)).astype(np.float16),
    )
    confidence = Confidence(0.8, 0.5, 3.0, "artist_folds", 2)
    return replace(random_model(), confidence=confidence, songs=songs)


@pytest.fixture
def another_model() -> Model:
    return random_model(1)
