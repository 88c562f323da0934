from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from lib.features.spectrum import power_spectrogram
from lib.features.tuning import estimate_tuning, spectral_peaks
from tests.features.signals import EDGE_SIGNALS, RATE, TuningOracle, tone


@pytest.mark.parametrize("name", EDGE_SIGNALS)
def test_is_librosas_to_the_cent(oracle_tuning: TuningOracle, name: str) -> None:
    y = EDGE_SIGNALS[name]
    assert estimate_tuning(power_spectrogram(y)) == oracle_tuning(y)


@pytest.mark.parametrize("name", ["music", "noise", "clicks", "tone"])
def test_the_peaks_are_librosas(librosa: ModuleType, name: str) -> None:
    S = power_spectrogram(EDGE_SIGNALS[name])
    frequencies, heights = spectral_peaks(S)
    pitches, magnitudes = librosa.piptrack(S=S.T, sr=RATE)
    found = pitches.T > 0
    np.testing.assert_array_equal(frequencies, pitches.T[found])
    np.testing.assert_array_equal(heights, magnitudes.T[found])


def test_a_peak_is_found_between_the_bins() -> None:
    frequencies, heights = spectral_peaks(power_spectrogram(tone(1000.0, 1)))
    assert np.median(frequencies) == pytest.approx(1000.0, abs=2.0)  # a bin is 10.8 Hz wide
    assert heights.min() > 0


def test_what_lies_below_150_hz_and_above_4_khz_is_not_looked_at() -> None:
    for frequency in (100.0, 6000.0):
        strong = power_spectrogram(tone(frequency, 1))[4:-4]  # its ends click
        assert not spectral_peaks(strong)[0].size


def test_silence_is_in_tune() -> None:
    assert estimate_tuning(np.zeros((3, 1025), dtype=np.float32)) == 0.0
