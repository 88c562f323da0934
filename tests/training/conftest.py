"""A small data set whose genres can be told apart, with artists and songs of several windows."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.dataset import Dataset
from lib.features import FEATURE_NAMES


@pytest.fixture(scope="session")
def make_dataset() -> Callable[..., Dataset]:
    def make(
        genres: tuple[str, ...] = ("blues", "jazz", "rock"),
        *,
        songs: int = 15,
        artists: int = 5,
        windows: int = 1,
        split: str = "",
        noise: float = 1.0,
        seed: int = 0,
    ) -> Dataset:
        """Return `songs` songs a genre by so many artists (0: unknown), the last with `windows`."""
        rng = np.random.default_rng(seed)
        names, rows, index, X = [], [], [], []
        for genre in genres:
            centre = rng.normal(size=85) * 1.5
            for song in range(songs):
                track = f"{genre}.{song:03}"
                names.append(track)
                artist = f"{genre} artist {song % artists}" if artists else ""
                rows.append({"genre": genre, "artist": artist, "title": "", "split": split})
                count = windows if song == songs - 1 else 1
                index += [track] * count
                X += [centre + noise * rng.normal(size=85) for _ in range(count)]
        tracks = pd.DataFrame(rows, index=pd.Index(names, dtype=object), dtype=object)
        features = pd.DataFrame(np.reshape(X, (-1, 85)), index=pd.Index(index, dtype=object))
        if not rows:
            tracks = pd.DataFrame(columns=["genre", "artist", "title", "split"], dtype=object)
        return Dataset(Path("toy"), tracks, features.set_axis(list(FEATURE_NAMES), axis=1))

    return make


@pytest.fixture(scope="session")
def dataset(make_dataset: Callable[..., Dataset]) -> Dataset:
    return make_dataset()
