from __future__ import annotations

from pathlib import Path

import pytest

from lib.audio.sound import in_words, title_and_artist

SONG = Path("folder/02 So What.mp3")


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0.0, "0.0 s"),
        (59.94, "59.9 s"),
        (59.96, "1 min 0 s"),
        (200.4, "3 min 20 s"),
        (3599.7, "1 h 0 min"),
        (10_800.0, "3 h 0 min"),
    ],
)
def test_lengths_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({}, ("02 So What", "")),
        ({"title": "So What", "artist": "Miles"}, ("So What", "Miles")),
        ({"TITLE": "So What", "Album_Artist": "Miles"}, ("So What", "Miles")),
        ({"title": " \x07", "artist": None}, ("02 So What", "")),
        ({"title": "So What", "artist": "Miles\0Coltrane"}, ("So What", "Miles Coltrane")),
        ({"title": "abc\u202etxt.exe", "artist": "B\x07l\x1bue"}, ("abctxt.exe", "Blue")),
    ],
)
def test_title_and_artist(tags: dict[str, str | None], expected: tuple[str, str]) -> None:
    assert title_and_artist(SONG, tags) == expected


def test_a_name_without_any_letters_still_gives_a_title() -> None:
    assert title_and_artist(Path("\x07.mp3"), {})[0]
