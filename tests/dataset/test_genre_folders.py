"""Folders that are no genres are told of before anything is heard."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from lib.dataset import Layout, doubts, found_line
from lib.dataset.layout import read_layout

Make = Callable[[Mapping[str, int]], Layout]
ARTISTS = (
    "Abba", "Adele", "Air", "Blur", "Björk", "Can", "Cher", "Devo", "Dido", "Enya", "Falco", "Moby",
)  # fmt: skip


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """Return what makes folders with so many songs each, and says what they hold."""

    def layout(folders: Mapping[str, int]) -> Layout:
        for folder, songs in folders.items():
            (tmp_path / folder).mkdir(parents=True)
            for number in range(songs):
                (tmp_path / folder / f"{number}.mp3").touch()
        return read_layout(tmp_path)

    return layout


@pytest.mark.parametrize(
    "folders",
    [
        {"blues": 2, "jazz": 3},
        {"happy": 20, "sad": 20, "calm": 20, "angry": 20},
        {"Hip Hop": 1, "r&b": 1, "Deep House": 1, "ska": 9},
        {f"{genre} music": 9 for genre in ("Pop", "Rock", "Soul", "Ska", "Rap", "Jazz", "Dub")},
        {"ska/The Specials/One": 3, "dub/King Tubby/Two": 3},
    ],
)  # fmt: skip
def test_genres_are_no_reason_for_doubt(folders: dict[str, int], make: Make) -> None:
    assert doubts(make(folders)) == ()


def test_artists_with_a_song_each(make: Make) -> None:
    layout = make(dict.fromkeys(ARTISTS, 1))
    (told,) = doubts(layout)
    assert told.startswith(
        "These 12 folders look like artists or albums rather than genres: 12 of them hold one or "
        "two songs, and 12 are called by no usual genre, such as “Abba”, “Adele”, “Air”."
    )
    assert "GENRE/Artist/song.mp3" in told
    assert found_line(layout).startswith("12 songs of 12 genres: Abba (1), Adele (1), ")


def test_artists_with_many_songs(make: Make) -> None:
    (told,) = doubts(make(dict.fromkeys(ARTISTS, 12)))
    assert "one or two" not in told


def test_genres_with_a_song_each(make: Make) -> None:
    (told,) = doubts(make({f"{genre}step": 1 for genre in "abcdefgh"}))
    assert told.startswith("These 8 folders are each taken for a genre, though 8 of them hold one")
    assert "needs 5 of each" in told


def test_few_artists_with_their_albums(make: Make) -> None:
    (told,) = doubts(make({f"{name}/Album": 12 for name in ARTISTS[:4]}))
    assert "4 are called by no usual genre" in told


def test_two_spellings_of_a_genre(make: Make) -> None:
    (told,) = doubts(make({"Hip-Hop": 9, "hiphop": 9, "jazz": 9}))
    assert told.startswith("“Hip-Hop” and “hiphop” differ in spelling alone")


def test_of_many_genres_the_largest_are_named(make: Make) -> None:
    line = found_line(make({f"{number} ska": number for number in range(1, 24)}))
    assert line.startswith("276 songs of 23 genres: 23 ska (23), 22 ska (22), ")
    assert line.endswith("4 ska (4), and 3 more")
