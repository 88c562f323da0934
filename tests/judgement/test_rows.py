from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.judgement import Rows, replicas
from lib.judgement.rows import SAME


def test_replicas_are_found_within_rounding_alone() -> None:
    X = np.random.default_rng(0).normal(size=(100, 85)) * np.linspace(0.01, 100, 85)
    X[70] = X[3]
    X[71] = np.array([float(f"{x:.7g}") for x in X[4]])
    X[72] = X[5] + X.std(axis=0) * 0.05  # another mastering of the same song: not the same numbers
    groups = replicas(X)
    assert groups[70] == groups[3]
    assert groups[71] == groups[4]
    assert groups[72] != groups[5]
    assert len(set(groups.tolist())) == 98


@settings(max_examples=40, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_replicas_equal_comparing_each_with_each(seed: int) -> None:
    rng = np.random.default_rng(seed)
    X = rng.normal(size=(40, 3))
    near = rng.integers(0, 20, size=20)
    X[20:] = X[near] + rng.choice([0, 0.5, 0.99, 1.5], size=(20, 3)) * SAME
    Z = (X - X.mean(axis=0)) / X.std(axis=0)
    close = np.abs(Z[:, None] - Z[None]).max(axis=2) <= SAME
    for _ in range(6):  # near to what is near belongs together too
        close = (close.astype(int) @ close.astype(int)) > 0
    groups = replicas(X)
    np.testing.assert_array_equal(groups[:, None] == groups[None], close)


def test_replicas_of_many_rows_take_no_square_of_time() -> None:
    X = np.random.default_rng(0).normal(size=(8000, 85))
    X[-1] = X[0]
    start = time.perf_counter()
    groups = replicas(X)
    assert time.perf_counter() - start < 10
    assert groups[-1] == groups[0]
    assert len(set(groups.tolist())) == 7999


def test_constant_features_say_nothing() -> None:
    assert replicas(np.ones((4, 3))).tolist() == [0, 0, 0, 0]
    assert replicas(np.array([[1.0, 7.0], [2.0, 7.0]])).tolist() == [0, 1]


def test_groups_tie_windows_replicas_and_artists(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 5, ["Ella", "", "", " ella", "Duke"], windows=[2, 1, 1, 1, 1])
    rows.X[5] = rows.X[2]  # Duke's song is the first unknown one
    assert rows.groups(by_artist=False).tolist() == [0, 0, 1, 2, 3, 1]
    assert rows.groups(by_artist=True).tolist() == [0, 0, 1, 2, 0, 1]


def test_gtzan_holds_the_replicas_that_its_index_names(gtzan: object) -> None:
    from pathlib import Path

    from lib.dataset import read_dataset

    assert isinstance(gtzan, Path)
    rows = Rows.of(read_dataset(gtzan))
    groups = replicas(rows.X)
    numbers, counts = np.unique(groups, return_counts=True)
    pairs = {tuple(rows.track[groups == g]) for g in numbers[counts > 1]}
    assert ("metal.00058", "rock.00016") in pairs  # one recording under two genres
    assert len(pairs) == 10


@pytest.mark.parametrize("by_artist", [True, False])
def test_groups_are_numbered_as_they_come(make_rows: Callable[..., Rows], by_artist: bool) -> None:
    groups = make_rows(["jazz"] * 4, ["b", "a", "b", "c"]).groups(by_artist=by_artist)
    assert groups.tolist() == ([0, 1, 0, 2] if by_artist else [0, 1, 2, 3])
