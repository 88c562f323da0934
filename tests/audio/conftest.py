from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from lib.audio import Window, open_audio
from tests.sound import CODECS, music, write_song

TAGS = {"title": "A söng", "artist": "The \x07Band"}

Heard = tuple[list[Window], tuple[str, ...]]


@pytest.fixture(scope="session")
def encoded(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives eight seconds of stereo music in the format of a suffix."""
    folder = tmp_path_factory.mktemp("encoded")

    @cache
    def encoded(suffix: str) -> Path:
        rate = CODECS[suffix][1]
        both = [music(8, rate=rate), music(8, pitch=330, seed=1, rate=rate)]
        return write_song(folder / f"encoded{suffix}", np.stack(both), tags=TAGS)

    return encoded


@pytest.fixture
def wav(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes samples [shape=(n,) or (n, channels)] as a wav file."""

    def write(
        samples: NDArray[np.floating], rate: int = 22_050, subtype: str = "FLOAT", name: str = "a"
    ) -> Path:
        path = tmp_path / f"{name}.wav"
        soundfile.write(path, samples, rate, subtype=subtype)
        return path

    return write


@pytest.fixture
def hear() -> Callable[[Path], Heard]:
    """Return a function that hears a song to its end: its windows and its warnings."""

    def hear(path: Path) -> Heard:
        with open_audio(path) as song:
            return list(song.windows()), song.warnings

    return hear
