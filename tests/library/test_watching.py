"""A folder that is watched: what arrives is heard once it is complete, and once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from lib.library import Crew, Song, watch
from lib.library.song import stamp_of
from lib.library.watching import Arrivals


class Watching:
    """A watch that runs as far as a test wants."""

    def __init__(self, folder: Path, store: Path, crew: Crew) -> None:
        self._end = time.monotonic() + 120
        self.found: Iterator[Song | None] = watch(
            [folder], store, crew, settled=0.4, progress=self._patience
        )

    def _patience(self, _step: str, _fraction: float | None, /) -> None:
        assert time.monotonic() < self._end

    def until_idle(self) -> list[Song]:
        songs = []
        for song in self.found:
            if song is None:
                break
            songs.append(song)
        return songs


def test_what_arrives_is_heard_once_it_is_complete(
    formats: Path, tmp_path: Path, store: Path, crew: Crew
) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    watching = Watching(folder, store, crew)
    assert watching.until_idle() == []
    (folder / "one.wav").write_bytes((formats / "song.wav").read_bytes())
    (folder / "two.mp3").write_bytes((formats / "song.mp3").read_bytes())
    (folder / "notes.txt").write_text("no song")
    songs = watching.until_idle()
    assert {song.path.name for song in songs} == {"one.wav", "two.mp3"}
    assert all(song.genre for song in songs)
    # One that is replaced is heard again, one that failed only when it changes.
    (folder / "one.wav").write_bytes((formats / "song.flac").read_bytes())
    (folder / "two.mp3").write_text("no sound at all\n" * 50)
    songs = watching.until_idle()
    assert {song.path.name: bool(song.reason) for song in songs} == {
        "one.wav": False,
        "two.mp3": True,
    }
    watching.found.close()  # type: ignore[attr-defined]
    assert Watching(folder, store, crew).until_idle() == []


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    now = [0.0]
    arrivals = Arrivals([tmp_path], 2.0, clock=lambda: now[0])
    song = tmp_path / "slow.wav"
    for now[0] in (0.0, 1.5, 3.0, 4.5):
        with song.open("ab") as file:
            file.write(b"more")
        assert arrivals.complete({}) == []
        assert arrivals.growing
    now[0] = 6.0
    assert arrivals.complete({}) == []
    now[0] = 7.5
    assert arrivals.complete({}) == [song]
    assert not arrivals.growing
    now[0] = 9.0
    assert arrivals.complete({}) == []
    arrivals.forget(song)
    now[0] = 10.5
    assert arrivals.complete({song: stamp_of(song)}) == []
    assert not arrivals.growing
    song.unlink()
    now[0] = 12.0
    assert arrivals.complete({}) == []
