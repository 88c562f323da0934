from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE, Window
from lib.dataset import Dataset
from lib.features import FEATURE_NAMES, Overview, analyse
from lib.plots import DARK, LIGHT, Theme
from lib.wording import write_numbers
from tests.sound import music


@pytest.fixture(params=[LIGHT, DARK], ids=lambda theme: theme.name)
def theme(request: pytest.FixtureRequest) -> Theme:
    found: Theme = request.param
    return found


@pytest.fixture
def german() -> Iterator[None]:
    """Have numbers written as Germans write them."""
    write_numbers("german")
    yield
    write_numbers("international")


def _heard(samples: NDArray[np.float32], *, window: float = 30.0) -> Overview:
    """Hear samples in windows that overlap by half, as a stream gives them."""
    overview = Overview()
    size, end = round(window * SAMPLE_RATE), len(samples)
    for start in range(0, max(1, end - size // 2), size // 2):
        stretch = samples[start : start + size]
        times = start / SAMPLE_RATE, (start + len(stretch)) / SAMPLE_RATE
        overview.add(Window(*times, stretch), analyse(stretch))
    return overview


@pytest.fixture(scope="session")
def hear() -> Callable[..., Overview]:
    return _heard


@pytest.fixture(scope="session")
def song() -> Overview:
    """Twelve seconds of something with a chord and 120 beats per minute."""
    return _heard(music(12.0))


@pytest.fixture(scope="session")
def long() -> Overview:
    """More columns than a screen has."""
    return _heard(music(100.0))


@pytest.fixture(scope="session")
def tone() -> Overview:
    """Six seconds of a' = 440 Hz, with a little of everything else."""
    t = np.arange(6 * SAMPLE_RATE) / SAMPLE_RATE
    noise = np.random.default_rng(0).normal(0, 1e-4, t.size)
    return _heard((0.5 * np.sin(2 * np.pi * 440 * t) + noise).astype(np.float32))


@pytest.fixture(scope="session")
def make_dataset() -> Callable[..., Dataset]:
    """Return a maker of data sets with random features: genre i has i + `least` songs."""

    def make(genres: Sequence[str], *, least: int = 3, seed: int = 0) -> Dataset:
        rng = np.random.default_rng(seed)
        genre = [name for i, name in enumerate(genres) for _ in range(i + least)]
        track = [f"song {i:04}" for i in range(len(genre))]
        X = rng.normal(0.0, 1.0, (len(genre), len(FEATURE_NAMES)))
        X[:, FEATURE_NAMES.index("tempo")] = rng.choice([99.4, 117.5, 129.2, 143.6], len(genre))
        index = pd.Index(track, name="track")
        tracks = pd.DataFrame({"genre": genre}, index=index)
        return Dataset(Path("songs"), tracks, pd.DataFrame(X, index, list(FEATURE_NAMES)))

    return make
