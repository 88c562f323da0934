from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.audio.content import Content
from lib.audio.libsndfile import LibsndfileDecoder
from lib.audio.pyav import PyAVDecoder
from tests.sound import music

Encoded = Callable[[str], Path]


def decoded(decoder: PyAVDecoder | LibsndfileDecoder) -> np.ndarray:
    try:
        return np.concatenate([block.samples for block in decoder.blocks()])
    finally:
        decoder.close()


@pytest.mark.parametrize("subtype", ["PCM_U8", "PCM_16", "PCM_24", "PCM_32", "FLOAT", "DOUBLE"])
@pytest.mark.parametrize("channels", [1, 2, 6])
def test_all_kinds_of_samples_as_libsndfile_reads_them(
    wav: Callable[..., Path], subtype: str, channels: int
) -> None:
    samples = np.stack([music(2, seed=c) for c in range(channels)], axis=1)
    path = wav(samples, subtype=subtype)
    both = decoded(PyAVDecoder(path, Content())), decoded(LibsndfileDecoder(path))
    np.testing.assert_array_equal(*both)


def test_blocks_last_about_a_second(encoded: Encoded) -> None:
    decoder = PyAVDecoder(encoded(".opus"), Content())
    lengths = [len(block.samples) for block in decoder.blocks()]
    decoder.close()
    assert sum(lengths) == 8 * 48_000
    assert max(lengths) < 1.1 * 48_000
    assert min(lengths[:-1]) >= 48_000


def test_closing_twice_does_no_harm(encoded: Encoded) -> None:
    decoder = PyAVDecoder(encoded(".m4a"), Content())
    next(decoder.blocks())
    decoder.close()
    decoder.close()
