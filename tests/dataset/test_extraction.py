"""Hearing one song: its numbers and its names, or the reason that there are none."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from lib.audio import read_audio
from lib.dataset import Heard, Unheard, hear_song, song_hearer
from lib.features import extract
from tests.sound import music, write_song


def test_a_short_song_is_one_window(recorded: Path) -> None:
    path = recorded / "jazz" / "1.flac"
    heard = hear_song(path)
    assert isinstance(heard, Heard)
    assert heard.features.shape == (1, 85)
    found = extract(read_audio(path), extra=True)
    assert heard.extra is not None
    assert np.array_equal(heard.features[0], found[:85])
    assert np.array_equal(heard.extra[0], found[85:])
    assert (heard.title, heard.artist, heard.warnings) == ("Song 1", "jazz band", ())
    assert abs(heard.seconds - 3.5) < 0.01
    assert (heard.size, heard.mtime_ns) == (path.stat().st_size, path.stat().st_mtime_ns)


def test_a_long_song_is_several_windows(tmp_path: Path) -> None:
    heard = hear_song(write_song(tmp_path / "long.wav", music(64.0), rate=22_050))
    assert isinstance(heard, Heard)
    assert heard.features.shape[0] == 4
    assert heard.title == "long"


def test_no_song(tmp_path: Path) -> None:
    path = tmp_path / "text.mp3"
    path.write_text("no sound at all")
    heard = hear_song(path)
    assert isinstance(heard, Unheard)
    assert heard.reason
    assert str(path) not in heard.reason


def test_a_song_that_is_gone(tmp_path: Path) -> None:
    heard = hear_song(tmp_path / "gone.mp3")
    assert heard == Unheard("It can't be read (No such file or directory).")


def test_who_asks_for_the_features_alone_needs_no_backbone() -> None:
    assert song_hearer(by_backbone=False) is hear_song
