"""Names of genres: as people write them, and which only differ in spelling."""

from __future__ import annotations

import pytest

from lib.genres import plain, written
from lib.library.agreement import contradicts

GTZAN = (
    "blues", "classical", "country", "disco", "hiphop", "jazz", "metal", "pop", "reggae", "rock",
)  # fmt: skip


def test_the_genres_of_the_models_that_ship() -> None:
    assert [written(genre) for genre in GTZAN] == [
        "Blues", "Classical", "Country", "Disco", "Hip-Hop", "Jazz", "Metal", "Pop", "Reggae",
        "Rock",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("genre", "name"),
    [
        ("old_time", "Old Time"),
        ("rock and roll", "Rock & Roll"),
        ("the blues of the delta", "The Blues of the Delta"),
        ("r&b", "R&B"),
        ("edm", "EDM"),
        ("post-punk", "Post-Punk"),
        ("80s pop", "80s Pop"),
        ("élégie", "Élégie"),
        ("McCoy", "McCoy"),
        ("Old-Time / Historic", "Old-Time / Historic"),
        ("演歌", "演歌"),
        ("♥", "♥"),
        ("_", "_"),
    ],
)
def test_names_of_other_models(genre: str, name: str) -> None:
    assert written(genre) == name
    assert plain(written(genre)) == plain(genre)


@pytest.mark.parametrize("genre", ["hiphop", "rnb", "drum_and_bass", "the blues of the delta"])
def test_a_tag_as_it_is_written_never_contradicts_what_was_heard(genre: str) -> None:
    known = (*GTZAN, "rnb", "drum_and_bass", "the blues of the delta")
    for tag in (genre, written(genre), written(genre).upper(), f"Other; {written(genre)}"):
        assert not contradicts(tag, genre, known)
    assert contradicts(written(genre), "classical", known)
