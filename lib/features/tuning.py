"""How far a recording's notes lie from A = 440 Hz.

Every spectral peak between 150 Hz and 4 kHz says a pitch; the commonest distance of those pitches
from the nearest semitone is the tuning.

References
----------
Smith, J. O.: "Spectral Audio Signal Processing", section "Quadratic Interpolation of Spectral
Peaks".  W3K Publishing, 2011.

Ellis, D. P. W., Poliner, G. E.: "Identifying 'cover songs' with chroma features and dynamic
programming beat tracking".  ICASSP, 2007.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from lib.features.spectrum import N_FFT

_LOWEST_HZ, _HIGHEST_HZ = 150.0, 4000.0
_LOUD = 0.1  # a peak counts when it is above this share of its frame's largest power
_A0_HZ = 27.5
_SEMITONES = 12
_RESOLUTION = 100  # steps to a semitone: the tuning is known to a cent

_FIRST_BIN = int(np.ceil(_LOWEST_HZ * N_FFT / SAMPLE_RATE))
_LAST_BIN = int(np.ceil(_HIGHEST_HZ * N_FFT / SAMPLE_RATE))  # exclusive


def spectral_peaks(
    power: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Find the peaks of every frame's spectrum, each refined by a parabola through three bins.

    With ``a, b, c`` the powers left of, at and right of the peak (Smith 2011)::

        p      = (c - a) / 2 / (2 b - a - c)        # in bins, from the middle one
        height = b + (c - a) / 4 * p

    Parameters
    ----------
    power : np.ndarray [shape=(t, 1025)]
        From `~lib.features.spectrum.power_spectrogram`.

    Returns
    -------
    frequencies, heights : np.ndarray [shape=(peaks,)]
        Hz and power.

    Examples
    --------
    >>> S = np.zeros((1, 1025), dtype=np.float32)
    >>> S[0, 99:102] = 1.0, 2.0, 1.0
    >>> spectral_peaks(S)
    (array([1076.6602], dtype=float32), array([2.], dtype=float32))
    """
    loud = _LOUD * power.max(axis=1, keepdims=True)
    middle = power[:, _FIRST_BIN:_LAST_BIN]
    left = power[:, _FIRST_BIN - 1 : _LAST_BIN - 1]
    right = power[:, _FIRST_BIN + 1 : _LAST_BIN + 1]
    found = (middle > loud) & (middle > left) & (middle >= right)
    frame, k = np.divmod(np.flatnonzero(found), found.shape[1])
    k += _FIRST_BIN
    a, b, c = power[frame, k - 1], power[frame, k], power[frame, k + 1]
    # In double precision from the second operation on, as the oracle's compiled code does it: the
    # tuning is a vote, and a vote on the edge between two cents must fall the same way.
    slope = (c - a).astype(np.float64) / 2
    curvature = 2.0 * b.astype(np.float64) - (a + c)
    inside = np.abs(slope) < np.abs(curvature)
    shift = np.where(inside, slope, 0.0) / np.where(inside, curvature, 1.0)
    single = shift.astype(np.float32)
    frequencies = ((k + single) * SAMPLE_RATE / N_FFT).astype(np.float32)
    return frequencies, b + 0.5 * ((c - a) / 2) * single


def estimate_tuning(power: NDArray[np.float32]) -> float:
    """Estimate the tuning: the commonest distance of the stronger peaks from a semitone.

    ``12 log2(f / 27.5)`` modulo one, of all peaks at least as high as the median one, counted in
    steps of a cent; the lower edge of the fullest step is the answer.

    Parameters
    ----------
    power : np.ndarray [shape=(t, 1025)]
        From `~lib.features.spectrum.power_spectrogram`.

    Returns
    -------
    float
        In [-0.5, 0.5), fractions of a semitone; 0 where there is no peak at all.

    Examples
    --------
    >>> from lib.features.spectrum import power_spectrogram
    >>> t = np.arange(22050) / 22050
    >>> sharp = np.sin(2 * np.pi * 440 * 2 ** (0.3 / 12) * t).astype(np.float32)
    >>> round(estimate_tuning(power_spectrogram(sharp)), 1)
    0.3
    """
    frequencies, heights = spectral_peaks(power)
    if not frequencies.size:
        return 0.0
    strong = frequencies[heights >= _median(heights)]
    distance = np.mod(_SEMITONES * np.log2(strong / _A0_HZ), 1.0)
    distance[distance >= 0.5] -= 1.0
    counts, edges = np.histogram(distance, np.linspace(-0.5, 0.5, _RESOLUTION + 1))
    return float(edges[counts.argmax()])


def _median(values: NDArray[np.floating[Any]]) -> float:
    """Return the median, as ``np.median`` does, which loads all of ``numpy.ma`` to look for NaN."""
    middle = [(values.size - 1) // 2, values.size // 2]
    return float(np.partition(values, middle)[middle].mean())
