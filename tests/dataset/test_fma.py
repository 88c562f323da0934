"""FMA's layout: genres from its own table, wherever that lies."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from lib.dataset.fma import read_metadata
from lib.dataset.layout import read_layout
from lib.errors import DatasetError

HEADER = [
    ["", "album", "artist", "set", "set", "track", "track", "track"],
    ["", "information", "name", "split", "subset", "duration", "genre_top", "title"],
    ["track_id", "", "", "", "", "", "", ""],
]
ROWS = [
    ["2", "A text\nof two lines", "AWOL", "training", "small", "168", "Hip-Hop", "Food"],
    ["5", "", "NA", "validation", "small", "206", "Rock", "=1+1"],
    ["10", "", "Kurt Vile", "test", "small", "161", "Pop", " Freeway\t"],
    ["26", "", "Nicky Cook", "training", "small", "181", "", "Light of Light"],
]
SONGS = ("000/000002.mp3", "000/000005.mp3", "000/000010.mp3", "000/000026.mp3", "133/133297.mp3")


def write_metadata(folder: Path, header: list[list[str]] = HEADER) -> Path:
    path = folder / "fma_metadata" / "tracks.csv"
    path.parent.mkdir(parents=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(header + ROWS)
    return path


def write_songs(folder: Path) -> None:
    for name in (*SONGS, "checksums", "README.txt"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()


@pytest.mark.parametrize(
    ("audio", "metadata"),
    [("fma_small", "."), (".", "."), ("fma_small", ".."), (".", ".."), (".", "../..")],
    ids=["both inside", "metadata inside", "audio inside", "beside", "beside the parent"],
)
def test_genre_artist_title_and_split(tmp_path: Path, audio: str, metadata: str) -> None:
    folder = tmp_path / "a" / "fma"
    write_songs(folder / audio)
    write_metadata((folder / metadata).resolve())
    layout = read_layout(folder)
    assert [(s.track, s.genre, s.artist, s.title, s.split) for s in layout.songs] == [
        ("000002", "Hip-Hop", "AWOL", "Food", "train"),
        ("000005", "Rock", "NA", "=1+1", "valid"),
        ("000010", "Pop", "Kurt Vile", "Freeway", "test"),
    ]
    reasons = {refusal.path.stem: refusal.reason for refusal in layout.refused}
    assert reasons.keys() == {"000026", "133297"}
    assert "no top genre" in reasons["000026"]
    assert "does not know it" in reasons["133297"]


def test_songs_without_their_metadata(tmp_path: Path) -> None:
    write_songs(tmp_path / "fma_small")
    with pytest.raises(DatasetError, match=r"unpack fma_metadata\.zip beside them"):
        read_layout(tmp_path / "fma_small")


def test_metadata_beside_other_songs_changes_nothing(tmp_path: Path) -> None:
    write_metadata(tmp_path)
    (tmp_path / "mine" / "rock").mkdir(parents=True)
    (tmp_path / "mine" / "rock" / "a.mp3").touch()
    assert [song.genre for song in read_layout(tmp_path / "mine").songs] == ["rock"]


def test_another_table(tmp_path: Path) -> None:
    path = write_metadata(tmp_path, [["track", "genre"], ["", ""], ["", ""]])
    with pytest.raises(DatasetError, match=r"there is no column 'track\.genre_top'"):
        read_metadata(path, {"000002"})


def test_an_empty_table(tmp_path: Path) -> None:
    path = write_metadata(tmp_path)
    path.write_bytes(b"")
    with pytest.raises(DatasetError, match="there is no column"):
        read_metadata(path, {"000002"})
