"""The database: whole after anything, and clear about what it can't do."""

from __future__ import annotations

import sqlite3
import threading
from pathlib import Path

import numpy as np
import pytest

from lib.collecting.database import STORE, one_run, open_store
from lib.collecting.entries import Decision
from lib.collecting.events import State
from lib.collecting.fingerprint import fingerprint
from lib.collecting.tables import excerpt_paths, kept_excerpts, new_row, sweep
from lib.errors import DatasetError
from tests.collecting.songs import tune

PRINT = fingerprint(tune(0, 5.0))
FEATURES = np.arange(182, dtype=np.float64).reshape(2, 91)


def test_entries_keep_their_numbers(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        first = store.register("list", "blues", ["b", "a"])
        other = store.register("list", "jazz", ["a"])
        again = store.register("list", "blues", ["c", "a", "b"])
    assert [first[name].number for name in "ba"] == [1, 2]
    assert other["a"].number == 3
    assert [again[name].number for name in "bac"] == [1, 2, 4]


def test_what_was_added_comes_back(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        numbers = store.register("list", "blues", ["b", "a"])
        for name in "ab":
            cells = new_row(track=f"youtube/{name}", genre="blues")
            store.add(numbers[name].number, name, cells, FEATURES, PRINT)
    with open_store(tmp_path) as store:
        songs = store.songs()
        assert [song.id for song in songs] == ["b", "a"]
        assert (songs[0].current, songs[0].written) == (True, False)
        np.testing.assert_array_equal(songs[0].features, FEATURES[:, :85])
        assert songs[0].extra is not None
        np.testing.assert_array_equal(songs[0].extra, FEATURES[:, 85:])
        np.testing.assert_array_equal(store.fingerprints()["a"].keys, PRINT.keys)
        assert store.register("list", "blues", ["a"])["a"].state is State.ADDED
        store.remove("a")
        assert [song.id for song in store.songs()] == ["b"]
        assert store.removed() == {"a"}
        store.readmit("a")
        assert store.removed() == set()


def make_older(path: Path) -> None:
    """Make of a database what the first version would have left: no extra features."""
    connection = sqlite3.connect(path)
    with connection:
        connection.execute("ALTER TABLE song DROP COLUMN extra")
        connection.execute("PRAGMA user_version = 1")
    connection.close()


def test_a_database_of_the_first_version_is_taken_over(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        number = store.register("list", "blues", ["a"])["a"].number
        store.add(number, "a", new_row(track="youtube/a", genre="blues"), FEATURES, PRINT)
    make_older(tmp_path / STORE)
    with open_store(tmp_path) as store:
        (song,) = store.songs()
        assert (song.current, song.extra) == (True, None)
        np.testing.assert_array_equal(song.features, FEATURES[:, :85])
        store.renew("a", 2 * FEATURES)
        (song,) = store.songs()
        assert song.extra is not None
        np.testing.assert_array_equal(song.extra, 2 * FEATURES[:, 85:])


def test_the_last_word_on_a_failure_counts(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        blues = store.register("list", "blues", ["a", "b"])
        jazz = store.register("list", "jazz", ["a", "b"])
        store.decide(Decision(blues["a"].number, State.SKIPPED, "private"))
        store.decide(Decision(blues["b"].number, State.FAILED, "broken"))
        store.decide(Decision(jazz["a"].number, State.FAILED, "forbidden"))
        assert store.failures() == [("a", "forbidden"), ("b", "broken")]
        store.add(jazz["b"].number, "b", new_row(track="youtube/b", genre="jazz"), FEATURES, PRINT)
        assert store.failures() == [("a", "forbidden")]


def test_a_step_that_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    with open_store(tmp_path) as store:
        number = store.register("list", "blues", ["a"])["a"].number

        def step() -> None:
            with store.transaction():
                store.decide(Decision(number, State.FAILED, "broken"))
                raise KeyboardInterrupt

        with pytest.raises(KeyboardInterrupt):
            step()
        assert store.failures() == []


def test_two_may_write_by_turns(tmp_path: Path) -> None:
    def work(playlist: str) -> None:
        with open_store(tmp_path) as store:
            for i in range(20):
                store.register(playlist, "blues", [f"{playlist}-{i}"])

    threads = [threading.Thread(target=work, args=(name,)) for name in "ab"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with open_store(tmp_path) as store:
        assert len(store.videos()) == 40


def test_what_cannot_be_used(tmp_path: Path) -> None:
    (tmp_path / STORE).write_bytes(b"no database at all" * 100)
    with pytest.raises(DatasetError, match=r"it is damaged .*Delete it: the songs stay"):
        open_store(tmp_path).__enter__()
    (tmp_path / STORE).unlink()
    connection = sqlite3.connect(tmp_path / STORE)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(DatasetError, match=r"another version of Earmark wrote it.*Delete it"):
        open_store(tmp_path).__enter__()
    (tmp_path / "file").touch()
    for opened in (open_store, one_run):
        with pytest.raises(DatasetError, match="it can't be"):
            opened(tmp_path / "file").__enter__()


def test_what_a_killed_run_left_is_swept_and_nothing_else(tmp_path: Path) -> None:
    audio = tmp_path / "audio" / "youtube"
    audio.mkdir(parents=True)
    left = [
        tmp_path / ".tracks-0123456789ab.csv",
        tmp_path / ".failed-0123456789ab.csv",
        audio / ".dQw4w9WgXcQ-0123456789ab.flac",
        audio / ".dQw4w9WgXcQ.2-0123456789ab.flac",
    ]
    mine = [tmp_path / "tracks.csv", tmp_path / ".notes.csv", audio / "dQw4w9WgXcQ.flac"]
    for path in (*left, *mine):
        path.touch()
    sweep(tmp_path)
    assert not any(path.exists() for path in left)
    assert all(path.exists() for path in mine)


def test_names_of_excerpts(tmp_path: Path) -> None:
    paths = excerpt_paths(tmp_path, "dQw4w9WgXcQ", 12)
    paths[0].parent.mkdir(parents=True)
    for path in (*paths, tmp_path / "audio" / "youtube" / "dQw4w9WgXcQ.x.flac"):
        path.touch()
    assert kept_excerpts(tmp_path, "dQw4w9WgXcQ") == paths
    assert kept_excerpts(tmp_path, "dQw4w9WgXc") == []
