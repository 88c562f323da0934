"""What becomes of a song's sound where people keep it: codecs, rates, levels, filters.

Each change is a function that writes a copy of a song; `hear_changed` lets Earmark hear that copy
as it hears any file, and throws it away.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

from lib.dataset import Heard, Unheard, hear_song
from lib.dataset.remote import signature
from tests.sound import CODECS, write_song

Samples = NDArray[np.float32]
Write = Callable[[Path, Samples, int], Path]
"""Given a path without its suffix, mono samples and their rate, Hz: writes, and says where."""

LOW_PASS = 8_000.0  # Hz: what a sound of 16 kHz can hold, and a poor radio's limit
_CLIPPED, _QUIETER = 6.0, -20.0  # dB


def as_wav(
    path: Path, y: Samples, rate: int, *, channels: int = 1, subtype: str = "PCM_16"
) -> Path:
    """Write PCM; what is beyond full scale is cut off there, as every converter does."""
    wav = path.with_suffix(".wav")
    soundfile.write(wav, np.stack([y] * channels, axis=1).clip(-1, 1), rate, subtype=subtype)
    return wav


def as_coded(path: Path, y: Samples, rate: int, *, suffix: str, kilobits: int) -> Path:
    """Encode in stereo at the format's usual rate, which is what people have."""
    usual = CODECS[suffix][1]
    both = np.stack([resampled(y, rate, usual)] * 2)
    return write_song(path.with_suffix(suffix), both, bit_rate=1_000 * kilobits)


def at_rate(path: Path, y: Samples, rate: int, *, wanted: int) -> Path:
    """Write at another rate."""
    return as_wav(path, resampled(y, rate, wanted), wanted)


def at_level(path: Path, y: Samples, rate: int, *, decibels: float) -> Path:
    """Make louder or quieter."""
    return as_wav(path, y * np.float32(10 ** (decibels / 20)), rate)


def low_passed(path: Path, y: Samples, rate: int, *, cutoff: float) -> Path:
    """Take away all that lies above a frequency, Hz, by the transform of the whole song."""
    spectrum = np.fft.rfft(y)
    spectrum[np.fft.rfftfreq(len(y), 1 / rate) > cutoff] = 0
    return as_wav(path, np.fft.irfft(spectrum, len(y)).astype(np.float32), rate)


def resampled(y: Samples, rate: int, wanted: int) -> Samples:
    """Resample by soxr."""
    return np.asarray(soxr.resample(y, rate, wanted), dtype=np.float32)


# As the tables name them.
CHANGES: Mapping[str, Write] = {
    "wav": as_wav,
    "mp3 at 64 kbit/s": partial(as_coded, suffix=".mp3", kilobits=64),
    "mp3 at 128 kbit/s": partial(as_coded, suffix=".mp3", kilobits=128),
    "mp3 at 320 kbit/s": partial(as_coded, suffix=".mp3", kilobits=320),
    "m4a at 128 kbit/s": partial(as_coded, suffix=".m4a", kilobits=128),
    "opus at 96 kbit/s": partial(as_coded, suffix=".opus", kilobits=96),
    "8 bits": partial(as_wav, subtype="PCM_U8"),
    "stereo": partial(as_wav, channels=2),
    "20 dB quieter": partial(at_level, decibels=_QUIETER),
    "clipped 6 dB above full scale": partial(at_level, decibels=_CLIPPED),
    "44.1 kHz": partial(at_rate, wanted=44_100),
    "48 kHz": partial(at_rate, wanted=48_000),
    "96 kHz": partial(at_rate, wanted=96_000),
    "nothing above 8 kHz": partial(low_passed, cutoff=LOW_PASS),
}


def hear_changed(place: Path, *, change: str) -> Heard | Unheard:
    """Hear the changed copy of a song: what a worker process does.

    Returns
    -------
    Heard or Unheard
        With the size and time of the song itself, so that the next run knows it again.
    """
    size, mtime_ns = signature(place)
    y, rate = soundfile.read(place, dtype="float32", always_2d=True)
    with tempfile.TemporaryDirectory() as folder:
        copy = CHANGES[change](Path(folder) / "song", y.mean(axis=1), rate)
        found = hear_song(copy, by_backbone=True)
    return found if isinstance(found, Unheard) else replace(found, size=size, mtime_ns=mtime_ns)
