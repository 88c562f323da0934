"""Harmony: how the power divides among the twelve pitch classes.

References
----------
Ellis, D. P. W.: "Chroma feature analysis and synthesis", 2007.
https://www.ee.columbia.edu/~dpwe/resources/matlab/chroma-ansyn/
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from lib.features.spectrum import N_BINS, N_FFT, read_only

N_CHROMA = 12
_A0_HZ = 27.5
_C_FROM_A = 3  # semitones from A up to C, where the rows begin
_CENTRE_OCTAVE, _OCTAVES = 5.0, 2.0  # a Gaussian over octaves above A0 favours the middle range


@lru_cache(maxsize=128)  # there are 100 tunings
def chroma_bank(tuning: float) -> NDArray[np.float32]:
    """Build the weights with which each frequency counts towards each pitch class.

    With ``q[k]`` the pitch of bin `k` in semitones above the (tuned) A0 and ``d`` the distance from
    pitch class `c` around the octave, -6 to 6 (Ellis 2007)::

        W[c, k] = exp(-(2 d / max(1, q[k+1] - q[k]))^2 / 2)
        W[:, k] = W[:, k] / |W[:, k]| * exp(-((q[k] / 12 - 5) / 2)^2 / 2)

    Parameters
    ----------
    tuning : float
        Fractions of a semitone.

    Returns
    -------
    np.ndarray [shape=(12, 1025)]
        Rows C, C#, ... B.  Read-only.
    """
    # All N_FFT bins, though half are dropped: the width of the last kept one needs its neighbour.
    hz = np.arange(1, N_FFT) * SAMPLE_RATE / N_FFT
    pitch = N_CHROMA * np.log2(hz / (_A0_HZ * 2.0 ** (tuning / N_CHROMA)))
    # Frequency zero has no pitch; it is put an octave and a half below the first bin.
    pitch = np.concatenate(([pitch[0] - 1.5 * N_CHROMA], pitch))[: N_BINS + 1]
    width = np.maximum(np.diff(pitch), 1.0)
    pitch = pitch[:N_BINS]
    half = N_CHROMA // 2
    distance = np.mod(pitch - np.arange(N_CHROMA)[:, None] + half, N_CHROMA) - half
    bank = np.exp(-0.5 * (2 * distance / width) ** 2)
    bank /= np.sqrt(np.sum(bank**2, axis=0))
    bank *= np.exp(-0.5 * ((pitch / N_CHROMA - _CENTRE_OCTAVE) / _OCTAVES) ** 2)
    return read_only(np.roll(bank, -_C_FROM_A, axis=0))


def chromagram(power: NDArray[np.float32], *, tuning: float) -> NDArray[np.float32]:
    """Compute the chromagram: the power of each pitch class, the largest of a frame being one.

    Parameters
    ----------
    power : np.ndarray [shape=(t, 1025)]
        From `~lib.features.spectrum.power_spectrogram`.
    tuning : float
        From `~lib.features.tuning.estimate_tuning`.

    Returns
    -------
    np.ndarray [shape=(12, t)]
        In [0, 1]; a silent frame is all zeros.

    Examples
    --------
    >>> from lib.features.spectrum import power_spectrogram
    >>> a = np.sin(2 * np.pi * 440 * np.arange(22050) / 22050).astype(np.float32)
    >>> int(chromagram(power_spectrogram(a), tuning=0.0)[:, 20].argmax())  # A is the tenth
    9
    """
    chroma = (power @ chroma_bank(tuning).T).T
    largest = chroma.max(axis=0)
    largest[largest < np.finfo(np.float32).tiny] = 1.0
    chroma /= largest
    return chroma
