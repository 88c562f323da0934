from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lib.errors import ModelError
from lib.model import Layer, Model, Network, Scaler


def test_probabilities_are_probabilities(model: Model) -> None:
    P = model.probabilities(np.random.default_rng(0).normal(size=(50, 4)) * 100)
    assert P.shape == (50, 3)
    assert P.dtype == np.float64
    assert (P >= 0).all()
    np.testing.assert_allclose(P.sum(axis=1), 1)


def test_softmax_survives_huge_activations(model: Model) -> None:
    P = model.probabilities(np.full((1, 4), 1e6))
    assert np.isfinite(P).all()
    assert P.max() == pytest.approx(1)


def test_known_network_gives_known_probabilities() -> None:
    """``relu((x - 1) / 2) * [ln 2, 0]``, soft-maxed: 2 : 1 where x = 3, even where x ≤ 1."""
    model = Model(
        name="by hand",
        labels=("no", "yes"),
        feature_names=("x",),
        features_version="1",
        scaler=Scaler(np.array([1.0]), np.array([2.0])),
        network=Network("n", 1, (Layer(1, "relu"), Layer(2, "softmax"))),
        weights=(
            (np.ones((1, 1), np.float32), np.zeros(1, np.float32)),
            (np.array([[np.log(2), 0]], np.float32), np.zeros(2, np.float32)),
        ),
    )
    P = model.probabilities(np.array([[3.0], [1.0], [-9.0]]))
    np.testing.assert_allclose(P, [[2 / 3, 1 / 3], [0.5, 0.5], [0.5, 0.5]], atol=1e-7)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), n=st.integers(1, 40))
def test_a_song_is_answered_the_same_in_any_company(seed: int, n: int) -> None:
    rng = np.random.default_rng(seed)
    network = Network("n", 3, (Layer(7, "relu"), Layer(2, "softmax")))
    model = Model(
        name="n",
        labels=("a", "b"),
        feature_names=("x", "y", "z"),
        features_version="1",
        scaler=Scaler(np.zeros(3), np.ones(3)),
        network=network,
        weights=tuple(
            (rng.normal(size=s).astype(np.float32), np.zeros(s[1], np.float32))
            for s in network.shapes
        ),
    )
    X = rng.normal(size=(n, 3))
    alone = np.concatenate([model.probabilities(x[None]) for x in X])
    np.testing.assert_allclose(model.probabilities(X), alone, rtol=0, atol=1e-12)


@pytest.mark.parametrize("shape", [(4,), (2, 3), (2, 5), (1, 2, 4)])
def test_wrong_widths_are_refused(model: Model, shape: tuple[int, ...]) -> None:
    with pytest.raises(ModelError, match=r"takes rows of 4 features, not an array of \("):
        model.probabilities(np.zeros(shape))


@pytest.mark.parametrize("value", [np.nan, np.inf, -np.inf])
def test_values_that_are_no_numbers_are_refused_by_name(model: Model, value: float) -> None:
    X = np.zeros((3, 4))
    X[1, 2] = value
    with pytest.raises(ModelError, match=r"Feature c of row 1 is (nan|inf|-inf)"):
        model.probabilities(X)


def test_values_beyond_all_computing_are_refused(model: Model) -> None:
    with pytest.raises(ModelError, match="row 0 are too large"):
        model.probabilities(np.full((1, 4), 1.7e308))


def test_no_rows_give_no_rows(model: Model) -> None:
    assert model.probabilities(np.empty((0, 4))).shape == (0, 3)


def test_features_of_another_making_are_refused(model: Model) -> None:
    model.check_features(["a", "b", "c", "d"], "1")
    with pytest.raises(ModelError, match=r"different: d, e\. Train it anew"):
        model.check_features(["a", "b", "c", "e"], "1")
    with pytest.raises(ModelError, match="their order"):
        model.check_features(["a", "c", "b", "d"], "1")
    with pytest.raises(ModelError, match="version 1, and this Earmark computes version 2"):
        model.check_features(["a", "b", "c", "d"], "2")
