"""The store: whole after every stop, for one run at a time, for one folder of songs."""

from __future__ import annotations

import sqlite3
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lib.dataset.extraction import Heard
from lib.dataset.store import STORE, open_store, table_lock
from lib.errors import DatasetError

FEATURES, EXTRA = np.arange(170.0).reshape(2, 85), np.arange(12.0).reshape(2, 6)
HEARD = Heard(FEATURES, EXTRA, "=Title", "NA", 61.5, ("cut off",), 7, 1 << 60)


@pytest.fixture
def song(tmp_path: Path) -> Path:
    path = tmp_path / "songs" / "a.mp3"
    path.parent.mkdir()
    path.write_bytes(b"1234567")
    return path


def test_a_song_comes_back_as_it_was_kept(tmp_path: Path, song: Path) -> None:
    with open_store(tmp_path / "set", source=song.parent) as store:
        store.keep("a.mp3", HEARD)
    with open_store(tmp_path / "set", source=song.parent) as store:
        heard = store.heard("a.mp3")
        assert heard is not None
        assert np.array_equal(heard.features, FEATURES)
        assert heard.extra is not None
        assert np.array_equal(heard.extra, EXTRA)
        assert replace(heard, features=FEATURES, extra=EXTRA) == HEARD
        assert store.heard("b.mp3") is None
        store.forget(["a.mp3"])
        assert store.heard("a.mp3") is None


def test_a_song_is_current_until_it_changes(tmp_path: Path, song: Path) -> None:
    with open_store(tmp_path / "set", source=song.parent) as store:
        assert not store.is_current("a.mp3", song)
        store.keep("a.mp3", replace(HEARD, mtime_ns=song.stat().st_mtime_ns))
        assert store.is_current("a.mp3", song)
        song.write_bytes(b"12345678")
        assert not store.is_current("a.mp3", song)
        song.unlink()
        assert not store.is_current("a.mp3", song)


def test_other_features_make_all_songs_stale(tmp_path: Path, song: Path) -> None:
    with open_store(tmp_path / "set", source=song.parent) as store:
        store.keep("a.mp3", replace(HEARD, mtime_ns=song.stat().st_mtime_ns))
    connection = sqlite3.connect(tmp_path / "set" / STORE)
    with connection:
        connection.execute("UPDATE song SET version = 'older'")
    connection.close()
    with open_store(tmp_path / "set", source=song.parent) as store:
        assert not store.is_current("a.mp3", song)


def make_older(path: Path) -> None:
    """Make of a store what the first version would have left: no extra features."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("ALTER TABLE song DROP COLUMN extra")
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_a_store_of_the_first_version_is_taken_over(tmp_path: Path, song: Path) -> None:
    with open_store(tmp_path / "set", source=song.parent) as store:
        store.keep("a.mp3", replace(HEARD, mtime_ns=song.stat().st_mtime_ns))
        assert not store.lacks_extra("a.mp3")
    make_older(tmp_path / "set" / STORE)
    for _ in range(2):
        with open_store(tmp_path / "set", source=song.parent) as store:
            assert store.is_current("a.mp3", song)
            assert store.lacks_extra("a.mp3")
            assert not store.lacks_extra("b.mp3")
            heard = store.heard("a.mp3")
            assert heard is not None
            assert np.array_equal(heard.features, FEATURES)
            assert heard.extra is None


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with (
        open_store(tmp_path, source=tmp_path),
        pytest.raises(DatasetError, match=r"another run of 00_preprocess\.py works on it"),
        open_store(tmp_path, source=tmp_path),
    ):
        pass


def test_who_changes_the_tables_and_a_run_keep_out_of_each_others_way(tmp_path: Path) -> None:
    with table_lock(tmp_path):
        assert not (tmp_path / STORE).exists()
    with open_store(tmp_path, source=tmp_path):
        start = time.monotonic()
        with (
            pytest.raises(DatasetError, match=r"another run of 00_preprocess\.py works on it"),
            table_lock(tmp_path, seconds=0.1),
        ):
            pass
        assert time.monotonic() - start < 5.0
    with (
        table_lock(tmp_path),
        pytest.raises(DatasetError, match="works on it"),
        open_store(tmp_path, source=tmp_path),
    ):
        pass
    with open_store(tmp_path, source=tmp_path) as store:
        assert store.written() == {}


def test_another_folder_of_songs(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with open_store(tmp_path / "set", source=tmp_path / "a"):
        pass
    with (
        pytest.raises(DatasetError, match=r"was made from .*a, not from .*b; .* by --name"),
        open_store(tmp_path / "set", source=tmp_path / "b"),
    ):
        pass


def test_songs_and_set_may_move_together(tmp_path: Path) -> None:
    (tmp_path / "here" / "songs").mkdir(parents=True)
    with open_store(tmp_path / "here" / "set", source=tmp_path / "here" / "songs") as store:
        store.keep("a.mp3", HEARD)
    there = (tmp_path / "here").rename(tmp_path / "there")
    with open_store(there / "set", source=there / "songs") as store:
        assert store.heard("a.mp3") is not None
    (there / "set").rename(tmp_path / "set")
    with open_store(tmp_path / "set", source=there / "songs") as store:
        assert store.heard("a.mp3") is not None


def test_a_damaged_store(tmp_path: Path) -> None:
    (tmp_path / STORE).write_bytes(b"no database at all" * 100)
    with (
        pytest.raises(DatasetError, match=r"heard\.sqlite: it is damaged .*delete it"),
        open_store(tmp_path, source=tmp_path),
    ):
        pass


def test_a_later_store(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / STORE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with (
        pytest.raises(DatasetError, match="another version of Earmark wrote it"),
        open_store(tmp_path, source=tmp_path),
    ):
        pass


def test_a_file_where_the_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "set").touch()
    with (
        pytest.raises(DatasetError, match="it can't be opened"),
        open_store(tmp_path / "set", source=tmp_path),
    ):
        pass
