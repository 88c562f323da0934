from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.judgement import (
    Fold,
    JudgementError,
    LeakError,
    Rows,
    artist_folds,
    folds_by,
    hold_out,
    random_folds,
    refuse_leaks,
)


@st.composite
def tables(draw: st.DrawFn) -> Rows:
    """Three genres of songs of one to three windows, some artists unknown, some songs replicas."""
    seed = draw(st.integers(0, 100_000))
    rng = np.random.default_rng(seed)
    genres = np.repeat(["blues", "jazz", "rock"], draw(st.integers(8, 20)))
    n = len(genres)
    artists = np.array([f"{g} artist {rng.integers(6)}" for g in genres], dtype=object)
    artists[rng.random(n) < 0.2] = ""
    song = np.repeat(np.arange(n), rng.integers(1, 4, size=n))
    X = rng.normal(size=(len(song), 5))
    for copy in rng.integers(len(song), size=3):
        X[copy] = X[rng.integers(len(song))]
    names = np.array([f"song {i:03}" for i in range(n)], dtype=object)
    split = np.full(len(song), "", dtype=object)
    return Rows(names[song], genres.astype(object)[song], artists[song], X, split)


def sides(values: NDArray[np.object_], fold: Fold) -> set[object]:
    return (set(values[fold.training]) & set(values[fold.judged])) - {""}


def row_bytes(X: NDArray[np.float64]) -> NDArray[np.object_]:
    return np.array([row.tobytes() for row in X], dtype=object)


@settings(max_examples=30, deadline=None)
@given(rows=tables(), folds=st.integers(2, 5), seed=st.integers(0, 99))
def test_nothing_stands_on_both_sides(rows: Rows, folds: int, seed: int) -> None:
    for make in (random_folds, artist_folds):
        try:
            made = make(rows, folds=folds, seed=seed)
        except JudgementError:  # all of a genre may hang together, which is refused
            continue
        judged = np.concatenate([fold.judged for fold in made])
        assert sorted(judged.tolist()) == list(range(len(rows)))  # each row once
        for fold in made:
            together = np.concatenate([fold.training, fold.judged])
            assert sorted(together.tolist()) == list(range(len(rows)))
            assert not sides(rows.track, fold)
            assert not sides(row_bytes(rows.X), fold)
            if make is artist_folds:
                assert not sides(rows.artist, fold)
            assert set(rows.genre[fold.training]) == {"blues", "jazz", "rock"}
            refuse_leaks(rows, fold.training, fold.judged, by_artist=make is artist_folds)


def test_random_folds_spread_each_genre_evenly(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 50 + ["rock"] * 20)
    for fold in random_folds(rows, folds=10, seed=3):
        judged = rows.genre[fold.judged].tolist()
        assert (judged.count("jazz"), judged.count("rock")) == (5, 2)


def test_long_songs_weigh_no_more_than_short_ones(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 10, windows=[30] * 5 + [1] * 5)
    for fold in random_folds(rows, folds=5, seed=0):
        assert len(set(rows.track[fold.judged])) == 2


