"""From what a person names to the songs that it means."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.errors import AudioError
from lib.prediction import find_songs


def test_a_file_is_itself_whatever_its_name(tmp_path: Path) -> None:
    assert find_songs(tmp_path / "song.xyz") == [tmp_path / "song.xyz"]


def test_a_folder_is_all_songs_below_it_in_order(tmp_path: Path) -> None:
    names = ["b/2.MP3", "a/1.flac", "a/.hidden.mp3", "a/._1.flac", "cover.jpg", "c d/ü.opus"]
    for name in names:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.touch()
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [path.relative_to(tmp_path).as_posix() for path in find_songs(tmp_path)]
    assert found == ["a/1.flac", "b/2.MP3", "c d/ü.opus"]


def test_a_folder_without_songs_says_so(tmp_path: Path) -> None:
    with pytest.raises(AudioError, match="holds no song"):
        find_songs(tmp_path)
