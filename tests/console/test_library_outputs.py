"""A library written anew whenever it changes."""

from __future__ import annotations

from pathlib import Path

from lib.console.library_outputs import Outputs
from lib.library import Song


def test_a_playlist_goes_with_the_last_of_its_songs(tmp_path: Path) -> None:
    songs = [
        Song(Path(f"/music/{genre}.mp3"), None, genre, genre=genre) for genre in ("pop", "ska")
    ]
    lists = tmp_path / "lists"
    lists.mkdir()
    (lists / "mine.m3u8").write_text("#EXTM3U")
    outputs = Outputs([tmp_path / "heard.csv"], lists)
    assert outputs.write(songs) == [
        f"2 songs written to {tmp_path / 'heard.csv'}", f"2 playlists written to {lists}",
    ]  # fmt: skip
    assert outputs.write(songs[:1])[1] == f"1 playlist written to {lists}"
    assert {path.name for path in lists.iterdir()} == {"mine.m3u8", "pop.m3u8"}
    assert Outputs([], None).write(songs) == []