def test_seed_decides(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz", "rock"] * 20, [f"artist {i % 13}" for i in range(40)])
    for make in (random_folds, artist_folds):
        first, again, other = (make(rows, folds=4, seed=seed) for seed in (1, 1, 2))
        assert [f.judged.tolist() for f in first] == [f.judged.tolist() for f in again]
        assert [f.judged.tolist() for f in first] != [f.judged.tolist() for f in other]


def test_order_of_the_table_does_not_matter_for_who_is_with_whom(
    make_rows: Callable[..., Rows],
) -> None:
    """An artist is whole wherever his songs stand in the table."""
    rows = make_rows(["jazz", "rock"] * 15, [f"artist {i % 10}" for i in range(30)])
    mixed = rows.at(np.random.default_rng(0).permutation(30))
    for fold in artist_folds(mixed, folds=5, seed=0):
        assert not sides(mixed.artist, fold)


@pytest.mark.parametrize(
    ("genres", "artists", "folds", "match"),
    [
        (["jazz"] * 5 + ["rock"] * 5, None, 1, "1 folds are too few"),
        (["jazz"] * 5 + ["rock"], None, 2, "rock has too few different artists .*: 1, and 2"),
        (["jazz", "rock"] * 3, ["a", "b"] * 3, 2, "jazz has too few different artists"),
        (["jazz", "rock"] * 2, None, 5, "too few artists for 5 folds: ask for 2 at most"),
        (["jazz"] * 9 + ["rock"] * 2, ["a", "b", *"aaaaaaa", "c", "d"], 5, "ask for 4 at most"),
    ],
)
def test_impossible_folds_are_refused(
    make_rows: Callable[..., Rows],
    genres: list[str],
    artists: list[str] | None,
    folds: int,
    match: str,
) -> None:
    with pytest.raises(JudgementError, match=match):
        artist_folds(make_rows(genres, artists), folds=folds, seed=0)


def test_a_genre_by_one_artist_is_divided_where_that_is_asked_for(
    make_rows: Callable[..., Rows],
) -> None:
    artists = [*(f"artist {i % 6}" for i in range(20)), *["alone"] * 8]
    rows = make_rows(["jazz", "rock"] * 10 + ["ska"] * 8, artists)
    folds = artist_folds(rows, folds=4, seed=0, lone_artists=True)
    judged = np.concatenate([fold.judged for fold in folds])
    assert sorted(judged.tolist()) == list(range(len(rows)))
    for fold in folds:
        assert not sides(rows.artist, fold)
        ska = "ska" in set(rows.genre[fold.judged])
        assert ("ska" in set(rows.genre[fold.training])) is not ska


def test_hold_out_is_by_artist_where_it_can_be(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz", "rock"] * 50, [f"artist {i % 20}" for i in range(100)])
    fold, by = hold_out(rows, share=0.2, seed=0)
    assert by == "artist"
    assert not sides(rows.artist, fold)
    assert len(fold.judged) == pytest.approx(20, abs=5)


def test_hold_out_is_by_song_where_an_artist_is_a_genre(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz", "rock"] * 10, ["Ella", "Queen"] * 10)
    fold, by = hold_out(rows, share=0.2, seed=0)
    assert by == "song"
    assert len(fold.judged) == 4


def test_hold_out_takes_half_of_two_songs_a_genre(make_rows: Callable[..., Rows]) -> None:
    fold, by = hold_out(make_rows(["jazz", "rock"] * 2), seed=0)
    assert (len(fold.training), len(fold.judged), by) == (2, 2, "artist")


def test_no_songs_are_no_folds(make_rows: Callable[..., Rows]) -> None:
    set_aside = make_rows(["jazz", "rock"] * 3, splits=["test"] * 6)
    with pytest.raises(JudgementError, match="no songs to divide"):
        folds_by("artist", set_aside, folds=2, seed=0)
    with pytest.raises(JudgementError, match="no songs to divide"):
        hold_out(set_aside.at(np.flatnonzero(set_aside.split != "test")), seed=0)


def test_guard_names_songs_on_both_sides(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 4, windows=[2] * 4)
    with pytest.raises(LeakError, match=r"Songs that stand both .*: song 000, song 002\. Give"):
        refuse_leaks(rows, np.array([0, 2, 4]), np.array([1, 5, 6]), by_artist=False)


def test_guard_names_replicas_on_both_sides(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 4)
    rows.X[3] = rows.X[1] * (1 + 1e-7)
    with pytest.raises(LeakError, match=r"Replicas .*: song 003 = song 001\."):
        refuse_leaks(rows, np.array([0, 1]), np.array([2, 3]), by_artist=False)


def test_guard_names_artists_where_asked(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 4, ["Ella", "", "ELLA", ""])
    training, judged = np.array([0, 1]), np.array([2, 3])
    refuse_leaks(rows, training, judged, by_artist=False)
    with pytest.raises(LeakError, match=r"Artists that stand both .*: ella\."):
        refuse_leaks(rows, training, judged, by_artist=True)


def test_guard_names_a_few_and_counts_the_rest(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(["jazz"] * 9)
    everything = np.arange(9)
    with pytest.raises(LeakError, match=r"song 004 and 4 more\."):
        refuse_leaks(rows, everything, everything, by_artist=False)
