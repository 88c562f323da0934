"""Tables of songs that were never sung, for tests that train on them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pandas as pd

from lib.dataset import Dataset, write_dataset
from lib.features import FEATURE_NAMES

GENRES = ("blues", "jazz", "rock")


def write_table(folder: Path, genres: Sequence[str] = GENRES, *, songs: int = 12) -> Path:
    """Write a table of songs that can be told apart, by four artists a genre."""
    rng = np.random.default_rng(0)
    names = [f"{genre}.{song:03}" for genre in genres for song in range(songs)]
    centres = {genre: rng.normal(size=85) * 2 for genre in genres}
    tracks = pd.DataFrame(
        {
            "genre": [name.split(".")[0] for name in names],
            "artist": [f"{name.split('.')[0]} artist {int(name[-3:]) % 4}" for name in names],
            "title": "",
            "split": "",
        },
        index=pd.Index(names, dtype=object, name="track"),
    )
    X = np.array([centres[name.split(".")[0]] + rng.normal(size=85) for name in names])
    features = pd.DataFrame(X, index=tracks.index, columns=list(FEATURE_NAMES))
    write_dataset(Dataset(folder, tracks, features))
    return folder
