"""What networks hear of three seconds: frames of MFCCs, or 57 statistics."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from lib.features import rhythm
from lib.features.brightness import spectral_centroid, spectral_rolloff, zero_crossing_rate
from lib.features.chroma import chromagram
from lib.features.framewise import rms, spectral_bandwidth
from lib.features.mel import mel_spectrogram_db, mfcc
from lib.features.separation import separate
from lib.features.spectrum import HOP, power_spectrogram, transform
from lib.features.tuning import estimate_tuning

SEGMENT_SECONDS = 3.0
SEGMENT_SAMPLES = round(SEGMENT_SECONDS * SAMPLE_RATE)
SEGMENT_FRAMES = 1 + SEGMENT_SAMPLES // HOP

_COEFFICIENTS = 13  # of the frames
_MORE_COEFFICIENTS = 20  # of the statistics

MFCC_NAMES: tuple[str, ...] = tuple(f"mfcc_{i:02}" for i in range(1, _COEFFICIENTS + 1))

# As the table that is passed around with GTZAN calls them ("features_3_sec.csv"), in its order.
STATISTICS_NAMES: tuple[str, ...] = (
    *(
        f"{name}_{moment}"
        for name in (
            "chroma_stft", "rms", "spectral_centroid", "spectral_bandwidth", "rolloff",
            "zero_crossing_rate", "harmony", "perceptr",
        )
        for moment in ("mean", "var")
    ),
    "tempo",
    *(f"mfcc{i}_{moment}" for i in range(1, _MORE_COEFFICIENTS + 1) for moment in ("mean", "var")),
)  # fmt: skip


def mfcc_frames(y: NDArray[np.float32]) -> NDArray[np.float64]:
    """Compute 13 MFCCs of each frame of a segment.

    Parameters
    ----------
    y : np.ndarray [shape=(66150,)]
        Three seconds, mono, at 22,050 Hz.

    Returns
    -------
    np.ndarray [shape=(130 * 13,)]
        Frame after frame; within a frame in the order of `MFCC_NAMES`.

    Examples
    --------
    >>> mfcc_frames(np.zeros(SEGMENT_SAMPLES, dtype=np.float32)).reshape(130, 13)[:2, 0].round(1)
    array([-1131.4, -1131.4])
    """
    coefficients = mfcc(mel_spectrogram_db(power_spectrogram(y)))[:_COEFFICIENTS]
    return coefficients.T.ravel().astype(np.float64)


def segment_statistics(y: NDArray[np.float32]) -> NDArray[np.float64]:
    """Compute the means and variances of what is heard in a segment, and its tempo.

    Each is of the frames, but chroma's are over the pitch classes as well, and those of the
    harmonic and the percussive part over samples.

    Parameters
    ----------
    y : np.ndarray [shape=(66150,)]
        Three seconds, mono, at 22,050 Hz.

    Returns
    -------
    np.ndarray [shape=(57,)]
        In the order of `STATISTICS_NAMES`.
    """
    X = transform(y)
    magnitude = np.abs(X)
    power = np.square(magnitude)
    mel_db = mel_spectrogram_db(power)
    centroid = spectral_centroid(magnitude)
    harmonic, percussive = separate(y, X, magnitude)
    heard = (
        chromagram(power, tuning=estimate_tuning(power)),
        rms(y),
        centroid,
        spectral_bandwidth(magnitude, centroid),
        spectral_rolloff(magnitude),
        zero_crossing_rate(y),
        harmonic,
        percussive,
    )
    tempo = rhythm.estimate_tempo(rhythm.onset_strength(mel_db))
    coefficients = mfcc(mel_db)[:_MORE_COEFFICIENTS]
    moments = [_moments(values) for values in heard]
    return np.concatenate((*moments, [tempo], *(_moments(row) for row in coefficients)))


def _moments(values: NDArray[np.floating]) -> tuple[float, float]:
    """Return mean and variance (ddof 0) of all values."""
    return float(values.mean(dtype=np.float64)), float(values.var(dtype=np.float64))
