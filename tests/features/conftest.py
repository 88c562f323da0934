"""librosa, the oracle that the features are held against, and the real clips."""

from __future__ import annotations

import csv
import warnings
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
import soundfile
from numpy.typing import NDArray

from lib.features import FEATURE_NAMES
from tests.features.signals import RATE, Agree, Oracle, Samples, TuningOracle

CLIPS_APART = 9  # of the 164 clips


@pytest.fixture(scope="session")
def librosa() -> ModuleType:
    """Return librosa, imported late: numba compiles for half a minute the first time."""
    import librosa

    return librosa


@pytest.fixture(scope="session")
def oracle(librosa: ModuleType) -> Oracle:
    """Return the function that computes the 85 features with librosa's own three calls."""

    def features(y: Samples) -> NDArray[np.float64]:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of short and silent sounds, which are meant here
            mfcc = librosa.feature.mfcc(y=y, sr=RATE, n_mfcc=30)
            chroma = librosa.feature.chroma_stft(y=y, sr=RATE)
            tempo = librosa.feature.tempo(y=y, sr=RATE)
        rows = (mfcc.mean(axis=1), mfcc.std(axis=1), chroma.mean(axis=1), chroma.std(axis=1), tempo)
        return np.concatenate(rows)

    return features


@pytest.fixture(scope="session")
def oracle_tuning(librosa: ModuleType) -> TuningOracle:
    """Return the function that estimates the tuning as librosa's chromagram does: from power."""

    def tuning(y: Samples) -> float:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            power = np.abs(librosa.stft(y)) ** 2
            return float(librosa.estimate_tuning(S=power, sr=RATE, bins_per_octave=12))

    return tuning


@pytest.fixture(scope="session")
def agree() -> Agree:
    """Return the check that two arrays agree: relative 1e-5, and 1e-5 of the largest value."""

    def check(ours: NDArray, theirs: NDArray) -> None:
        assert ours.shape == theirs.shape
        largest = np.abs(theirs).max(initial=0.0)
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-5 * largest)

    return check


@pytest.fixture(scope="session")
def given(gtzan: Path) -> dict[str, NDArray[np.float64]]:
    """Return the rows of `features.csv` by track."""
    with (gtzan / "features.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header[1:]) == FEATURE_NAMES
    return {track: np.array(values, dtype=float) for track, *values in rows}


@pytest.fixture(scope="session")
def clips(gtzan: Path) -> dict[str, Samples]:
    """Return the samples of some real clips of all genres, by track."""
    paths = sorted((gtzan / "audio").glob("*/*.flac"))[::CLIPS_APART]
    return {path.stem: soundfile.read(path, dtype="float32")[0] for path in paths}
