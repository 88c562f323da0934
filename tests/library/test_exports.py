"""A library as CSV, JSON and playlists, whatever its songs are called."""

from __future__ import annotations

import csv
import json
import os
from pathlib import Path
from urllib.parse import unquote_to_bytes, urlsplit

import pytest

from lib.library import LibraryError, Song, Stamp, disagreeing, export, totals, write_playlists
from lib.library.exports import COLUMNS
from tests.library.conftest import ODD_NAMES

GENRES = {"metal": 0.9, "rock": 0.1}


def song(name: str, genre: str = "metal", **changes: object) -> Song:
    values: dict[str, object] = {
        "title": f"Title of {Path(name).stem}",
        "artist": "=A1",
        "tag": "Rock",
        "seconds": 61.4,
        "genre": genre,
        "confidence": 0.9,
        "probabilities": GENRES,
    }
    return Song(Path("/music", name), Stamp(1, 2), **{**values, **changes})  # type: ignore[arg-type]


@pytest.fixture
def songs() -> list[Song]:
    return [
        song("a.mp3"),
        song("b.mp3", confidence=0.95),
        song("c.mp3", genre="rock", unsure=True, warnings=("It is cut off.", "It is silent.")),
        song("d.mp3", outlier=True),
        song("e.mp3", genre="", reason="It is empty.", probabilities={}),
        *(song(name, tag="") for name in ODD_NAMES),
    ]


def test_a_table(songs: list[Song], tmp_path: Path) -> None:
    export(songs, tmp_path / "new" / "out.csv")
    with (tmp_path / "new" / "out.csv").open(
        encoding="utf-8", errors="surrogateescape", newline=""
    ) as file:
        rows = list(csv.DictReader(file))
    assert [row["path"] for row in rows] == [str(song.path) for song in songs]
    assert rows[0] == {
        "path": "/music/a.mp3",
        "title": "Title of a",
        "artist": "'=A1",
        "seconds": "61.400",
        "tag": "Rock",
        "genre": "metal",
        "confidence": "0.900000",
        "unsure": "no",
        "outlier": "no",
        "disagrees": "yes",
        "warnings": "",
        "error": "",
        "p(metal)": "0.900000",
        "p(rock)": "0.100000",
    }
    # Whatever JSON tells stands here as well.
    plain = {"path" if name == "source" else name for name in songs[0].to_dict()}
    assert plain - {"probabilities"} == set(COLUMNS) - {"error"}
    assert rows[2]["warnings"] == "It is cut off. It is silent."
    assert (rows[4]["seconds"], rows[4]["p(metal)"]) == ("", "")
    assert (rows[4]["genre"], rows[4]["unsure"], rows[4]["error"]) == ("", "", "It is empty.")
    assert list((tmp_path / "new").iterdir()) == [tmp_path / "new" / "out.csv"]


def test_an_array(songs: list[Song], tmp_path: Path) -> None:
    export(songs, tmp_path / "out.JSON")
    read = json.loads((tmp_path / "out.JSON").read_text(encoding="utf-8"))
    assert [told["source"] for told in read] == [str(song.path) for song in songs]
    assert read[0]["probabilities"] == GENRES
    assert read[2]["warnings"] == ["It is cut off.", "It is silent."]
    assert read[4] == {
        "source": "/music/e.mp3",
        "title": "Title of e",
        "artist": "=A1",
        "tag": "Rock",
        "error": "It is empty.",
    }


@pytest.mark.skipif(os.name != "posix", reason="no such names")
def test_playlists_lead_to_the_files(songs: list[Song], tmp_path: Path) -> None:
    odd = song("x.mp3", genre="../rock: 'n'\nroll", probabilities={})
    written = write_playlists([*songs, odd], tmp_path / "lists")
    assert [path.name for path in written] == [
        "-rock- 'n' roll.m3u8",
        "metal.m3u8",
        "rock.m3u8",
    ]
    lines = (tmp_path / "lists" / "metal.m3u8").read_bytes().splitlines()
    assert lines[:3] == [b"#EXTM3U", b"#EXTINF:61,=A1 \xe2\x80\x93 Title of b", b"/music/b.mp3"]
    found = [_place(line) for line in lines if not line.startswith(b"#")]
    wanted = ["b.mp3", "a.mp3", *ODD_NAMES]
    assert set(found) == {os.fsencode(Path("/music", name)) for name in wanted}
    assert len(lines) == 1 + 2 * len(wanted)


def _place(line: bytes) -> bytes:
    if line.startswith(b"file:"):
        return unquote_to_bytes(urlsplit(line).path)
    return line


def test_another_suffix_and_a_place_that_can_not_be_written(
    songs: list[Song], tmp_path: Path
) -> None:
    with pytest.raises(LibraryError, match=r"\.csv or \.json"):
        export(songs, tmp_path / "out.xlsx")
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match=r"out\.csv"):
        export(songs, tmp_path / "file" / "out.csv")
    with pytest.raises(LibraryError, match=r"metal\.m3u8"):
        write_playlists(songs, tmp_path / "file")


def test_totals_and_what_disagrees(songs: list[Song]) -> None:
    count = 3 + len(ODD_NAMES)
    assert [(t.genre, t.songs, t.doubtful) for t in totals(songs)] == [
        ("metal", count, 1),
        ("rock", 1, 1),
    ]
    assert [s.path.name for s in disagreeing(songs)] == ["b.mp3", "a.mp3"]
