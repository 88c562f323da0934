"""Folds that are dealt evenly: those of scikit-learn, which it takes no scikit-learn to make."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.model_selection import StratifiedGroupKFold

from lib.judgement.even import even_folds


@pytest.mark.filterwarnings("ignore:The least populated class")
@pytest.mark.parametrize("seed", range(40))
def test_the_folds_are_scikit_learns(seed: int) -> None:
    rng = np.random.default_rng(seed)
    songs = int(rng.integers(20, 120))
    genres = rng.choice(["blues", "jazz", "rock", "ska"], songs, p=[0.4, 0.3, 0.2, 0.1])
    groups = rng.integers(int(rng.integers(8, songs + 8)), size=songs).astype(np.intp)
    folds = int(rng.integers(2, 7))
    theirs = StratifiedGroupKFold(folds, shuffle=True, random_state=seed)
    expected = [judged.tolist() for _, judged in theirs.split(genres, genres, groups)]
    assert [f.tolist() for f in even_folds(genres, groups, folds=folds, seed=seed)] == expected
