from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from lib.features.mel import mel_spectrogram_db
from lib.features.rhythm import estimate_tempo, onset_strength
from lib.features.spectrum import power_spectrogram
from tests.features.signals import EDGE_SIGNALS, RATE, Agree
from tests.sound import music

LONG_ENOUGH = [name for name, y in EDGE_SIGNALS.items() if y.size >= 2048]


@pytest.mark.parametrize("name", LONG_ENOUGH)
def test_the_onsets_and_their_tempo_are_librosas(
    librosa: ModuleType, agree: Agree, name: str
) -> None:
    y = EDGE_SIGNALS[name]
    ours = onset_strength(mel_spectrogram_db(power_spectrogram(y)))
    theirs = librosa.onset.onset_strength(y=y, sr=RATE)
    agree(ours, theirs)
    assert estimate_tempo(theirs) == librosa.feature.tempo(onset_envelope=theirs, sr=RATE)[0]


@pytest.mark.parametrize("frames", [1, 2, 3, 4])
def test_as_many_onsets_as_frames_however_few(frames: int) -> None:
    assert onset_strength(np.zeros((128, frames), dtype=np.float32)).shape == (frames,)


@pytest.mark.parametrize("bpm", [60, 90, 123, 172])
def test_hears_a_plain_beat_or_an_octave_of_it(bpm: int) -> None:
    onsets = onset_strength(mel_spectrogram_db(power_spectrogram(music(30, bpm=bpm))))
    octaves = np.log2(estimate_tempo(onsets) / bpm)
    assert octaves == pytest.approx(round(octaves), abs=0.05)


def test_is_drawn_to_120_where_nothing_beats() -> None:
    assert estimate_tempo(np.zeros(1292, dtype=np.float32)) == pytest.approx(120, abs=3)


@pytest.mark.parametrize("apart", [5, 8])
def test_is_never_faster_than_320(apart: int) -> None:
    onsets = np.zeros(1292, dtype=np.float32)
    onsets[::apart] = 1.0
    assert estimate_tempo(onsets) < 320
