from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from sklearn.metrics import log_loss

from lib.judgement import Certainty, judge, judge_songs
from lib.judgement.certainty import are_probabilities, read_bins, read_curve


def drawn(seed: int, n: int = 500, genres: int = 4) -> tuple[NDArray[np.float64], NDArray[np.intp]]:
    """Return probabilities, and genres drawn by these very probabilities: calibrated exactly."""
    rng = np.random.default_rng(seed)
    P = rng.dirichlet(np.full(genres, 0.5), size=n)
    return P, (P.cumsum(axis=1) < rng.random((n, 1))).sum(axis=1).astype(np.intp)


@pytest.mark.parametrize("seed", range(3))
def test_log_loss_equals_scikit_learn(seed: int) -> None:
    P, true = drawn(seed)
    found = Certainty.of(P, true)
    assert found.log_loss == pytest.approx(log_loss(true, P, labels=range(4)), rel=1e-9)
    assert found.right.mean() == pytest.approx((P.argmax(axis=1) == true).mean())


def test_a_certain_error_is_bad_but_finite() -> None:
    assert Certainty.of(np.array([[1.0, 0.0]]), np.array([1])).log_loss == pytest.approx(
        34.5, abs=0.1
    )


def test_calibration_error_of_known_bins() -> None:
    confidence = np.array([0.55, 0.55, 0.95, 0.95, 1.0])
    right = np.array([True, False, True, True, False])
    found = Certainty(confidence, right, 0.0)
    assert [(b.songs, b.accuracy) for b in found.bins] == [(2, 0.5), (3, pytest.approx(2 / 3))]
    # 2/5 * |0.5 - 0.55| + 3/5 * |2/3 - 0.9667|
    assert found.calibration_error == pytest.approx(0.4 * 0.05 + 0.6 * 0.3)


def test_who_knows_how_sure_to_be_has_hardly_any_error_and_who_boasts_has() -> None:
    P, true = drawn(0, n=20_000)
    assert Certainty.of(P, true).calibration_error < 0.015
    boasting = P**3 / (P**3).sum(axis=1, keepdims=True)
    assert Certainty.of(boasting, true).calibration_error > 0.1


@given(seed=st.integers(0, 999), n=st.integers(1, 60))
def test_the_curve_ends_with_the_accuracy_of_all(seed: int, n: int) -> None:
    P, true = drawn(seed, n=n)
    found = Certainty.of(P, true)
    assert found.curve[-1].share == 1
    assert found.curve[-1].accuracy == pytest.approx(found.right.mean())
    assert found.curve[-1].least == found.confidence.min()
    shares = [point.share for point in found.curve]
    assert shares == sorted(set(shares))
    assert [p.least for p in found.curve] == sorted((p.least for p in found.curve), reverse=True)


def test_leaving_the_least_sure_out_helps_where_confidence_means_something() -> None:
    found = Certainty.of(*drawn(0, n=5000))
    two_thirds = found.surest_two_thirds
    assert two_thirds.accuracy > found.right.mean() + 0.05
    assert two_thirds.share == pytest.approx(2 / 3, abs=1e-3)
    assert found.sure(two_thirds.least) == two_thirds
    assert found.sure(1.1).share == found.sure(1.1).accuracy == 0


def test_decisions_are_no_probabilities() -> None:
    assert are_probabilities(np.array([[0.25, 0.75], [1, 0]]))
    assert not are_probabilities(np.array([[0.25, 0.25]]))
    assert not are_probabilities(np.array([[-0.5, 1.5]]))
    assert not are_probabilities(np.array([[-np.inf, 1.0]]))


def test_json_tells_them_where_there_are_probabilities_alone() -> None:
    P, true = drawn(1, n=40, genres=2)
    labels = ("jazz", "rock")
    genre = np.array([labels[i] for i in true], dtype=object)
    track = np.array([f"song {i}" for i in range(40)], dtype=object)
    form = json.loads(json.dumps(judge_songs(track, genre, P, labels=labels).to_dict()))
    found = Certainty.of(P, true)
    assert form["log_loss"] == found.log_loss
    assert form["calibration_error"] == found.calibration_error
    assert read_bins(form) == found.bins
    assert read_curve(form) == found.curve
    decisions = judge_songs(track, genre, np.log(P), labels=labels)
    assert decisions.certainty is None
    assert decisions.accuracy == form["accuracy"]
    assert not {"log_loss", "calibration_error", "answered"} & set(decisions.to_dict())
    assert judge(["jazz"], ["jazz"], labels).certainty is None


def test_songs_of_several_windows_are_judged_by_their_mean() -> None:
    track = np.array(["a", "a"], dtype=object)
    genre = np.array(["jazz", "jazz"], dtype=object)
    P = np.array([[0.9, 0.1], [0.5, 0.5]])
    found = judge_songs(track, genre, P, labels=("jazz", "rock")).certainty
    assert found is not None
    assert found.confidence.tolist() == pytest.approx([0.7])
