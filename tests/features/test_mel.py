from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from lib.features.mel import (
    DYNAMIC_RANGE_DB,
    cosine_basis,
    hz_to_mel,
    mel_bank,
    mel_spectrogram_db,
    mel_to_hz,
    mfcc,
    treble_directions,
)
from lib.features.spectrum import power_spectrogram
from tests.features.signals import EDGE_SIGNALS, RATE, Agree

LONG_ENOUGH = [name for name, y in EDGE_SIGNALS.items() if y.size >= 2048]


def test_the_bank_is_librosas(librosa: ModuleType, agree: Agree) -> None:
    agree(mel_bank(), librosa.filters.mel(sr=RATE, n_fft=2048))


def test_each_band_has_an_area_of_one_where_bins_are_dense_enough() -> None:
    area = mel_bank().sum(axis=1) * RATE / 2048
    np.testing.assert_allclose(area[40:], 1.0, atol=0.1)


@pytest.mark.parametrize("hz", [0.0, 60.0, 999.0, 1000.0, 4321.0, 11_025.0])
def test_the_mel_scale_goes_back_and_forth(librosa: ModuleType, hz: float) -> None:
    assert hz_to_mel(hz) == pytest.approx(librosa.hz_to_mel(hz))
    assert mel_to_hz(np.array([hz_to_mel(hz)])) == pytest.approx(hz)


@pytest.mark.parametrize("name", LONG_ENOUGH)
def test_mel_spectrogram_and_mfcc_are_librosas(
    librosa: ModuleType, agree: Agree, name: str
) -> None:
    y = EDGE_SIGNALS[name]
    mel_db = mel_spectrogram_db(power_spectrogram(y))
    agree(mel_db, librosa.power_to_db(librosa.feature.melspectrogram(y=y, sr=RATE)))
    agree(mfcc(mel_db), librosa.feature.mfcc(y=y, sr=RATE, n_mfcc=30))


def test_shows_no_more_than_80_db() -> None:
    mel_db = mel_spectrogram_db(power_spectrogram(EDGE_SIGNALS["music after silence"]))
    assert mel_db.max() - mel_db.min() == pytest.approx(DYNAMIC_RANGE_DB, abs=1e-4)


def test_the_cosines_are_orthonormal() -> None:
    basis = cosine_basis().astype(np.float64)
    np.testing.assert_allclose(basis @ basis.T, np.eye(30), atol=1e-6)


def test_a_gain_moves_the_first_coefficient_alone() -> None:
    """As the shared notes say: g dB add g sqrt(128) to it."""
    y = EDGE_SIGNALS["noise"]
    louder = mfcc(mel_spectrogram_db(power_spectrogram(2 * y)))
    change = louder - mfcc(mel_spectrogram_db(power_spectrogram(y)))
    np.testing.assert_allclose(change[0], 20 * np.log10(2) * np.sqrt(128), atol=1e-2)
    np.testing.assert_allclose(change[1:], 0.0, atol=1e-2)


def test_the_treble_moves_mfccs_in_three_directions() -> None:
    """What the bands above 8 kHz do to them lies within; what those below do, mostly not."""
    U = treble_directions()
    np.testing.assert_allclose(U.T @ U, np.eye(3), atol=1e-6)
    levels = np.zeros((128, 2), dtype=np.float32)
    levels[117:, 0] = levels[80:100, 1] = -30.0
    moved = mfcc(levels)
    left = np.linalg.norm(moved - U @ (U.T @ moved), axis=0) / np.linalg.norm(moved, axis=0)
    assert left[0] < 0.1
    assert left[1] > 0.9
