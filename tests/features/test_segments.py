from __future__ import annotations

import warnings
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.features.segments import (
    MFCC_NAMES,
    SEGMENT_FRAMES,
    SEGMENT_SAMPLES,
    STATISTICS_NAMES,
    mfcc_frames,
    segment_statistics,
)
from tests.features.signals import RATE, Agree, Samples, noise, tone
from tests.sound import music

# The header of the table that is passed around with GTZAN, between its name and its label.
HEADER = """
chroma_stft_mean,chroma_stft_var,rms_mean,rms_var,spectral_centroid_mean,spectral_centroid_var,
spectral_bandwidth_mean,spectral_bandwidth_var,rolloff_mean,rolloff_var,zero_crossing_rate_mean,
zero_crossing_rate_var,harmony_mean,harmony_var,perceptr_mean,perceptr_var,tempo,mfcc1_mean,
mfcc1_var,mfcc2_mean,mfcc2_var,mfcc3_mean,mfcc3_var,mfcc4_mean,mfcc4_var,mfcc5_mean,mfcc5_var,
mfcc6_mean,mfcc6_var,mfcc7_mean,mfcc7_var,mfcc8_mean,mfcc8_var,mfcc9_mean,mfcc9_var,mfcc10_mean,
mfcc10_var,mfcc11_mean,mfcc11_var,mfcc12_mean,mfcc12_var,mfcc13_mean,mfcc13_var,mfcc14_mean,
mfcc14_var,mfcc15_mean,mfcc15_var,mfcc16_mean,mfcc16_var,mfcc17_mean,mfcc17_var,mfcc18_mean,
mfcc18_var,mfcc19_mean,mfcc19_var,mfcc20_mean,mfcc20_var
"""


def oracle(librosa: ModuleType, y: Samples) -> NDArray[np.float64]:
    """Compute the 57 statistics by librosa's own calls."""
    feature = librosa.feature
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of silence, which is meant here
        harmonic, percussive = librosa.effects.hpss(y)
        heard = [
            feature.chroma_stft(y=y, sr=RATE),
            feature.rms(y=y),
            feature.spectral_centroid(y=y, sr=RATE),
            feature.spectral_bandwidth(y=y, sr=RATE),
            feature.spectral_rolloff(y=y, sr=RATE),
            feature.zero_crossing_rate(y=y),
            harmonic,
            percussive,
        ]
        coefficients = feature.mfcc(y=y, sr=RATE, n_mfcc=20)
        tempo = feature.tempo(y=y, sr=RATE)
    moments = [(values.mean(), values.var()) for values in (*heard, *coefficients)]
    return np.concatenate([*moments[:8], tempo, *moments[8:]])


SEGMENTS = {
    "music": music(3.0),
    "music off pitch": music(3.0, pitch=733.0, bpm=97, seed=3),
    "noise": noise(SEGMENT_SAMPLES),
    "quiet noise": noise(SEGMENT_SAMPLES, 1e-4),
    "tone in noise": (tone(330.0, 3) + noise(SEGMENT_SAMPLES, 0.01)).astype(np.float32),
    "music after silence": np.pad(music(1.0), (2 * RATE, 0)),
}
# Means of waveforms are all but zero: beside the sound's loudness, not beside themselves.
MEANS = [STATISTICS_NAMES.index(f"{part}_mean") for part in ("harmony", "perceptr")]


def check(librosa: ModuleType, y: Samples) -> None:
    ours, theirs = segment_statistics(y), oracle(librosa, y)
    np.testing.assert_allclose(ours[MEANS], theirs[MEANS], atol=1e-6 * np.abs(y).max())
    rest = np.setdiff1d(np.arange(len(ours)), MEANS)
    scale = np.maximum(np.abs(theirs[rest]), 1e-3)  # of an MFCC near zero
    assert (np.abs(ours[rest] - theirs[rest]) / scale).max() < 1e-4
    assert ours[STATISTICS_NAMES.index("tempo")] == theirs[STATISTICS_NAMES.index("tempo")]


def test_the_statistics_are_called_as_in_the_well_known_table() -> None:
    assert ",".join(STATISTICS_NAMES) == HEADER.replace("\n", "")
    assert len(STATISTICS_NAMES) == 57


@pytest.mark.parametrize("name", SEGMENTS)
def test_the_statistics_are_librosas(librosa: ModuleType, name: str) -> None:
    check(librosa, SEGMENTS[name])


def test_the_statistics_of_silence_are_numbers() -> None:
    assert np.isfinite(segment_statistics(np.zeros(SEGMENT_SAMPLES, dtype=np.float32))).all()


def test_the_statistics_of_real_segments_are_librosas(
    librosa: ModuleType, clips: dict[str, Samples]
) -> None:
    for y in clips.values():
        check(librosa, y[:SEGMENT_SAMPLES])


@pytest.mark.parametrize("name", SEGMENTS)
def test_the_frames_are_librosas(librosa: ModuleType, agree: Agree, name: str) -> None:
    y = SEGMENTS[name]
    theirs = librosa.feature.mfcc(y=y, sr=RATE, n_mfcc=13, n_fft=2048, hop_length=512)
    assert (SEGMENT_FRAMES, len(MFCC_NAMES)) == theirs.T.shape == (130, 13)
    agree(mfcc_frames(y).reshape(130, 13).astype(np.float32), theirs.T)
