"""Layouts: what a folder's shape says about its songs, and what is passed over."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.dataset.layout import read_layout
from lib.errors import DatasetError

Touch = Callable[..., Path]


def genres(folder: Path) -> dict[str, str]:
    return {song.track: song.genre for song in read_layout(folder).songs}


def test_the_first_folder_is_the_genre(touch: Touch) -> None:
    folder = touch("rock/b.mp3", "rock/A.MP3", "jazz/Mingus/Ah Um/01 Better.flac", "jazz/x/y.opus")
    layout = read_layout(folder)
    assert [song.track for song in layout.songs] == [
        "jazz/Mingus/Ah Um/01 Better.flac",
        "jazz/x/y.opus",
        "rock/A.MP3",
        "rock/b.mp3",
    ]
    assert [song.genre for song in layout.songs] == ["jazz", "jazz", "rock", "rock"]
    assert [song.folder_artist for song in layout.songs] == ["Mingus", "", "", ""]
    assert layout.songs[0].path == folder / "jazz/Mingus/Ah Um/01 Better.flac"


def test_a_name_stays_when_files_are_added(touch: Touch) -> None:
    before = genres(touch("rock/a.mp3", "jazz/a.mp3"))
    after = genres(touch("rock/a.wav", "jazz/0.mp3", "blues/a.mp3"))
    assert before.items() <= after.items()
    assert len(after) == 5


@pytest.mark.parametrize("around", ["", "genres/", "Data/genres_original/", "audio/"])
def test_gtzan(touch: Touch, around: str) -> None:
    folder = touch(
        f"{around}blues/blues.00000.au",
        f"{around}jazz/jazz.00054.wav",
        "Data/images_original/blues/blues00000.png",
        "Data/features_30_sec.csv",
    )
    assert genres(folder) == {"blues.00000": "blues", "jazz.00054": "jazz"}


def test_one_gtzan_name_in_two_formats_is_one_track(touch: Touch) -> None:
    layout = read_layout(touch("blues/blues.00000.au", "blues/blues.00000.wav", "rock/x.mp3"))
    assert [song.track for song in layout.songs] == ["blues.00000", "rock/x.mp3"]
    assert [refusal.path.name for refusal in layout.refused] == ["blues.00000.wav"]
    assert "the same track as blues/blues.00000.au" in layout.refused[0].reason


def test_a_gtzan_name_in_another_genre_stays_a_path(touch: Touch) -> None:
    assert genres(touch("jazz/blues.00000.au")) == {"jazz/blues.00000.au": "jazz"}


def test_what_is_no_song_is_passed_over(touch: Touch) -> None:
    folder = touch(
        "rock/a.mp3",
        "rock/._a.mp3",
        "rock/cover.jpg",
        "rock/list.m3u",
        "rock/Thumbs.db",
        ".trash/x.mp3",
        "__MACOSX/rock/x.mp3",
        "rock/notes.txt",
    )
    layout = read_layout(folder)
    assert [song.track for song in layout.songs] == ["rock/a.mp3"]
    assert not layout.refused


def test_a_song_outside_of_the_genres_is_refused(touch: Touch) -> None:
    layout = read_layout(touch("stray.mp3", "rock/a.mp3"))
    assert [song.track for song in layout.songs] == ["rock/a.mp3"]
    assert [refusal.path.name for refusal in layout.refused] == ["stray.mp3"]
    assert "no genre's folder" in layout.refused[0].reason


def test_a_stray_song_changes_no_genre(touch: Touch) -> None:
    layout = read_layout(touch("genres/stray.mp3", "genres/rock/a.mp3", "genres/jazz/a.mp3"))
    assert [song.genre for song in layout.songs] == ["jazz", "rock"]
    assert len(layout.refused) == 1


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_links_are_followed_once(touch: Touch) -> None:
    folder = touch("rock/a.mp3", "rock/b/c.mp3", "../elsewhere/d.mp3")
    (folder / "rock/loop").symlink_to(folder)
    (folder / "rock/b/up").symlink_to("..")
    (folder / "jazz").symlink_to(folder.parent / "elsewhere")
    (folder / "again").symlink_to(folder / "rock")
    assert genres(folder) == {"jazz/d.mp3": "jazz", "rock/a.mp3": "rock", "rock/b/c.mp3": "rock"}


@pytest.mark.skipif(os.name != "posix", reason="names are text here")
def test_a_name_that_is_no_text_is_refused(touch: Touch) -> None:
    folder = touch("rock/a.mp3")
    try:
        (folder / os.fsdecode(b"rock/caf\xe9.mp3")).touch()
    except OSError:
        pytest.skip("this file system takes text alone")
    layout = read_layout(folder)
    assert len(layout.songs) == 1
    assert "no valid UTF-8" in layout.refused[0].reason


def test_the_tables_own_folder_is_left_out(touch: Touch) -> None:
    folder = touch("rock/a.mp3", "data/x/jazz/a.mp3")
    assert len(read_layout(folder, without=folder / "data").songs) == 1
    assert len(read_layout(folder, without=folder).songs) == 2


def test_no_songs(touch: Touch) -> None:
    with pytest.raises(DatasetError, match=r"there is no song in it .*\.mp3.*one folder a genre"):
        read_layout(touch("rock/notes.txt"))


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match="missing: there is no such folder"):
        read_layout(tmp_path / "missing")


def test_no_genres(touch: Touch) -> None:
    with pytest.raises(
        DatasetError, match=r"none of its 2 songs can be used\.  It lies in no genre"
    ):
        read_layout(touch("a.mp3", "b.mp3"))
