"""Songs for the tests of collecting: tunes that no two seeds share, as YouTube would have them."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soxr
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from tests.sound import write_song
from tests.youtube.fake_youtube import FakeYouTube

LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"
LINK = f"https://www.youtube.com/playlist?list={LIST}"
SUFFIXES = {140: ".m4a", 251: ".webm"}


def tune(seed: int, seconds: float, *, rate: int = SAMPLE_RATE) -> NDArray[np.float32]:
    """Play random notes, four a second, over a bass and a little noise.

    Returns
    -------
    np.ndarray [shape=(n,)]
        Mono float32, within ±0.7.
    """
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * rate)) / rate
    sound = 0.003 * rng.standard_normal(t.size)
    for beat, low, loud in ((0.25, 300, 0.3), (0.5, 80, 0.3)):
        notes = low * 2 ** (rng.integers(0, 30, size=int(seconds / beat) + 1) / 12)
        number = (t / beat).astype(int)
        age = t - number * beat
        for harmonic in (1, 2, 3):
            phase = 2 * np.pi * harmonic * notes[number] * age
            sound += loud / harmonic * np.sin(phase) * np.exp(-age * 6) * np.minimum(age * 200, 1)
    return np.asarray(sound / max(1.0, np.abs(sound).max() / 0.7), dtype=np.float32)


def encoded(samples: NDArray[np.float32], itag: int = 140) -> bytes:
    """Encode samples at 22,050 Hz in one of YouTube's formats: 140 is m4a, 251 webm."""
    rate = {140: 44_100, 251: 48_000}[itag]
    samples = soxr.resample(samples, SAMPLE_RATE, rate)
    with TemporaryDirectory() as folder:
        return write_song(Path(folder, f"song{SUFFIXES[itag]}"), samples, rate=rate).read_bytes()


@cache
def short_song(seed: int) -> bytes:
    """Return a song of 4 s as m4a."""
    return encoded(tune(seed, 4.0))


def ids(count: int) -> list[str]:
    """Return the ids of so many videos."""
    return [f"song-{number:06}" for number in range(count)]


def add_playlist(fake: FakeYouTube, count: int, *, bad: dict[int, dict[str, object]]) -> list[str]:
    """Add a playlist of short songs; those of `bad` get other properties."""
    videos = ids(count)
    for number, video_id in enumerate(videos):
        usual = {
            "title": f"Song {number}",
            "channel": f"Band {number % 7}",
            "seconds": 4,
            "audio": {140: short_song(number)},
        }
        fake.add(video_id, **{**usual, **bad.get(number, {})})
    fake.add_playlist(LIST, "Some blues", videos)
    return videos
