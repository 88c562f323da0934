from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.errors import ModelError
from lib.model import Confidence, Model, Song, Songs, nearest, temper

CONFIDENCE = Confidence(0.5, 0.6, 2.0, "validation", 40)


def songs(model: Model, X: np.ndarray) -> Songs:
    known = tuple(Song(f"song {i}", "Title", "Artist", "jazz") for i in range(len(X)))
    return Songs(known, np.arange(len(X), dtype=np.int32), model.given(X).astype(np.float16))


@given(seed=st.integers(0, 999), temperature=st.floats(0.1, 10))
def test_tempering_keeps_the_order(seed: int, temperature: float) -> None:
    P = np.random.default_rng(seed).dirichlet(np.ones(4), size=5)
    Q = temper(P, temperature)
    np.testing.assert_allclose(Q.sum(axis=1), 1)
    np.testing.assert_array_equal(Q.argmax(axis=1), P.argmax(axis=1))
    assert ((Q.max(axis=1) >= P.max(axis=1) - 1e-12) == (temperature <= 1)).all()
    np.testing.assert_allclose(temper(Q, 1 / temperature), P, atol=1e-9)


def test_tempering_divides_what_goes_into_the_softmax() -> None:
    z = np.random.default_rng(0).normal(size=(3, 5))
    softmax = np.exp(z) / np.exp(z).sum(axis=1, keepdims=True)
    divided = np.exp(z / 0.7) / np.exp(z / 0.7).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(temper(softmax, 0.7), divided)


def test_an_impossible_genre_stays_so() -> None:
    assert temper(np.array([[1.0, 0.0]]), 2.0).round(9).tolist() == [[1, 0]]


def test_a_model_tempers_all_that_it_says(model: Model) -> None:
    X = np.random.default_rng(0).normal(size=(20, 4))
    sure = replace(model, confidence=CONFIDENCE)
    np.testing.assert_array_equal(sure.probabilities(X), temper(model.probabilities(X), 0.5))


def test_below_its_limit_an_answer_is_unsure(model: Model) -> None:
    sure = replace(model, confidence=CONFIDENCE)
    assert sure.is_unsure(0.59)
    assert not sure.is_unsure(0.6)
    assert not model.is_unsure(0.0)  # nobody fitted it


def test_what_is_far_from_all_songs_is_an_outlier(model: Model) -> None:
    X = np.random.default_rng(0).normal(size=(30, 4))
    known = replace(model, confidence=CONFIDENCE, songs=songs(model, X))
    assert not known.is_outlier(X[:1])
    assert known.is_outlier(X[:1] + 100)
    # A song is judged by the median of its windows: one strange stretch makes no stranger of it.
    assert not known.is_outlier(np.stack([X[0], X[1], X[2] + 100]))
    assert known.is_outlier(np.stack([X[0], X[1] + 100, X[2] + 100]))
    with pytest.raises(ModelError, match="needs finite numbers"):
        known.is_outlier(np.full((1, 4), np.nan))


def test_who_can_not_tell_calls_nothing_an_outlier(model: Model) -> None:
    far = np.full((1, 4), 1e9)
    assert not model.is_outlier(far)
    assert not replace(model, confidence=CONFIDENCE).is_outlier(far)
    blind = replace(CONFIDENCE, outlier_above=None)
    known = songs(model, np.zeros((2, 4)))
    assert not replace(model, confidence=blind, songs=known).is_outlier(far)


@pytest.mark.parametrize("n", [1, 600])
def test_nearest_equals_comparing_each_with_each(n: int) -> None:
    rng = np.random.default_rng(n)
    A, B = rng.normal(size=(n, 5)), rng.normal(size=(700, 5))
    d = np.linalg.norm(A[:, None] - B[None], axis=2)
    np.testing.assert_allclose(nearest(A, B), d.min(axis=1), atol=1e-9)
    groups = rng.integers(4, size=n), rng.integers(4, size=700)
    d[groups[0][:, None] == groups[1][None]] = np.inf
    np.testing.assert_allclose(nearest(A, B, groups=groups), d.min(axis=1), atol=1e-9)


def test_a_row_is_at_no_distance_from_itself_and_a_group_alone_at_an_infinite_one() -> None:
    A = np.full((2, 3), 1e3)
    assert nearest(A, A).tolist() == [0, 0]
    group = np.zeros(2, dtype=np.intp)
    assert nearest(A, A, groups=(group, group)).tolist() == [np.inf, np.inf]


def test_songs_come_back_as_they_went() -> None:
    known = (Song("a", "Ünïcode\n", "", "jazz"), Song("b", "", 'quo"te', "rock"))
    made = Songs(known, np.array([0, 1, 1], np.int32), np.ones((3, 2), np.float16))
    back = Songs.from_bytes(made.to_bytes())
    assert back.songs == known
    np.testing.assert_array_equal(back.song, made.song)
    np.testing.assert_array_equal(back.Z, made.Z)
    assert made.to_bytes() == made.to_bytes()


@pytest.mark.parametrize(
    ("song", "Z", "match"),
    [
        ([0], np.ones((2, 2)), "one row of inputs for each number"),
        ([0, 2], np.ones((2, 2)), "not among the 1"),
        ([0, -1], np.ones((2, 2)), "not among the 1"),
        ([0, 0], np.full((2, 2), np.nan), "finite"),
        ([], np.ones((0, 2)), "need inputs"),
    ],
)
def test_songs_that_do_not_fit_are_refused(song: list[int], Z: np.ndarray, match: str) -> None:
    with pytest.raises(ModelError, match=match):
        Songs((Song("a", "", "", ""),), np.array(song, np.int32), Z.astype(np.float16))


@pytest.mark.parametrize(
    ("changes", "match"),
    [
        ({"temperature": 0.0}, "temperature must be above 0"),
        ({"temperature": float("nan")}, "temperature must be above 0"),
        ({"unsure_below": 1.5}, "unsure_below is a probability"),
        ({"outlier_above": -1.0}, "outlier_above is a distance"),
    ],
)
def test_a_confidence_that_makes_no_sense(changes: dict[str, float], match: str) -> None:
    with pytest.raises(ModelError, match=match):
        replace(CONFIDENCE, **changes)


def test_songs_of_other_inputs_are_refused(model: Model) -> None:
    other = Songs((Song("a", "", "", ""),), np.zeros(1, np.int32), np.zeros((1, 3), np.float16))
    with pytest.raises(ModelError, match="3 inputs of the songs learned from, but 4"):
        replace(model, songs=other)
