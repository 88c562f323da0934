from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from lib.features.chroma import chroma_bank, chromagram
from lib.features.spectrum import power_spectrogram
from lib.features.tuning import estimate_tuning
from tests.features.signals import EDGE_SIGNALS, RATE, Agree, tone

LONG_ENOUGH = [name for name, y in EDGE_SIGNALS.items() if y.size >= 2048 and y.any()]


@pytest.mark.parametrize("tuning", [-0.5, -0.13, 0.0, 0.49])
def test_the_bank_is_librosas(librosa: ModuleType, agree: Agree, tuning: float) -> None:
    agree(chroma_bank(tuning), librosa.filters.chroma(sr=RATE, n_fft=2048, tuning=tuning))


@pytest.mark.filterwarnings("ignore:Trying to estimate tuning from empty")
@pytest.mark.parametrize("name", LONG_ENOUGH)
def test_the_chromagram_is_librosas(librosa: ModuleType, agree: Agree, name: str) -> None:
    y = EDGE_SIGNALS[name]
    power = power_spectrogram(y)
    ours = chromagram(power, tuning=estimate_tuning(power))
    agree(ours, librosa.feature.chroma_stft(y=y, sr=RATE))
    assert ours.min() >= 0
    np.testing.assert_array_equal(ours.max(axis=0)[power.any(axis=1)], 1.0)


def test_a_silent_frame_has_no_pitch_class() -> None:
    assert not chromagram(np.zeros((2, 1025), dtype=np.float32), tuning=0.0).any()


@pytest.mark.parametrize("semitones", range(12))
def test_each_semitone_has_its_row(semitones: int) -> None:
    middle_c = 440 * 2 ** (-9 / 12)
    power = power_spectrogram(tone(middle_c * 2 ** (semitones / 12), 1))
    assert chromagram(power, tuning=0.0)[:, 20].argmax() == semitones


def test_the_bank_cannot_be_written() -> None:
    with pytest.raises(ValueError, match="read-only"):
        chroma_bank(0.0)[0, 0] = 1.0
