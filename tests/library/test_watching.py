"""A folder that is watched: what arrives is heard once it is complete, and once."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

from lib.library import Crew, Gone, Song, watch
from lib.library.song import stamp_of
from lib.library.watching import Arrivals


class Watching:
    """A watch that runs as far as a test wants."""

    def __init__(self, folder: Path, store: Path, crew: Crew, *seen: Path) -> None:
        self._end = time.monotonic() + 120
        self.found: Iterator[Song | Gone | None] = watch(
            [folder], store, crew, seen=seen, settled=0.4, progress=self._patience
        )

    def _patience(self, _step: str, _fraction: float | None, /) -> None:
        assert time.monotonic() < self._end

    def until_idle(self) -> list[Song]:
        songs = self.until_told()
        assert all(isinstance(song, Song) for song in songs)
        return songs  # type: ignore[return-value]

    def until_told(self) -> list[Song | Gone]:
        told = []
        for found in self.found:
            if found is None:
                break
            told.append(found)
        return told


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


def test_what_leaves_is_told_and_known_again_when_it_comes_back(
    formats: Path, tmp_path: Path, store: Path, crew: Crew
) -> None:
    folder = tmp_path / "arriving"
    for name in ("one.wav", "two.mp3", "deep/three.flac"):
        path = folder / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_bytes((formats / f"song{path.suffix}").read_bytes())
    heard = {song.path.name: song for song in Watching(folder, store, crew).until_idle()}
    assert set(heard) == {"one.wav", "two.mp3", "three.flac"}
    # What went before the watching began is told as well, to whoever had it.
    (folder / "one.wav").unlink()
    watching = Watching(folder, store, crew, *(song.path for song in heard.values()))
    assert watching.until_told() == [Gone(folder / "one.wav")]
    (folder / "two.mp3").rename(folder / "renamed.mp3")
    (folder / "deep").rename(tmp_path / "elsewhere")
    told = watching.until_told()
    assert {each.path for each in told if isinstance(each, Gone)} == {
        folder / "two.mp3", folder / "deep" / "three.flac",
    }  # fmt: skip
    assert [each.path.name for each in told if isinstance(each, Song)] == ["renamed.mp3"]
    (tmp_path / "elsewhere").rename(folder / "deep")
    (back,) = watching.until_idle()
    assert back == heard["three.flac"]


def test_a_folder_that_is_not_there_for_a_while_has_lost_nothing(tmp_path: Path) -> None:
    now = [0.0]
    folder, song = tmp_path / "disk", tmp_path / "disk" / "song.wav"
    folder.mkdir()
    song.write_bytes(b"sound")
    arrivals = Arrivals([folder, tmp_path / "one.wav"], 2.0, clock=lambda: now[0])
    arrivals.complete({song: stamp_of(song)})
    assert arrivals.gone({song}) == []
    folder.rename(tmp_path / "away")
    now[0] = 5.0
    arrivals.complete({})
    assert arrivals.gone({song, tmp_path / "one.wav"}) == [tmp_path / "one.wav"]
    assert arrivals.gone({song, tmp_path / "one.wav"}) == []
    folder.mkdir()
    now[0] = 10.0
    arrivals.complete({})
    assert arrivals.gone({song}) == [song]


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
