"""The nearest songs that were learned from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lib.explanation.neighbours import KNOWN, neighbours
from lib.model import Confidence, Model, Song, Songs, load_model

Maker = Callable[..., np.ndarray]


def near(model: Model, X: np.ndarray) -> list:
    return list(neighbours(model, model.songs, model.given(X)))


def test_a_song_learned_from_finds_itself(model: Model, features: Maker) -> None:
    found = near(model, features(90)[17:18])
    assert [len(found), found[0].song.track] == [3, "song.017"]
    assert (found[0].how, found[0].known, found[0].nearer_than) == (KNOWN, True, 1.0)
    assert found[0].distance < 0.1  # float16 keeps three digits
    assert not found[1].known
    assert found[0].distance < found[1].distance < found[2].distance


def test_the_nearest_is_as_far_as_the_measure_of_outliers_says(
    model: Model, features: Maker
) -> None:
    X = features(1, seed=4)
    expected = model.songs.nearest(model.given(X))
    assert near(model, X)[0].distance == pytest.approx(float(np.median(expected)))


def test_far_is_what_an_outlier_is(model: Model, features: Maker) -> None:
    X = features(1, seed=4)
    distance = near(model, X)[0].distance
    doubtful = replace(model, confidence=Confidence(1.0, 0.5, distance * 0.99, "validation", 90))
    assert doubtful.is_outlier(X)
    assert {each.how for each in near(doubtful, X)} == {"far"}
    surer = replace(model, confidence=Confidence(1.0, 0.5, distance * 1.01, "validation", 90))
    assert not surer.is_outlier(X)
    assert near(surer, X)[0].how != "far"
    assert near(model, 5 * X)[0].how == "far"
    assert near(model, 5 * X)[0].nearer_than == 0


def test_each_song_once_however_many_windows(
    model: Model, features: Maker, with_songs: Callable[..., Model]
) -> None:
    X = features(30)
    rows = np.repeat(X, 2, axis=0)
    rows[1::2] += 0.01
    several = with_songs(replace(model, songs=None), rows, windows=2)
    found = near(several, X[3:4])
    assert len({each.song.track for each in found}) == 3
    assert found[0].song.track == "song.003"


def test_fewer_songs_than_three(model: Model, features: Maker) -> None:
    songs = model.songs
    one = Songs(songs.songs[:1], np.zeros(1, np.int32), songs.Z[:1])
    found = near(replace(model, songs=one), features(1, seed=2))
    # With nothing to compare distances with, nothing is called near.
    assert [(each.song.track, each.how) for each in found] == [("song.000", "far")]


def test_songs_by_nobody_known_are_by_different_artists(model: Model, features: Maker) -> None:
    songs = tuple(Song(f"t{i}", "", "", "rock") for i in range(90))
    nameless = replace(model, songs=replace(model.songs, songs=songs))
    assert near(nameless, features(1, seed=2))[0].nearer_than > 0


def test_of_the_shipped_model_replicas_are_known_and_no_two_artists_alike(root: object) -> None:
    model = load_model(root / "outputs" / "models" / "mlp85")
    Z = model.songs.Z.astype(float)
    found = [neighbours(model, model.songs, Z[i : i + 1]) for i in range(0, 710, 5)]
    assert all(three[0].known for three in found)  # each song itself
    for three in found:
        artist = three[0].song.artist
        for other in three[1:]:
            strangers = bool(artist) and bool(other.song.artist) and other.song.artist != artist
            assert not (other.known and strangers)
