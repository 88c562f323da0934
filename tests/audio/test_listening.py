"""A song to listen to: both sides, at its own rate, from anywhere."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from lib.audio import Tape
from lib.audio.opening import open_decoder
from lib.errors import AudioError
from tests.sound import music, write_song


@pytest.mark.parametrize("start", [0.0, 2.0, 3.25, 7.9])
def test_from_any_moment_on_both_sides_and_to_the_end(tmp_path: Path, start: float) -> None:
    rate = 44_100
    sides = np.stack([music(8, rate=rate), music(8, pitch=330, seed=1, rate=rate)], axis=1)
    path = tmp_path / "song.flac"
    soundfile.write(path, sides, rate, subtype="PCM_16")
    with Tape(path) as tape:
        assert tape.rate == rate
        next(tape.blocks(5.0))  # where it was before is no matter
        heard = np.concatenate(list(tape.blocks(start)))
    np.testing.assert_allclose(heard, sides[round(start * rate) :], atol=1e-4)
    assert heard.dtype == np.float32


@pytest.mark.parametrize("name", ["song.mp3", "song.m4a", "song.opus"])
def test_compressed_songs_too(tmp_path: Path, name: str) -> None:
    sound = music(8, rate=48_000)
    path = write_song(tmp_path / name, sound, rate=48_000)
    with Tape(path) as tape:
        whole = np.concatenate(list(tape.blocks(0.0)))
        part = np.concatenate(list(tape.blocks(4.5)))
    assert len(whole) / tape.rate == pytest.approx(8.0, abs=0.15)
    expected = whole[round(4.5 * tape.rate) :]
    assert abs(len(part) - len(expected)) <= 0.1 * tape.rate
    assert np.array_equal(part[:, 0], part[:, 1])


def test_what_is_no_number_is_silent_and_many_channels_are_mixed(tmp_path: Path) -> None:
    samples = np.full((48_000, 6), 0.25, np.float32)
    samples[100], samples[200, 0], samples[300] = np.nan, np.inf, 7.0
    path = tmp_path / "song.wav"
    soundfile.write(path, samples, 48_000, subtype="FLOAT")
    with Tape(path) as tape:
        heard = np.concatenate(list(tape.blocks(0.0)))
    assert heard.shape == (48_000, 2)
    assert np.isfinite(heard).all()
    assert np.abs(heard).max() <= 1.0
    assert heard[100].tolist() == [0.0, 0.0]
    np.testing.assert_allclose(heard[0], 0.25)


def test_past_the_end_is_nothing(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.wav", music(4), rate=22_050)
    with Tape(path) as tape:
        assert sum(map(len, tape.blocks(4.5))) == 0


def test_what_is_no_song_is_refused(tmp_path: Path) -> None:
    (tmp_path / "text.mp3").write_text("Dear diary\n" * 50)
    for name in ("text.mp3", "gone.wav"):
        with pytest.raises(AudioError, match=name):
            Tape(tmp_path / name)


def test_a_rate_that_changes_on_the_way_loses_nothing(tmp_path: Path) -> None:
    pieces = [
        write_song(tmp_path / f"{rate}.mp3", music(4, rate=rate), rate=rate).read_bytes()
        for rate in (44_100, 22_050)
    ]
    (tmp_path / "joined.mp3").write_bytes(b"".join(pieces))
    decoder, _ = open_decoder(tmp_path / "joined.mp3")
    seconds = sum(len(block.samples) / block.rate for block in decoder.blocks())
    decoder.close()
    with Tape(tmp_path / "joined.mp3") as tape:
        heard = sum(map(len, tape.blocks(0))) / tape.rate
    assert heard == pytest.approx(seconds, abs=0.001)
