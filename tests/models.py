"""A small model for tests that need one but not a good one."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np

from lib.backbone import features_version
from lib.features import FEATURE_NAMES
from lib.model import Layer, Model, Network, Scaler, Song, Songs


def small_model(
    labels: tuple[str, ...] = ("classical", "metal", "rock"),
    *,
    seed: int = 0,
    features: tuple[str, ...] = FEATURE_NAMES,
) -> Model:
    """Return a network of one hidden layer whose weights are random, but the same every time.

    The scaler is roughly that of real music, so that the features stay in the network's range.
    """
    rng = np.random.default_rng(seed)
    inputs = len(features)
    sizes = (inputs, 8, len(labels))
    return Model(
        name="small",
        labels=labels,
        feature_names=features,
        features_version=features_version(features),
        scaler=Scaler(mean_=np.zeros(inputs), scale_=np.full(inputs, 50.0)),
        network=Network("small", inputs, (Layer(8, "relu"), Layer(len(labels), "softmax"))),
        weights=tuple(
            (rng.normal(0, 0.3, (before, after)).astype(np.float32), np.zeros(after, np.float32))
            for before, after in pairwise(sizes)
        ),
        training={},
        metrics={},
        versions={},
        data={},
    )


def with_songs(model: Model, X: np.ndarray, *, windows: int = 1) -> Model:
    """Let a model have learned from rows, of which so many that follow one another are a song."""
    size = len(model.scaler.mean_)
    plain = replace(model, scaler=Scaler(np.zeros(size), np.ones(size)))
    model = replace(model, scaler=Scaler.fit(plain.given(X)))
    names = [
        Song(f"song.{i:03}", f"Title {i}", f"Artist {i // 2}", model.labels[i % len(model.labels)])
        for i in range(-(-len(X) // windows))
    ]
    number = np.arange(len(X), dtype=np.int32) // windows
    Z = model.given(X).reshape(len(X), -1).astype(np.float16)
    return replace(model, songs=Songs(tuple(names), number.astype(np.int32), Z))
