from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.audio.content import Content, look_at
from lib.audio.libsndfile import LibsndfileDecoder
from lib.audio.pyav import PyAVDecoder
from tests.sound import CODECS, music

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


@pytest.mark.parametrize("suffix", CODECS)
def test_the_length_that_a_header_declares(encoded: Encoded, suffix: str) -> None:
    path = encoded(suffix)
    decoder = PyAVDecoder(path, look_at(path))
    decoder.close()
    if suffix == ".aac":  # it has no header, and a guess is no declaration
        assert decoder.info.seconds is None
    else:
        assert decoder.info.seconds == pytest.approx(8, abs=0.05)


def test_an_mp3_whose_length_is_a_guess_declares_none(encoded: Encoded, tmp_path: Path) -> None:
    mp3 = encoded(".mp3").read_bytes()
    (tmp_path / "a.mp3").write_bytes(mp3.replace(b"Info", bytes(4)).replace(b"Xing", bytes(4)))
    decoder = PyAVDecoder(tmp_path / "a.mp3", look_at(tmp_path / "a.mp3"))
    decoder.close()
    assert decoder.info.seconds is None


def test_closing_twice_does_no_harm(encoded: Encoded) -> None:
    decoder = PyAVDecoder(encoded(".m4a"), Content())
    next(decoder.blocks())
    decoder.close()
    decoder.close()
