"""Rhythm: where the sound sets in, and the tempo that it says.

References
----------
Ellis, D. P. W.: "Beat tracking by dynamic programming".  Journal of New Music Research 36 (1),
2007.

Böck, S., Widmer, G.: "Maximum filter vibrato suppression for onset detection".  DAFx, 2013.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from lib.features.spectrum import HOP, N_FFT
from lib.features.tempogram import mean_tempogram

FRAMES_PER_SECOND = SAMPLE_RATE / HOP
_WINDOW = int(8.0 * SAMPLE_RATE) // HOP  # frames of the tempogram that the tempo is read from: 8 s
_USUAL_BPM = 120.0
_HIGHEST_BPM = 320.0


def onset_strength(mel_db: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compute how much louder the bands have grown since the frame before.

    Formula: ``o[t + 2] = mean_m max(0, M[m, t] - M[m, t - 1])`` (Böck and Widmer 2013, without
    their maximum filter).  The two frames make up for the window, whose middle an onset reaches
    two hops after its edge.

    Parameters
    ----------
    mel_db : np.ndarray [shape=(128, t)]
        dB.

    Returns
    -------
    np.ndarray [shape=(t,)]
        dB.

    Examples
    --------
    >>> steps = np.repeat(np.array([[0.0, 6.0]], dtype=np.float32), 4, axis=1)
    >>> onset_strength(steps)
    array([0., 0., 0., 0., 0., 0., 6., 0.], dtype=float32)
    """
    rise = np.maximum(0.0, np.diff(mel_db)).mean(axis=0)
    late = N_FFT // (2 * HOP)
    return np.concatenate((np.zeros(1 + late, dtype=np.float32), rise))[: mel_db.shape[1]]


def estimate_tempo(onsets: NDArray[np.float32]) -> float:
    """Estimate the tempo: the lag with most correlation, tempi about 120 being likelier.

    ``argmax_l ln(1 + 1e6 A[l]) - log2(bpm[l] / 120)^2 / 2`` with ``A`` the `mean_tempogram` and
    ``bpm[l] = 60 * 22050 / (512 l)`` below 320: a log-normal prior one octave wide (Ellis 2007).

    Parameters
    ----------
    onsets : np.ndarray [shape=(t,)]
        From `onset_strength`.

    Returns
    -------
    float
        Beats per minute; where nothing sets in, the likeliest beforehand, 117.

    Examples
    --------
    >>> beats = np.zeros(1292, dtype=np.float32)
    >>> beats[::22] = 1.0
    >>> round(estimate_tempo(beats), 2)
    117.45
    """
    bpm = 60.0 * FRAMES_PER_SECOND / np.arange(1, _WINDOW)  # lag zero has no tempo
    score = (
        np.log1p(1e6 * mean_tempogram(onsets, lags=_WINDOW)[1:])
        - 0.5 * np.log2(bpm / _USUAL_BPM) ** 2
    )
    score[bpm >= _HIGHEST_BPM] = -np.inf
    return float(bpm[score.argmax()])
