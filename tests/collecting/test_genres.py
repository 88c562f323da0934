"""Names of genres: any language, no path, no double by its spelling."""

from __future__ import annotations

import pytest

from lib.collecting import check_genre, similar_genre
from lib.errors import DatasetError


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("blues", "blues"),
        ("  Drum \u00a0and\u3000Bass ", "Drum and Bass"),
        ("R&B", "R&B"),
        ("Música popular", "Música popular"),
        ("Mu\u0301sica", "Música"),
        ("演歌", "演歌"),
        ("=1+1", "=1+1"),
        ("x" * 60, "x" * 60),
    ],
)
def test_names_that_do(typed: str, name: str) -> None:
    assert check_genre(typed) == name


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "has no name"),
        (" \u00a0 ", "has no name"),
        ("a/b", "'a/b' holds a character"),
        ("..\\b", "holds a character"),
        ("a\nb", "holds a character"),
        ("a\x00b", "holds a character"),
        ("a\u202eb", "holds a character"),
        (".hidden", "begins with a dot"),
        ("..", "begins with a dot"),
        ("x" * 61, "has 61 characters; 60 must do"),
        ("?!", "neither a letter nor a digit"),
    ],
)
def test_names_that_do_not(typed: str, message: str) -> None:
    with pytest.raises(DatasetError, match=message):
        check_genre(typed)


@pytest.mark.parametrize("typed", ["Hip Hop", "HIPHOP", "hip-hop", "Hip_Hop!", "híphop"])
def test_a_name_that_only_looks_other(typed: str) -> None:
    assert similar_genre(typed, ["blues", "hiphop"]) == "hiphop"
    with pytest.raises(DatasetError, match="is nearly 'hiphop', which the set has: write it"):
        check_genre(typed, ["blues", "hiphop"])


@pytest.mark.parametrize(
    ("typed", "known"),
    [("hiphop", "hiphop"), ("R&B", "RB"), ("C#", "C"), ("ハンク", "パンク"), ("pop", "k-pop")],
)
def test_a_name_that_is_the_same_or_another(typed: str, known: str) -> None:
    assert similar_genre(typed, [known]) is None
    assert check_genre(typed, [known]) == typed


def test_a_known_name_is_right_whatever_else_is_known() -> None:
    assert check_genre("Hip Hop", ["hiphop", "Hip Hop"]) == "Hip Hop"
