from __future__ import annotations

import numpy as np
import pytest
import soxr
from numpy.typing import NDArray

from lib.audio.resampling import Resampler
from lib.audio.sound import SAMPLE_RATE


def noise(n: int, seed: int = 0) -> NDArray[np.float32]:
    return np.random.default_rng(seed).normal(scale=0.1, size=n).astype(np.float32)


def by_blocks(samples: NDArray[np.float32], rate: int, size: int) -> NDArray[np.float32]:
    resampler = Resampler(SAMPLE_RATE)
    ready = [resampler.add(samples[i : i + size], rate) for i in range(0, len(samples), size)]
    return np.concatenate([*ready, resampler.rest()])


@pytest.mark.parametrize("rate", [4_000, 8_000, 22_051, 44_056, 44_100, 48_000, 96_000, 768_000])
@pytest.mark.parametrize("size", [997, 1_152, 44_100])
def test_blocks_come_to_the_same_as_one_piece(rate: int, size: int) -> None:
    samples = noise(rate + 17)
    whole = soxr.resample(samples, rate, SAMPLE_RATE, quality="HQ")
    np.testing.assert_allclose(by_blocks(samples, rate, size), whole, atol=1e-6)


def test_the_right_rate_passes_through_untouched() -> None:
    samples = noise(SAMPLE_RATE)
    np.testing.assert_array_equal(by_blocks(samples, SAMPLE_RATE, 1_000), samples)


def test_a_rate_that_changes_on_the_way_loses_nothing() -> None:
    pieces = [(noise(44_100), 44_100), (noise(48_000, 1), 48_000), (noise(22_050, 2), 22_050)]
    resampler = Resampler(SAMPLE_RATE)
    together = np.concatenate([resampler.add(*piece) for piece in pieces] + [resampler.rest()])
    apart = [soxr.resample(samples, rate, SAMPLE_RATE, quality="HQ") for samples, rate in pieces]
    np.testing.assert_allclose(together, np.concatenate(apart), atol=1e-6)


def test_a_tone_stays_a_tone() -> None:
    t = np.arange(2 * 48_000) / 48_000
    heard = by_blocks(np.sin(2 * np.pi * 1_000 * t).astype(np.float32), 48_000, 4_800)
    middle = heard[SAMPLE_RATE // 2 : SAMPLE_RATE // 2 + SAMPLE_RATE]
    spectrum = np.abs(np.fft.rfft(middle)) / SAMPLE_RATE * 2
    assert spectrum.argmax() == 1_000
    assert spectrum[1_000] == pytest.approx(1, abs=1e-4)
    assert np.delete(spectrum, 1_000).max() < 1e-4
