from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from lib.features import analyse
from lib.features.tempogram import _mean_of_spectra, mean_tempogram, tempogram
from tests.features.signals import EDGE_SIGNALS, Agree

TEMPO_LAGS = 344


def curves() -> dict[str, np.ndarray]:
    """Onsets: of beats, of noise, few, spread over twelve orders of magnitude, and none."""
    rng = np.random.default_rng(0)
    beats = np.zeros(1292, dtype=np.float32)
    beats[::21] = 1.0
    random = rng.gamma(2.0, 1.0, 1292).astype(np.float32)
    faint = random.copy()
    faint[600:] *= 1e-6
    return {
        "beats": beats,
        "noise": random,
        "music": analyse(EDGE_SIGNALS["music"]).onset_strength,
        "three": random[:3],
        "one": random[:1],
        "odd number": random[:777],
        "faint after loud": faint,
        "loud after nothing": np.concatenate((np.zeros(800, dtype=np.float32), random[:300])),
        "none": np.zeros(500, dtype=np.float32),
    }


@pytest.mark.parametrize("name", curves())
def test_the_tempogram_is_librosas(librosa: ModuleType, agree: Agree, name: str) -> None:
    onsets = curves()[name]
    agree(tempogram(onsets), librosa.feature.tempogram(onset_envelope=onsets))


@pytest.mark.parametrize("name", curves())
def test_its_mean_over_time_needs_no_tempogram(librosa: ModuleType, name: str) -> None:
    onsets = curves()[name]
    whole = librosa.feature.tempogram(onset_envelope=onsets, win_length=TEMPO_LAGS)
    ours = mean_tempogram(onsets, lags=TEMPO_LAGS)
    np.testing.assert_allclose(ours, whole.mean(axis=1), rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", ["beats", "noise", "music", "odd number"])
def test_both_ways_to_the_mean_agree(name: str) -> None:
    onsets = curves()[name]
    np.testing.assert_allclose(
        mean_tempogram(onsets, lags=TEMPO_LAGS),
        _mean_of_spectra(onsets, TEMPO_LAGS),
        rtol=0,
        atol=1e-12,
    )


def test_repetition_shows_at_its_lag() -> None:
    picture = tempogram(curves()["beats"])
    assert picture.shape == (384, 1292)
    assert picture[21, 600] > 0.9
    assert picture[10, 600] < 0.1
    np.testing.assert_allclose(picture.max(axis=0), 1.0, rtol=1e-6)
