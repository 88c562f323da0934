"""Sounds that are hard on an analysis, and the types of the fixtures."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tests.sound import music

Samples = NDArray[np.float32]
Oracle = Callable[[Samples], NDArray[np.float64]]
TuningOracle = Callable[[Samples], float]
Agree = Callable[[NDArray[np.floating], NDArray[np.floating]], None]

RATE = 22_050


def tone(frequency: float, seconds: float) -> Samples:
    return np.sin(2 * np.pi * frequency * np.arange(round(seconds * RATE)) / RATE).astype(
        np.float32
    )


def noise(samples: int, level: float = 0.1) -> Samples:
    return (level * np.random.default_rng(0).standard_normal(samples)).astype(np.float32)


def clicks(seconds: float, apart: int, level: float = 1.0) -> Samples:
    y = np.zeros(round(seconds * RATE), dtype=np.float32)
    y[::apart] = level
    return y


EDGE_SIGNALS = {
    "silence": np.zeros(30 * RATE, dtype=np.float32),
    "half a second": noise(RATE // 2),
    "constant": np.full(10 * RATE, 0.5, dtype=np.float32),
    "1,000 samples": noise(1000),
    "one sample": np.ones(1, dtype=np.float32),
    "two samples": np.array([0.5, -0.5], dtype=np.float32),
    "one hop": noise(512),
    "one frame": noise(2048),
    "clicks": clicks(30, RATE // 2),
    "clicks between frames": clicks(10, 7777, 0.3),
    "one click": clicks(10, 20 * RATE),
    "noise": noise(30 * RATE),
    "noise near the floor": noise(5 * RATE, 1e-6),
    "noise below the floor": noise(5 * RATE, 1e-20),
    "overdriven noise": noise(5 * RATE, 1e4),
    "tone": tone(440.0, 10),
    "tone between two semitones": tone(440 * 2 ** (0.37 / 12), 10),
    "Nyquist frequency": np.cos(np.pi * np.arange(5 * RATE)).astype(np.float32),
    "tone switched on and off": tone(330.0, 10) * (tone(2.0, 10) > 0),
    "music": music(30),
    "music off pitch": music(12.3, pitch=233.0, bpm=97),
    "music after silence": np.concatenate((np.zeros(10 * RATE, dtype=np.float32), music(5))),
}
