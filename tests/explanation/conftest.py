"""Small models that carry what they learned from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lib.features import FEATURE_NAMES
from lib.model import Layer, Model, Network, Scaler
from tests.models import small_model
from tests.models import with_songs as make_with_songs

GENRES = ("classical", "metal", "rock")
# Of the 85 features, roughly as songs have them: means and spreads by kind.
KINDS = {
    "mfcc_mean": (0.0, 40.0),
    "mfcc_std": (20.0, 4.0),
    "chroma_mean": (0.4, 0.1),
    "chroma_std": (0.3, 0.05),
    "tempo": (120.0, 20.0),
}


def _features(count: int, *, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    kinds = [KINDS[name.rpartition("_")[0] or name] for name in FEATURE_NAMES]
    means, spreads = np.array(kinds).T
    return np.abs(means + spreads * rng.normal(size=(count, len(FEATURE_NAMES))))


@pytest.fixture(scope="session")
def features() -> Callable[..., np.ndarray]:
    """Return a maker of rows of the 85 features."""
    return _features


@pytest.fixture(scope="session")
def with_songs() -> Callable[..., Model]:
    return make_with_songs


@pytest.fixture(scope="session")
def model(with_songs: Callable[..., Model]) -> Model:
    """Return two networks of one hidden layer, averaged, that know ninety songs."""
    rng = np.random.default_rng(1)
    shapes = ((75, 9), (9, 3))
    weights = tuple(
        (
            rng.normal(0, 0.5, (2, *shape)).astype(np.float32),
            rng.normal(0, 0.1, (2, shape[1])).astype(np.float32),
        )
        for shape in shapes
    )
    made = replace(
        small_model(GENRES),
        inputs="key-free",
        scaler=Scaler(np.zeros(75), np.ones(75)),
        network=Network("small", 75, (Layer(9, "relu"), Layer(3, "softmax"))),
        weights=weights,
    )
    return with_songs(made, _features(90))
