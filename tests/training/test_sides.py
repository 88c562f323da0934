from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from lib.dataset import Dataset
from lib.errors import TrainingError
from lib.training.sides import divide


def with_splits(dataset: Dataset, **tracks: str) -> Dataset:
    """Return the data set with the splits of some tracks changed: ``blues_000="valid"``."""
    table = dataset.tracks.copy()
    for track, split in tracks.items():
        table.loc[track.replace("_", "."), "split"] = split
    return Dataset(dataset.folder, table, dataset.features)


def test_a_fifth_is_held_out_in_whole_artists(dataset: Dataset) -> None:
    sides = divide(dataset, seed=0)
    assert sides.by == "artist"
    assert len(sides.validation) == 9
    assert not set(dataset.artist[sides.training]) & set(dataset.artist[sides.validation])
    assert sorted([*sides.training, *sides.validation]) == list(range(45))


def test_where_artists_are_unknown_songs_are_held_out(make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset(artists=0, windows=4)
    sides = divide(dataset, seed=0)
    assert not set(dataset.track[sides.training]) & set(dataset.track[sides.validation])
    assert {*dataset.genre[sides.validation]} == {"blues", "jazz", "rock"}


def test_where_an_artist_is_a_genre_songs_are_held_out(
    make_dataset: Callable[..., Dataset],
) -> None:
    assert divide(make_dataset(artists=1), seed=0).by == "song"


def test_the_tables_own_split_is_kept_to(make_dataset: Callable[..., Dataset]) -> None:
    dataset = with_splits(
        make_dataset(split="train"),
        blues_001="valid", jazz_002="valid", rock_003="valid", rock_004="excluded",
        blues_005="test", jazz_006="test", jazz_007="",
    )  # fmt: skip
    sides = divide(dataset, seed=0)
    assert sides.by == "split"
    assert set(dataset.track[sides.validation]) == {"blues.001", "jazz.002", "rock.003"}
    assert set(dataset.track[sides.excluded]) == {"rock.004"}
    assert set(dataset.track[sides.test]) == {"blues.005", "jazz.006"}
    assert "jazz.007" in set(dataset.track[sides.training])
    assert not set(sides.refit.tolist()) & set(sides.test.tolist())
    assert len(sides.refit) == 43


def test_test_and_excluded_rows_are_never_held_out(make_dataset: Callable[..., Dataset]) -> None:
    dataset = with_splits(make_dataset(), blues_001="test", jazz_001="excluded")
    for seed in range(5):
        sides = divide(dataset, seed=seed)
        for rows in (sides.training, sides.validation):
            assert not {"blues.001", "jazz.001"} & set(dataset.track[rows])


@pytest.mark.parametrize(
    ("make", "match"),
    [
        (lambda make: make(songs=4), r"blues \(4\), jazz \(4\), rock \(4\)\. Each needs 5, as one"),
        (lambda make: with_splits(make(songs=5), jazz_000="test"), r"learn from: jazz \(4\)"),
        (lambda make: make(("jazz",)), "toy holds only jazz; a model needs two genres"),
        (lambda make: make(()), "toy holds no songs with features"),
        (
            lambda make: with_splits(make(), jazz_003="validation"),
            r"split of track jazz\.003 in tracks\.csv is 'validation'; it must be train, valid",
        ),
        (
            lambda make: with_splits(make(songs=5), **{f"rock_{i:03}": "valid" for i in range(5)}),
            "leaves no song of rock to learn from",
        ),
    ],
)
def test_tables_that_cannot_be_learned_from_are_refused(
    make_dataset: Callable[..., Dataset],
    make: Callable[[Callable[..., Dataset]], Dataset],
    match: str,
) -> None:
    with pytest.raises(TrainingError, match=match):
        divide(make(make_dataset), seed=0)


def test_replicas_alone_make_no_genre(make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset(songs=5)
    features = dataset.features.copy()
    features.iloc[5:10] = np.ones(85)
    with pytest.raises(TrainingError, match=r"No songs can be held out .* jazz has too few"):
        divide(Dataset(dataset.folder, dataset.tracks, features), seed=0)
