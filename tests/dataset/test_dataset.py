"""A data set: read, described per window, recognised, written."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lib.dataset import Dataset, read_dataset, write_dataset
from lib.errors import DatasetError
from lib.features import EXTRA_NAMES, FEATURE_NAMES


@pytest.fixture
def dataset(tables: Path) -> Dataset:
    return read_dataset(tables)


def test_a_row_a_window(dataset: Dataset) -> None:
    assert dataset.X.shape == (4, 85)
    assert dataset.X.dtype == np.float64
    assert list(dataset.track) == ["a", "b", "b", "c"]
    assert list(dataset.genre) == ["blues", "jazz", "jazz", "jazz"]
    assert list(dataset.split) == ["train", "valid", "valid", ""]
    assert dataset.labels == ("blues", "jazz")
    assert list(dataset.features.columns) == list(FEATURE_NAMES)


def test_names_that_look_missing_are_names(dataset: Dataset) -> None:
    assert list(dataset.artist) == ["NA", "nan", "nan", ""]
    assert list(dataset.tracks["title"]) == ["None", "", "null"]


def test_columns_that_are_not_there_are_empty(dataset: Dataset) -> None:
    assert list(dataset.tracks["warnings"]) == ["", "", ""]
    assert dataset.tracks["seconds"].isna().all()
    assert dataset.tracks.at["a", "tempo_true"] == 120.5
    assert np.isnan(dataset.tracks.at["b", "tempo_true"])


def test_where_the_audio_lies(dataset: Dataset, tmp_path: Path) -> None:
    assert dataset.audio("a") == dataset.folder / "audio/a.wav"
    assert dataset.audio("b") is None


def test_a_song_without_features_gives_no_row(tables: Path) -> None:
    with (tables / "tracks.csv").open("a") as file:
        file.write("d,polka,,,,,\n")
    dataset = read_dataset(tables)
    assert "d" in dataset.tracks.index
    assert dataset.labels == ("blues", "jazz")


def test_a_genre_can_be_left_out(dataset: Dataset) -> None:
    jazz = dataset.without(["blues"])
    assert jazz.labels == ("jazz",)
    assert list(jazz.track) == ["b", "b", "c"]
    np.testing.assert_array_equal(jazz.X, dataset.X[1:])
    assert jazz.fingerprint != dataset.fingerprint
    assert dataset.without([]).fingerprint == dataset.fingerprint
    with pytest.raises(DatasetError, match=r"no genre polka .* it has blues, jazz"):
        dataset.without(["polka", "jazz"])


def test_the_fingerprint_is_of_the_content(dataset: Dataset) -> None:
    turned = replace(
        dataset,
        tracks=dataset.tracks[::-1],
        features=dataset.features.iloc[[3, 1, 2, 0]] * (1 + 1e-12),
    )
    assert turned.fingerprint == dataset.fingerprint
    titled = replace(dataset, tracks=dataset.tracks.assign(title="other"))
    assert titled.fingerprint == dataset.fingerprint


@pytest.mark.parametrize("column", ["genre", "artist", "split"])
def test_the_fingerprint_sees_every_change_of_a_song(dataset: Dataset, column: str) -> None:
    tracks = dataset.tracks.copy()
    tracks.loc["b", column] = "other"
    assert replace(dataset, tracks=tracks).fingerprint != dataset.fingerprint


def test_the_fingerprint_sees_features_and_their_order_in_time(dataset: Dataset) -> None:
    features = dataset.features.copy()
    features.iloc[0, 0] += 1e-5
    assert replace(dataset, features=features).fingerprint != dataset.fingerprint
    swapped = dataset.features.iloc[[0, 2, 1, 3]]
    assert replace(dataset, features=swapped).fingerprint != dataset.fingerprint


def write_extra(folder: Path, *tracks: str) -> None:
    header = ",".join(("track", *EXTRA_NAMES))
    lines = [f"{track},{','.join(f'{i}.{k}' for k in range(6))}" for i, track in enumerate(tracks)]
    (folder / "extra.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")


def test_extra_features_stand_beside_those_of_their_window(tables: Path, tmp_path: Path) -> None:
    write_extra(tables, "c", "b", "b", "a")
    dataset = read_dataset(tables)
    assert dataset.extra is not None
    chosen = dataset.values(["zcr_std", "tempo", "zcr_mean"])
    assert chosen[:, 0].tolist() == [3.1, 1.1, 2.1, 0.1]
    assert chosen[:, 2].tolist() == [3.0, 1.0, 2.0, 0.0]
    assert np.array_equal(chosen[:, 1], dataset.X[:, -1])
    there = replace(dataset, folder=tmp_path / "new")
    write_dataset(there)
    back = read_dataset(there.folder)
    assert back.extra is not None
    assert np.array_equal(back.extra, dataset.extra)


def test_extra_features_that_are_missing_are_missed_only_where_they_are_asked_for(
    tables: Path,
) -> None:
    assert read_dataset(tables).values(FEATURE_NAMES[:2]).shape == (4, 2)
    with pytest.raises(DatasetError, match=r"extra\.csv: there is no such table, and it is needed"):
        read_dataset(tables).values(["zcr_mean"])
    write_extra(tables, "a", "b", "somebody else")
    dataset = read_dataset(tables)
    assert np.array_equal(dataset.values(FEATURE_NAMES), dataset.X)
    with pytest.raises(DatasetError, match=r"2 of the tracks in features\.csv .* such as 'b'; run"):
        dataset.values(["zcr_mean"])
    with pytest.raises(DatasetError, match="There is no feature 'beat'"):
        dataset.values(["beat"])


def test_extra_features_that_are_no_numbers(tables: Path) -> None:
    write_extra(tables, "a")
    text = (tables / "extra.csv").read_text().replace("0.5", "much")
    (tables / "extra.csv").write_text(text)
    with pytest.raises(DatasetError, match=r"extra\.csv, line 2 .*centroid_std: 'much'"):
        read_dataset(tables)


def test_written_and_read_it_is_the_same(dataset: Dataset, tmp_path: Path) -> None:
    tracks = dataset.tracks.assign(mood=["=1+1", "-3", ""])
    there = replace(dataset, tracks=tracks, folder=tmp_path / "new")
    write_dataset(there)
    back = read_dataset(there.folder)
    assert back.fingerprint == dataset.fingerprint
    assert back.tracks.astype(object).equals(tracks.astype(object))
    assert np.allclose(back.X, dataset.X, rtol=1e-8)


def test_the_shared_tables_are_read_as_they_are(gtzan: Path) -> None:
    dataset = read_dataset(gtzan)
    assert dataset.X.shape == (710, 85)
    assert len(dataset.labels) == 10
    assert {split: int((dataset.split == split).sum()) for split in set(dataset.split)} == {
        "train": 443,
        "valid": 197,
        "excluded": 70,
    }
    assert dataset.values(["centroid_std"])[0] == 360.3991
    assert dataset.tracks.at["blues.00000", "artist"] == "John Lee Hooker"
    audio = dataset.audio("blues.00001")
    assert audio is not None
    assert audio.is_file()
