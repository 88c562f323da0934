"""What all tests share: the real data where it lies beside the checkout, and synthesised sound."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no real data: {folder} is missing")
    return folder


@pytest.fixture(scope="session")
def gtzan(shared: Path) -> Path:
    """Return the folder of GTZAN's features and of some of its audio."""
    return shared / "gtzan"


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
