"""Thirty seconds of the middle: what is heard there, and what is not decoded for it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import soundfile

from lib.audio import SAMPLE_RATE, open_audio, read_audio
from lib.errors import AudioError
from tests.sound import CODECS, music, write_song

# How far from its place a stretch may lie, s: these tell the time in ms.
OFF_SECONDS = {".wma": 0.001, ".mkv": 0.001, ".webm": 0.001}
# Between two samples then, what is heard differs a little; and AAC fills its spectrum with noise
# drawn anew (ISO 14496-3, perceptual noise substitution).
DIFFERS = {".m4a", ".aac", ".mp4", ".mkv", ".webm", ".wma"}


def place_in(whole: np.ndarray, part: np.ndarray, expected: int) -> int:
    """Return how many samples a part lies from where it is expected."""
    room = SAMPLE_RATE // 8
    around = whole[expected - room : expected + room + len(part)]
    size = 2 ** int(np.ceil(np.log2(len(around) + len(part))))
    spectra = np.fft.rfft(around, size) * np.fft.rfft(part, size).conj()
    return int(np.fft.irfft(spectra, size)[: 2 * room].argmax()) - room


@pytest.mark.parametrize("suffix", CODECS)
def test_a_stretch_is_what_the_whole_holds_there(
    encoded: Callable[[str], Path], suffix: str
) -> None:
    path = encoded(suffix)
    whole = read_audio(path)
    with open_audio(path) as song:
        assert song.likely_seconds == pytest.approx(8.0, rel=0.06)
        part = song.excerpt(4.2, 2.0)
    assert (part.start, part.end) == pytest.approx((4.2, 6.2))
    first = round(4.2 * SAMPLE_RATE)
    off = place_in(whole, part.samples, first)
    assert abs(off) <= OFF_SECONDS.get(suffix, 0.0) * SAMPLE_RATE
    same = whole[first + off : first + off + len(part.samples)]
    deviation = np.abs(part.samples - same)
    assert deviation.mean() < (0.02 if suffix in DIFFERS else 1e-6)


@pytest.mark.parametrize("suffix", [".flac", ".mp3", ".m4a"])
def test_what_lies_before_and_after_is_not_decoded(
    tmp_path: Path, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write_song(tmp_path / f"long{suffix}", music(40.0, rate=44_100))
    with open_audio(path) as song:
        decoded: list[float] = []
        mix = song._health.mix
        monkeypatch.setattr(
            song._health, "mix", lambda b: decoded.append(len(b.samples) / b.rate) or mix(b)
        )
        part = song.excerpt(25.0, 5.0)
    assert len(part.samples) == 5 * SAMPLE_RATE
    assert sum(decoded) < 9


def test_a_stretch_that_the_song_does_not_have(tmp_path: Path) -> None:
    path = write_song(tmp_path / "song.wav", music(8.0), rate=SAMPLE_RATE)
    with open_audio(path) as song:
        assert song.excerpt(5.0, 30.0).end == 8.0
    with open_audio(path) as song, pytest.raises(AudioError):
        song.excerpt(100.0, 30.0)
    with open_audio(path) as song:
        song.excerpt(0.0, 3.0)
        with pytest.raises(ValueError, match="open it again"):
            song.excerpt(0.0, 3.0)


def test_a_silent_stretch_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pause.wav"
    tone, nothing = music(10.0), np.zeros(20 * SAMPLE_RATE, np.float32)
    soundfile.write(path, np.concatenate([tone, nothing, tone]), SAMPLE_RATE)
    with open_audio(path) as song, pytest.raises(AudioError, match="It is silent"):
        song.excerpt(15.0, 10.0)
