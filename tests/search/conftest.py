"""A small data set whose genres can be told apart, with all features."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.dataset import Dataset
from lib.features import EXTRA_NAMES, FEATURE_NAMES

GENRES = ("blues", "jazz", "rock")


def make_toy(
    *, songs: int = 12, artists: int = 6, extra: bool = True, split: dict[int, str] | None = None
) -> Dataset:
    """Return `songs` songs a genre, every sixth by the same artist; `split` by their number."""
    rng = np.random.default_rng(0)
    names = [f"{genre}.{song:03}" for genre in GENRES for song in range(songs)]
    genres = [name.partition(".")[0] for name in names]
    numbers = [int(name[-3:]) for name in names]
    index = pd.Index(names, dtype=object, name="track")
    tracks = pd.DataFrame(
        {
            "genre": genres,
            "artist": [f"{g} {n % artists}" for g, n in zip(genres, numbers, strict=True)],
            "title": "",
            "split": [(split or {}).get(n, "") for n in numbers],
        },
        index=index,
        dtype=object,
    )
    centres = {genre: 3 * rng.uniform(size=91) for genre in GENRES}
    # Above 0, as deviations and tempos are.
    X = np.array([np.exp(centres[g] / 3 + 0.3 * rng.normal(size=91)) for g in genres])
    features = pd.DataFrame(X[:, :85], index=index, columns=list(FEATURE_NAMES))
    more = pd.DataFrame(X[:, 85:], index=index, columns=list(EXTRA_NAMES))
    return Dataset(Path("toy"), tracks, features, more if extra else None)


@pytest.fixture(scope="session")
def make_dataset() -> Callable[..., Dataset]:
    return make_toy


@pytest.fixture(scope="session")
def dataset() -> Dataset:
    return make_toy()
