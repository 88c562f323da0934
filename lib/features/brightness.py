"""Brightness: how much of a sound lies high, by its samples and by its spectrum.

Three arrays that the 85 features do without and the larger feature sets add.

References
----------
Tzanetakis, G., Cook, P.: "Musical genre classification of audio signals".  IEEE Transactions on
Speech and Audio Processing 10 (5), 2002.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.features.spectrum import HOP, N_FFT, bin_frequencies

ROLLOFF_SHARE = 0.85
_SILENCE = np.float32(1e-10)  # a sample this near to zero counts as zero, which is not negative


@dataclass(frozen=True, eq=False)
class Brightness:
    """What the extra features are the means and standard deviations of.

    Parameters
    ----------
    zero_crossing_rate : np.ndarray [shape=(t,)]
        Share of the samples whose sign is not that of the one before, in [0, 1].
    rolloff : np.ndarray [shape=(t,)]
        The frequency below which 85 % of the magnitude lies, Hz.
    centroid : np.ndarray [shape=(t,)]
        The centre of gravity of the spectrum, Hz.
    """

    zero_crossing_rate: NDArray[np.float64]
    rolloff: NDArray[np.float64]
    centroid: NDArray[np.float64]


def brightness(y: NDArray[np.float32], power: NDArray[np.float32]) -> Brightness:
    """Compute the arrays of the extra features.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz.
    power : np.ndarray [shape=(1 + n // 512, 1025)]
        Its `~lib.features.spectrum.power_spectrogram`.
    """
    magnitude = np.sqrt(power)
    return Brightness(
        zero_crossing_rate(y), spectral_rolloff(magnitude), spectral_centroid(magnitude)
    )


def zero_crossing_rate(y: NDArray[np.float32]) -> NDArray[np.float64]:
    """Compute how often the signal changes its sign.

    ``zcr[t] = sum_n (s[n] != s[n - 1]) / 2048`` over the samples ``n`` of frame `t` but its first,
    where ``s`` is the sign and zero counts as positive.  Beyond its ends the signal stays at its
    first and its last value.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        At least one sample.

    Returns
    -------
    np.ndarray [shape=(1 + n // 512,)]
        In [0, 1].

    Examples
    --------
    >>> tone = np.sin(2 * np.pi * 441 * np.arange(22050) / 22050).astype(np.float32)
    >>> round(float(zero_crossing_rate(tone)[20]) * 22050 / 882, 1)  # two to a period
    1.0
    """
    negative = np.pad(y, N_FFT // 2, mode="edge") < -_SILENCE
    crossings = np.concatenate(([0], np.cumsum(negative[1:] != negative[:-1])))
    starts = np.arange(0, len(negative) - N_FFT + 1, HOP)
    rate: NDArray[np.float64] = (crossings[starts + N_FFT - 1] - crossings[starts]) / N_FFT
    return rate


def spectral_rolloff(magnitude: NDArray[np.float32]) -> NDArray[np.float64]:
    """Compute the frequency below which most of the magnitude lies.

    ``rolloff[t] = min f[k] such that sum_{j <= k} |X[t, j]| >= 0.85 sum_j |X[t, j]|`` (Tzanetakis
    and Cook 2002).

    Parameters
    ----------
    magnitude : np.ndarray [shape=(t, 1025)]
        Not negative.

    Returns
    -------
    np.ndarray [shape=(t,)]
        Hz; 0 where there is silence.

    Examples
    --------
    >>> spectral_rolloff(np.ones((1, 1025), dtype=np.float32)).round()
    array([9378.])
    """
    below = np.cumsum(magnitude, axis=1)
    enough = below >= ROLLOFF_SHARE * below[:, -1:]
    rolloff: NDArray[np.float64] = bin_frequencies()[enough.argmax(axis=1)]
    return rolloff


def spectral_centroid(magnitude: NDArray[np.float32]) -> NDArray[np.float64]:
    """Compute the centre of gravity of each frame's spectrum.

    ``centroid[t] = sum_k |X[t, k]| f[k] / sum_j |X[t, j]|`` (Tzanetakis and Cook 2002).

    Parameters
    ----------
    magnitude : np.ndarray [shape=(t, 1025)]
        Not negative.

    Returns
    -------
    np.ndarray [shape=(t,)]
        Hz; 0 where there is silence.

    Examples
    --------
    >>> spectral_centroid(np.ones((1, 1025), dtype=np.float32))
    array([5512.5])
    """
    whole = magnitude.sum(axis=1, dtype=np.float64)
    whole[whole < np.finfo(np.float32).tiny] = 1.0
    centroid: NDArray[np.float64] = magnitude @ bin_frequencies() / whole
    return centroid
