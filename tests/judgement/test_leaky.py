from __future__ import annotations

from collections.abc import Callable

import numpy as np

from lib.judgement import Rows, has_windows, judge_leaky, judge_over_folds
from tests.judgement.nearest import Nearest

LABELS = ("jazz", "rock")


def test_a_random_split_of_windows_knows_every_song_again(make_rows: Callable[..., Rows]) -> None:
    """Genres drawn by lot can't be learned; songs that stand on both sides are recognised."""
    genres = np.random.default_rng(0).choice(LABELS, size=40).tolist()
    rows = make_rows(genres, windows=[10] * 40)
    number = np.array([int(track.split()[1]) for track in rows.track])
    rows.X[:] = np.random.default_rng(1).normal(size=(40, 6))[number] * 10 + rows.X
    leaky = judge_leaky(rows, Nearest(), labels=LABELS, seed=0)
    assert leaky.n == 40  # a tenth of 400 windows
    assert leaky.accuracy > 0.95
    honest = judge_over_folds(rows, [Nearest()], labels=LABELS, protocol="random", folds=5, seed=0)[
        "nearest"
    ]
    assert honest.pooled.n == 40  # songs
    assert honest.mean < 0.7


def test_songs_of_the_test_split_have_no_part_in_it(make_rows: Callable[..., Rows]) -> None:
    rows = make_rows(list(LABELS) * 10, windows=[3] * 20, splits=["train", "test"] * 10)
    learner = Nearest()
    assert judge_leaky(rows, learner, labels=LABELS, seed=0).n == 3
    assert set(learner.seen[0].split) == {"train"}


def test_only_songs_of_several_windows_leak(make_rows: Callable[..., Rows]) -> None:
    assert has_windows(make_rows(["jazz"] * 3, windows=[1, 1, 2]))
    assert not has_windows(make_rows(["jazz"] * 3))
