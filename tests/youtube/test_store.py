"""The bounded folder of songs: whole or not there, and never dropped while used."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from lib.youtube.entry import Entry, Fetched
from lib.youtube.locks import try_hold
from lib.youtube.store import Store

ID = "dQw4w9WgXcQ"


def put(store: Store, video_id: str, size: int = 1000, *, used: float | None = None) -> None:
    """Put a song in, last used at a time of 2001."""
    store.folder.mkdir(parents=True, exist_ok=True)
    file = store.folder / f"{video_id}.140.{size}.m4a"
    file.write_bytes(b"x" * size)
    store.keep(file, Entry(video_id, f"Song {video_id}", "A channel", 4.0))
    if used is not None:
        for path in store.folder.glob(f"{video_id}.*"):
            os.utime(path, (used, used))


def get(store: Store, video_id: str) -> Fetched:
    found = store.find(video_id)
    assert found is not None
    return found


def ids(store: Store) -> set[str]:
    """Return the songs that are there, in whole or in part."""
    return {path.name[:11] for path in store.folder.iterdir() if path.is_file()}


def test_what_is_kept_is_found(tmp_path: Path) -> None:
    store = Store(tmp_path / "songs", 10_000)
    assert store.find(ID) is None
    put(store, ID)
    with get(store, ID) as found:
        assert found.path == tmp_path / "songs" / f"{ID}.m4a"
        assert found.path.read_bytes() == b"x" * 1000
        assert found.entry == Entry(ID, f"Song {ID}", "A channel", 4.0)
        assert not found.downloaded


def test_what_was_left_of_another_format_goes(tmp_path: Path) -> None:
    store = Store(tmp_path, 10_000)
    (tmp_path / f"{ID}.251.99.webm.part").write_bytes(b"part")
    (tmp_path / f"{ID}.webm").write_bytes(b"old")
    store.keep_picture(ID, b"picture")
    put(store, ID)
    names = {path.name for path in tmp_path.iterdir() if path.is_file()}
    assert names == {f"{ID}.m4a", f"{ID}.json", f"{ID}.jpg"}
    assert store.picture(ID) == b"picture"
    assert store.picture("x" * 11) is None


@pytest.mark.parametrize(
    "damage",
    [
        {"id": "DQW4W9WGXCQ"},  # another song of the same name, on a disk that knows no case
        {"file": "../../etc/passwd"},
        {"file": f"{ID}.webm"},
        {"file": None},
        {"bytes": 999},
        {"id": 3},
    ],
)
def test_what_does_not_fit_together_is_not_found(tmp_path: Path, damage: dict[str, object]) -> None:
    store = Store(tmp_path, 10_000)
    put(store, ID)
    details = tmp_path / f"{ID}.json"
    details.write_text(json.dumps({**json.loads(details.read_text()), **damage}))
    assert store.find(ID) is None


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "{}"])
def test_a_damaged_file_is_not_found(tmp_path: Path, text: str) -> None:
    store = Store(tmp_path, 10_000)
    put(store, ID)
    (tmp_path / f"{ID}.json").write_text(text)
    assert store.find(ID) is None


def test_the_least_recently_used_goes_first(tmp_path: Path) -> None:
    store = Store(tmp_path, 3_500)
    for age, letter in enumerate("abcd"):
        put(store, letter * 11, used=1e9 + age)
    get(store, "a" * 11).close()  # used now
    store.trim()
    assert ids(store) == {"a" * 11, "c" * 11, "d" * 11}
    store.trim(room=2_000)
    assert ids(store) == {"a" * 11}
    locks = {path.name for path in (tmp_path / "locks").iterdir()}
    assert locks == {"a" * 11 + ".use"}


def test_a_song_in_use_stays(tmp_path: Path) -> None:
    store = Store(tmp_path, 0)
    put(store, "a" * 11, used=1e9)
    put(store, "b" * 11, used=1e9)
    first, second = get(store, "a" * 11), get(store, "a" * 11)
    store.trim()
    assert ids(store) == {"a" * 11}
    first.close()
    store.trim()
    assert ids(store) == {"a" * 11}
    del second  # forgotten is as good as closed
    store.trim()
    assert ids(store) == set()


def test_a_song_that_is_being_downloaded_stays(tmp_path: Path) -> None:
    store = Store(tmp_path, 0)
    part = tmp_path / f"{ID}.140.99.m4a.part"
    part.write_bytes(b"part")
    hold = store.reserve(ID)
    assert hold is not None
    assert store.reserve(ID) is None
    store.trim()
    assert part.exists()
    store.release(ID, hold)
    store.trim()
    assert not part.exists()


def test_files_of_others_are_left_alone(tmp_path: Path) -> None:
    for name in ("notes.txt", "my-song.mp3", ".hidden"):
        (tmp_path / name).write_text("mine")
    Store(tmp_path, 0).trim()
    assert len(list(tmp_path.iterdir())) == 3


def test_a_lock_parts_processes_and_ends_with_them(tmp_path: Path) -> None:
    lock = tmp_path / "locks" / "x.use"
    code = (
        "import sys; from pathlib import Path; from lib.youtube.locks import try_hold;"
        "hold = try_hold(Path(sys.argv[1]), shared=False); print(hold is not None, flush=True);"
        "input()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(lock)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        assert try_hold(lock, shared=True) is None
        other.kill()
        other.wait()
        hold = try_hold(lock, shared=True)
        assert hold is not None
        shared = try_hold(lock, shared=True)
        assert shared is not None
        assert try_hold(lock, shared=False) is None
        hold.close()
        hold.close()
        shared.close()
        assert try_hold(lock, shared=False) is not None


def test_threads_that_find_and_drop_at_once_never_see_half_a_song(tmp_path: Path) -> None:
    store = Store(tmp_path, 2_500)
    wrong: list[str] = []

    def work(seed: int) -> None:
        for turn in range(60):
            video_id = "abcd"[(turn * 7 + seed) % 4] * 11
            hold = store.reserve(video_id)
            if hold is not None:
                put(store, video_id)
                store.release(video_id, hold)
            found = store.find(video_id)
            store.trim()
            if found is not None and found.path.read_bytes() != b"x" * 1000:
                wrong.append(video_id)

    threads = [threading.Thread(target=work, args=(seed,)) for seed in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    store.trim()
    assert sum(path.stat().st_size for path in tmp_path.iterdir() if path.is_file()) <= 2_500
