"""Segments of a data set's songs: computed once, kept beside the tables, and as JSON."""

from __future__ import annotations

import json
import os
from pathlib import Path

import numpy as np
import pytest

from lib.audio import read_audio
from lib.dataset import Dataset, as_heard, cache_path, read_dataset, write_json
from lib.errors import Cancelled, DatasetError
from lib.features import MFCC_SEGMENTS, WINDOWS
from tests.rights import rights_of_a_person
from tests.sound import music, write_song

SAMPLES = 3 * 22_050


@pytest.fixture
def dataset(made: tuple[Path, Path]) -> Dataset:
    return read_dataset(made[1])


def count(heard: list[float | None]) -> int:
    """Return how many songs a progress was told of."""
    return len(set(heard) - {0.0})


def test_each_segment_is_a_row_of_its_song(dataset: Dataset) -> None:
    heard = as_heard(dataset, MFCC_SEGMENTS, workers=1)
    assert heard.X.shape == (12, 130 * 13)
    assert heard.labels == dataset.labels
    assert sorted(heard.track) == sorted(dataset.tracks.index)
    path = dataset.audio(heard.track[5])
    assert path is not None
    expected = MFCC_SEGMENTS.compute(read_audio(path)[:SAMPLES])
    np.testing.assert_allclose(heard.X[5], expected, rtol=1e-6, atol=1e-4)


def test_windows_are_what_the_tables_hold(dataset: Dataset) -> None:
    assert as_heard(dataset, WINDOWS) is dataset


def test_only_what_changed_is_heard_again(dataset: Dataset) -> None:
    told: list[float | None] = []

    def watch(_step: str, fraction: float | None, /) -> None:
        told.append(fraction)

    before = as_heard(dataset, MFCC_SEGMENTS, workers=1, progress=watch)
    assert count(told) == 12
    told.clear()
    again = as_heard(dataset, MFCC_SEGMENTS, workers=1, progress=watch)
    assert told == []
    np.testing.assert_array_equal(again.X, before.X)

    track = dataset.tracks.index[3]
    path = dataset.audio(track)
    assert path is not None
    write_song(path, music(9.5, pitch=500), rate=22_050)
    anew = as_heard(dataset, MFCC_SEGMENTS, workers=1, progress=watch)
    assert count(told) == 1
    assert (anew.track == track).sum() == 3
    others = anew.track != track
    np.testing.assert_array_equal(anew.X[others], before.X[before.track != track])


def test_stopped_it_goes_on_where_it_was(dataset: Dataset) -> None:
    def stop(_step: str, fraction: float | None, /) -> None:
        if fraction and fraction >= 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        as_heard(dataset, MFCC_SEGMENTS, workers=1, progress=stop)
    told: list[float | None] = []
    as_heard(dataset, MFCC_SEGMENTS, workers=1, progress=lambda _, done: told.append(done))
    assert 0 < count(told) <= 6


def test_songs_that_are_gone_or_no_songs_are_left_out(dataset: Dataset) -> None:
    gone, broken = (dataset.audio(track) for track in dataset.tracks.index[:2])
    assert gone is not None
    assert broken is not None
    gone.unlink()
    broken.write_text("la la la")
    heard = as_heard(dataset, MFCC_SEGMENTS, workers=1)
    assert set(dataset.tracks.index) - set(heard.track) == set(dataset.tracks.index[:2])


def test_no_audio_at_all_is_told(dataset: Dataset) -> None:
    dataset.tracks["audio"] = ""
    with pytest.raises(DatasetError, match="audio of none of its 12 songs can be heard"):
        as_heard(dataset, MFCC_SEGMENTS)


@pytest.mark.parametrize("damage", [b"", b"PK\x03\x04", b"nonsense"])
def test_what_was_kept_and_is_damaged_is_made_anew(dataset: Dataset, damage: bytes) -> None:
    cache_path(dataset, MFCC_SEGMENTS).write_bytes(damage)
    assert len(as_heard(dataset, MFCC_SEGMENTS, workers=1).X) == 12


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no such permissions")
def test_a_folder_that_can_not_be_written_will_do(dataset: Dataset) -> None:
    dataset.folder.chmod(0o555)
    with rights_of_a_person():
        assert len(as_heard(dataset, MFCC_SEGMENTS, workers=1).X) == 12
    dataset.folder.chmod(0o755)
    assert not cache_path(dataset, MFCC_SEGMENTS).exists()


def test_json_holds_the_same_segments(dataset: Dataset, tmp_path: Path) -> None:
    heard = as_heard(dataset, MFCC_SEGMENTS, workers=1)
    write_json(heard, MFCC_SEGMENTS, tmp_path / "segments.json")
    content = json.loads((tmp_path / "segments.json").read_text(encoding="utf-8"))
    assert set(content) == {"mapping", "labels", "track", "mfcc"}
    assert [content["mapping"][label] for label in content["labels"]] == list(heard.genre)
    assert content["track"] == list(heard.track)
    mfcc = np.array(content["mfcc"])
    assert mfcc.shape == (12, 130, 13)
    np.testing.assert_allclose(mfcc.reshape(12, -1), heard.X, atol=5e-5)
