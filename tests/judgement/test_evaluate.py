from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from lib.dataset import Dataset
from lib.errors import ModelError
from lib.features import FEATURE_NAMES, FEATURES_VERSION
from lib.judgement import evaluate, judge_songs, song_means
from lib.model import Layer, Model, Network, Scaler

LABELS = ("blues", "jazz", "rock")


@pytest.fixture
def model() -> Model:
    """Return a model that decides by the greatest of the first three features."""
    kernel = np.zeros((85, 3), np.float32)
    kernel[[0, 1, 2], [0, 1, 2]] = 1
    return Model(
        name="by hand",
        labels=LABELS,
        feature_names=FEATURE_NAMES,
        features_version=FEATURES_VERSION,
        scaler=Scaler(np.zeros(85), np.ones(85)),
        network=Network("linear", 85, (Layer(3, "softmax"),)),
        weights=((kernel, np.zeros(3, np.float32)),),
    )


@pytest.fixture
def make_dataset() -> Callable[..., Dataset]:
    def make(songs: dict[str, tuple[str, list[list[float]]]]) -> Dataset:
        tracks = pd.DataFrame(
            {
                column: pd.Series("", index=list(songs), dtype=object)
                for column in ("genre", "artist", "title", "split")
            }
        )
        tracks["genre"] = [genre for genre, _ in songs.values()]
        index = [track for track, (_, windows) in songs.items() for _ in windows]
        X = np.zeros((len(index), 85))
        X[:, :3] = [window for _, windows in songs.values() for window in windows]
        return Dataset(Path("toy"), tracks, pd.DataFrame(X, index=index, columns=FEATURE_NAMES))

    return make


def test_songs_are_judged_by_the_mean_of_their_windows(
    model: Model, make_dataset: Callable[..., Dataset]
) -> None:
    dataset = make_dataset(
        {
            # Two windows lean to jazz a little, one to blues a lot: its mean is blues.
            "long": ("blues", [[0, 0.2, 0], [5, 0, 0], [0, 0.2, 0]]),
            "short": ("rock", [[0, 0, 1]]),
            "wrong": ("rock", [[0, 1, 0]]),
        }
    )
    judgement = evaluate(model, dataset)
    assert judgement.n == 3
    assert judgement.confusion.tolist() == [[1, 0, 0], [0, 0, 0], [0, 1, 1]]
    assert judgement.labels == LABELS


def test_unknown_genres_are_named(model: Model, make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset({"a": ("polka", [[1, 0, 0]]), "b": ("ska", [[1, 0, 0]])})
    with pytest.raises(ModelError, match=r"doesn't know the genres polka, ska; it knows blues"):
        evaluate(model, dataset)


def test_features_of_another_making_are_refused(
    model: Model, make_dataset: Callable[..., Dataset]
) -> None:
    dataset = make_dataset({"a": ("jazz", [[1, 0, 0]])})
    with pytest.raises(ModelError, match="features of version 0"):
        evaluate(replace(model, features_version="0"), dataset)


def test_means_are_by_song_wherever_its_windows_stand() -> None:
    track = np.array(["b", "a", "b"], dtype=object)
    first, means = song_means(track, np.array([[1.0, 0], [0, 1], [0, 1]]))
    assert first.tolist() == [0, 1]
    assert means.tolist() == [[0.5, 0.5], [0, 1]]


def test_any_score_will_do() -> None:
    track = np.array(["a", "a", "b"], dtype=object)
    genre = np.array(["rock", "rock", "jazz"], dtype=object)
    scores = np.array([[-3.0, 2], [-3, 1], [7, -1]])
    assert judge_songs(track, genre, scores, labels=("jazz", "rock")).accuracy == 1
