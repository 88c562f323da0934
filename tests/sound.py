"""Synthesised songs, and real files of every format made from them with PyAV."""

from __future__ import annotations

from pathlib import Path

import av
import numpy as np
import soundfile
from numpy.typing import NDArray

# suffix: (codec, the sample rate it is written with, layout of samples that its encoder wants)
CODECS = {
    ".wav": ("pcm_s16le", 44_100, "s16"),
    ".au": ("pcm_s16be", 22_050, "s16"),
    ".aiff": ("pcm_s16be", 44_100, "s16"),
    ".mp3": ("libmp3lame", 44_100, "fltp"),
    ".flac": ("flac", 44_100, "s16"),
    ".ogg": ("vorbis", 44_100, "fltp"),
    ".opus": ("libopus", 48_000, "s16"),
    ".m4a": ("aac", 44_100, "fltp"),
    ".aac": ("aac", 44_100, "fltp"),
    ".webm": ("libopus", 48_000, "s16"),
    ".wma": ("wmav2", 44_100, "fltp"),
    ".mp4": ("aac", 44_100, "fltp"),
    ".mkv": ("libopus", 48_000, "s16"),
}


def music(
    seconds: float, *, pitch: float = 220.0, bpm: float = 120.0, rate: int = 22_050, seed: int = 0
) -> NDArray[np.float32]:
    """Synthesise something song-like: a chord, a noise burst on every beat, a little hiss.

    Parameters
    ----------
    seconds, pitch, bpm, rate
        Length in s, root of the chord in Hz, beats per minute, and samples a second.

    Returns
    -------
    np.ndarray [shape=(n,)]
        Mono float32, within ±0.8.
    """
    rng = np.random.default_rng(seed)
    t = np.arange(round(seconds * rate)) / rate
    chord = sum(np.sin(2 * np.pi * pitch * ratio * t) for ratio in (1.0, 1.26, 1.5, 2.0)) / 4
    beat = np.exp(-((t * bpm / 60) % 1.0) * 12) * rng.standard_normal(t.size)
    return (0.4 * chord + 0.1 * beat + 0.002 * rng.standard_normal(t.size)).astype(np.float32)


def another(number: int, seconds: float, *, rate: int = 22_050) -> NDArray[np.float32]:
    """Synthesise one of many songs that differ in pitch and tempo; see `music`."""
    rng = np.random.default_rng(number)
    pitch, bpm = rng.uniform(80, 500), rng.uniform(60, 180)
    return music(seconds, pitch=pitch, bpm=bpm, rate=rate, seed=number)


def write_song(
    path: Path,
    samples: NDArray[np.float32],
    *,
    rate: int | None = None,
    bit_rate: int = 128_000,
    tags: dict[str, str] | None = None,
) -> Path:
    """Encode samples in the format of the path's suffix.

    Parameters
    ----------
    path : Path
        Where to write; its suffix is one of `CODECS`.  Its folder is made.
    samples : np.ndarray [shape=(n,) or (channels, n)]
        Within ±1, at `rate`.
    rate : int or None
        Hz; None for the usual one of the format.
    bit_rate : int
        Bits a second of a format that loses some of the sound; Vorbis chooses its own.
    tags : dict or None
        Such as ``{"title": "A song", "artist": "A band"}``.
    """
    codec, usual_rate, sample_format = CODECS[path.suffix.lower()]
    rate = rate or usual_rate
    channels = np.atleast_2d(samples)
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() == ".ogg":  # FFmpeg's own Vorbis encoder is experimental and stereo only
        with soundfile.SoundFile(
            path, "w", rate, len(channels), format="OGG", subtype="VORBIS"
        ) as file:
            for name, text in (tags or {}).items():
                setattr(file, name, text)
            # In one piece, libsndfile's Vorbis encoder overruns its stack on some twenty minutes.
            for start in range(0, channels.shape[1], rate):
                file.write(channels[:, start : start + rate].T)
        return path
    layout = {1: "mono", 2: "stereo", 6: "5.1", 8: "7.1"}[len(channels)]
    with av.open(str(path), "w") as container:
        container.metadata.update(tags or {})
        stream = container.add_stream(codec, rate=rate)
        stream.layout = layout
        stream.format = sample_format
        stream.bit_rate = bit_rate
        size = stream.codec_context.frame_size or 1024
        for start in range(0, channels.shape[1], size):
            block = channels[:, start : start + size]
            if sample_format == "s16":
                block = np.round(block * 32_767).astype(np.int16).T.reshape(1, -1)
            frame = av.AudioFrame.from_ndarray(
                np.ascontiguousarray(block), format=sample_format, layout=layout
            )
            frame.rate = rate
            frame.pts = start
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path
