from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.audio.decoder import BLOCK_SECONDS
from lib.audio.libsndfile import LibsndfileDecoder, _shortened
from lib.errors import AudioError
from tests.sound import music


@pytest.mark.parametrize(
    ("log", "times"),
    [
        ("", 1),
        ("RIFF : 3528104\ndata : 3528000\n", 1),
        ("RIFF : 3528104 (should be 1764048)\ndata : 3528000 (should be 1764000)\n", 2),
        (" SSND : 3000 (should be 1000)", 3),
        ("  Data Size   : 1764000 (should be 441000)", 4),
        ("data : 1000 (should be 3000)", 1),  # more than declared: something stands behind it
        ("data : 1000 (should be 0)", 1),
        ("data : 4294967295 (should be 3528000)", 1),  # the length was never filled in
        ("data : 2147483647 (should be 3528000)", 1),
        ("data : 4294963200 (should be 3528000)", 1),
    ],
)
def test_how_much_longer_the_header_says_it_is(log: str, times: float) -> None:
    assert _shortened(log) == times


def test_blocks_last_a_second_each(wav: Callable[..., Path]) -> None:
    samples = np.stack([music(3.5, rate=8_000)] * 2, axis=1)
    decoder = LibsndfileDecoder(wav(samples, 8_000))
    blocks = list(decoder.blocks())
    decoder.close()
    size = round(8_000 * BLOCK_SECONDS)
    assert [block.samples.shape for block in blocks] == [(size, 2)] * 3 + [(size // 2, 2)]
    np.testing.assert_array_equal(np.concatenate([block.samples for block in blocks]), samples)
    assert decoder.fraction == 1


def test_what_it_does_not_know_is_an_error_of_ours(tmp_path: Path) -> None:
    (tmp_path / "a.wav").write_bytes(b"RIFF and no more of it")
    with pytest.raises(AudioError, match="libsndfile can't open it"):
        LibsndfileDecoder(tmp_path / "a.wav")


def test_a_flac_that_leaves_its_length_open_is_for_another(encoded: Callable[[str], Path]) -> None:
    flac = bytearray(encoded(".flac").read_bytes())
    flac[21] &= 0xF0  # 36 bits of STREAMINFO: samples in all
    flac[22:26] = bytes(4)
    path = encoded(".flac").with_name("open.flac")
    path.write_bytes(flac)
    with pytest.raises(AudioError, match="doesn't tell its length"):
        LibsndfileDecoder(path)
