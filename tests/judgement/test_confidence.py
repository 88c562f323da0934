from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.judgement import (
    Certainty,
    FoldScores,
    Rows,
    cross_fitted,
    fit_temperature,
    judge_songs,
    outlier_above,
    unsure_below,
)
from lib.model import temper

LABELS = ("blues", "jazz", "pop", "rock")


def songs(n: int, *, windows: int = 1, seed: int = 0) -> tuple[Rows, NDArray[np.float64]]:
    """Return songs whose genres are drawn by the probabilities that they come with."""
    rng = np.random.default_rng(seed)
    P = np.repeat(rng.dirichlet(np.full(4, 0.6), size=n), windows, axis=0)
    drawn = (P[::windows].cumsum(axis=1) < rng.random((n, 1))).sum(axis=1)
    genre = np.array([LABELS[i] for i in drawn], dtype=object).repeat(windows)
    track = np.array([f"song {i}" for i in range(n)], dtype=object).repeat(windows)
    empty = np.full(len(P), "", dtype=object)
    return Rows(track, genre, empty, rng.normal(size=(len(P), 6)), empty), P


@pytest.mark.parametrize("distortion", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("windows", [1, 3])
def test_a_distortion_is_found_again(distortion: float, windows: int) -> None:
    rows, P = songs(4000, windows=windows)
    found = fit_temperature(rows, temper(P, distortion), labels=LABELS)
    assert found == pytest.approx(1 / distortion, rel=0.08)


def test_a_few_songs_all_named_rightly_make_no_model_boast() -> None:
    rows, _ = songs(6)
    P = np.array([[0.7 if g == label else 0.1 for label in LABELS] for g in rows.genre])
    assert 0.3 < fit_temperature(rows, P, labels=LABELS) < 1


def scores(rows: Rows, P: NDArray[np.float64], folds: int) -> FoldScores:
    fold = np.arange(len(P)) % folds
    pooled = judge_songs(rows.track, rows.genre, P, labels=LABELS)
    return FoldScores((0.5,) * folds, pooled, (0.0,) * folds, np.arange(len(P)), fold, P)


def test_what_is_tempered_by_other_folds_means_more() -> None:
    rows, P = songs(1500)
    found = scores(rows, temper(P, 2.5), 5)
    after = cross_fitted(rows, found, labels=LABELS)
    assert after.accuracy == found.pooled.accuracy
    assert after.certainty is not None
    assert found.pooled.certainty is not None
    assert after.certainty.log_loss < found.pooled.certainty.log_loss
    assert after.certainty.calibration_error < 0.04
    assert found.pooled.certainty.calibration_error > 0.15


def test_the_judged_songs_have_no_part_in_their_temperature() -> None:
    """Whatever the genres of one fold are, its own probabilities stay the same."""
    rows, P = songs(300)
    given = scores(rows, temper(P, 2.0), 3)
    changed = Rows(rows.track, rows.genre.copy(), rows.artist, rows.X, rows.split)
    changed.genre[given.fold == 0] = "jazz"
    before, after = (cross_fitted(each, given, labels=LABELS) for each in (rows, changed))
    assert before.certainty is not None
    assert after.certainty is not None
    here = given.fold == 0
    np.testing.assert_array_equal(
        before.certainty.confidence[here], after.certainty.confidence[here]
    )
    assert (before.certainty.confidence != after.certainty.confidence)[~here].all()


def test_one_fold_is_judged_as_it_is() -> None:
    rows, P = songs(50)
    found = cross_fitted(rows, scores(rows, P, 1), labels=LABELS)
    assert found.certainty is not None
    np.testing.assert_array_equal(found.certainty.confidence, P.max(axis=1))


@pytest.mark.parametrize(
    ("right", "expected"),
    [
        ([1, 1, 0, 1, 0, 0], 0.45),  # of four answered three are right
        ([1, 1, 1, 1, 1, 1], 0.0),
        ([0, 0, 0, 0, 0, 0], 1.0),
        ([0, 1, 0, 1, 0, 1], 1.0),  # never more right than wrong
        ([1, 0, 1, 0, 0, 0], 0.6),  # three answers are as good as one, and more
    ],
)
def test_below_the_limit_more_is_lost_than_gained(right: list[int], expected: float) -> None:
    confidence = np.array([0.9, 0.8, 0.7, 0.5, 0.4, 0.3])
    found = unsure_below(Certainty(confidence, np.array(right, bool), 0.0))
    assert found == pytest.approx(expected)


def test_of_what_knows_how_sure_to_be_it_is_a_half() -> None:
    rows, P = songs(20_000)
    certainty = judge_songs(rows.track, rows.genre, P, labels=LABELS).certainty
    assert certainty is not None
    assert unsure_below(certainty) == pytest.approx(0.5, abs=0.04)


def test_about_one_song_of_a_hundred_is_farther_than_the_limit(
    make_rows: Callable[..., Rows],
) -> None:
    rows = make_rows(["jazz"] * 1000, [f"artist {i % 100}" for i in range(1000)])
    limit = outlier_above(rows, rows.X)
    assert limit is not None
    fresh = np.random.default_rng(9).normal(size=(2000, 6))
    far = np.linalg.norm(fresh[:, None] - rows.X[None], axis=2).min(axis=1)
    assert 0.003 < np.mean(far > limit) < 0.02


def test_an_artist_s_own_songs_and_replicas_bring_nothing_near(
    make_rows: Callable[..., Rows],
) -> None:
    rows = make_rows(["jazz"] * 40, [f"artist {i // 4}" for i in range(40)])
    rows.X[:] = np.arange(40)[:, None] // 4 * 100.0 + rows.X * 1e-3
    limit = outlier_above(rows, rows.X)
    assert limit is not None
    assert limit > 200  # the next artist is 100 away in each of six features


def test_of_one_artist_nothing_can_be_said(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 4, ["Ella"] * 4)
    assert outlier_above(rows, rows.X) is None
