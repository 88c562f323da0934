from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lib.dataset import Dataset
from lib.judgement import Rows
from lib.search import SearchError
from lib.search.seen import divide_for_search

Make = Callable[..., Dataset]


def test_what_the_table_keeps_out_and_its_artists_are_never_seen(make_dataset: Make) -> None:
    rows = Rows.of(make_dataset(split={0: "valid", 1: "test", 2: "excluded", 3: "train"}))
    divided = divide_for_search(rows, seed=0)
    assert divided.by == "split"
    numbers = {int(track[-3:]) for track in rows.track[divided.kept]}
    assert numbers == {0, 1}
    seen = {int(track[-3:]) for track in rows.track[divided.seen]}
    assert seen == {3, 4, 5, 8, 9, 10, 11}  # 6 and 7 are by the artists of 0 and 1
    keys = np.array(rows.artist_keys)
    assert not set(keys[divided.seen]) & set(keys[divided.kept])


def test_else_whole_artists_are_kept_out(dataset: Dataset) -> None:
    rows = Rows.of(dataset)
    divided = divide_for_search(rows, seed=0)
    assert divided.by == "artist"
    assert len(divided.seen) + len(divided.kept) == len(rows)
    assert 0.1 < len(divided.kept) / len(rows) < 0.4
    keys = np.array(rows.artist_keys)
    assert not set(keys[divided.seen]) & set(keys[divided.kept])
    again = divide_for_search(rows, seed=0)
    np.testing.assert_array_equal(again.kept, divided.kept)


def test_or_whole_songs_where_a_genre_has_one_artist(make_dataset: Make) -> None:
    assert divide_for_search(Rows.of(make_dataset(artists=1)), seed=0).by == "song"


def test_a_genre_that_is_kept_out_as_a_whole_is_named(make_dataset: Make) -> None:
    rows = Rows.of(make_dataset(split=dict.fromkeys(range(6), "valid")))
    with pytest.raises(SearchError, match="no song of blues, jazz, rock to search by"):
        divide_for_search(rows, seed=0)
