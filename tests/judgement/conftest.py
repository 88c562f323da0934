from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pytest

from lib.judgement import Rows


@pytest.fixture(scope="session")
def make_rows() -> Callable[..., Rows]:
    """Return a maker of rows with random features, one or more windows a song."""

    def make(
        genres: Sequence[str],
        artists: Sequence[str] | None = None,
        *,
        windows: Sequence[int] | None = None,
        splits: Sequence[str] | None = None,
        seed: int = 0,
    ) -> Rows:
        n = len(genres)
        song = np.repeat(np.arange(n), windows if windows is not None else 1)
        names = np.array([f"song {i:03}" for i in range(n)], dtype=object)
        X = np.random.default_rng(seed).normal(size=(len(song), 6))
        by = np.array(artists if artists is not None else [""] * n, dtype=object)
        split = np.array(splits if splits is not None else [""] * n, dtype=object)
        genre = np.array(genres, dtype=object)
        return Rows(names[song], genre[song], by[song], X, split[song])

    return make
