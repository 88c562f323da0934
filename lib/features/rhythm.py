"""Rhythm: where the sound sets in, at which lags that repeats, and the tempo that it says.

References
----------
Ellis, D. P. W.: "Beat tracking by dynamic programming".  Journal of New Music Research 36 (1),
2007.

Böck, S., Widmer, G.: "Maximum filter vibrato suppression for onset detection".  DAFx, 2013.

Grosche, P., Müller, M., Kurth, F.: "Cyclic tempogram: a mid-level tempo representation for music
signals".  ICASSP, 2010.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lib.features.spectrum import HOP, N_FFT, SAMPLE_RATE, hann

FRAMES_PER_SECOND = SAMPLE_RATE / HOP
N_LAGS = 384  # frames in the window of the tempogram that is drawn: 8.9 s
_TEMPO_LAGS = int(8.0 * SAMPLE_RATE) // HOP  # frames in the window that the tempo is read from
_PADDED = 2 * N_LAGS  # length of its transforms: 768 = 2^8 * 3, which is fast
_BLOCK = 128  # frames transformed at a time, so that their spectra stay in the cache
_TINY = np.finfo(np.float64).tiny  # less than this is silence, and stays as it is
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


def _local_spectra(
    onsets: NDArray[np.float32], lags: int
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Give the power spectra of the onsets around each frame, under a Hann window of `lags` frames.

    By the theorem of Wiener and Khinchin their inverse transforms are the autocorrelations.  Zeros
    up to twice the length keep the lags apart; beyond its ends the curve fades to zero on a line.

    Yields
    ------
    frames : slice
        Which frames these are.
    spectra : np.ndarray [shape=(frames, 385)]
        Their power spectra.
    """
    padded = np.pad(onsets, lags // 2, mode="linear_ramp", end_values=0.0)
    around = sliding_window_view(padded, lags)[: len(onsets)]
    for start in range(0, len(onsets), _BLOCK):
        frames = slice(start, start + _BLOCK)
        spectra = np.fft.rfft(around[frames] * hann(lags), n=_PADDED)
        yield frames, spectra.real**2 + spectra.imag**2


def tempogram(onsets: NDArray[np.float32], *, lags: int = N_LAGS) -> NDArray[np.float32]:
    """Compute the tempogram: the autocorrelation of the onsets around each frame.

    ``A[l, t] = sum_n o_t[n] o_t[n + l] / max_l |...|`` with ``o_t`` the windowed onsets around
    frame `t` (Grosche, Müller and Kurth 2010).

    Parameters
    ----------
    onsets : np.ndarray [shape=(t,)]
        From `onset_strength`.
    lags : int
        Length of the window, and number of lags, in frames; at most 384.

    Returns
    -------
    np.ndarray [shape=(lags, t)]
        The largest of each frame is one; all zeros where nothing sets in.

    Examples
    --------
    >>> beats = np.tile(np.array([1, 0, 0, 0], dtype=np.float32), 200)
    >>> tempogram(beats)[:6, 400].round(2)
    array([1., 0., 0., 0., 1., 0.], dtype=float32)
    """
    result = np.empty((lags, len(onsets)), dtype=np.float32)
    for frames, spectra in _local_spectra(onsets, lags):
        correlation = np.fft.irfft(spectra)[:, :lags]
        largest = np.abs(correlation).max(axis=1, keepdims=True)
        largest[largest < _TINY] = 1.0
        result[:, frames] = (correlation / largest).T
    return result


def mean_tempogram(onsets: NDArray[np.float32], *, lags: int = _TEMPO_LAGS) -> NDArray[np.float64]:
    """Average the `tempogram` over time.

    An autocorrelation is largest at lag zero, where it is the mean of the power spectrum, and the
    inverse transform is linear: so the spectra are scaled and averaged, and transformed back once.

    Returns
    -------
    np.ndarray [shape=(lags,)]
    """
    total = np.zeros(_PADDED // 2 + 1)
    for _, spectra in _local_spectra(onsets, lags):
        # Each bin but the first and the last stands for itself and for its negative frequency.
        energy = (2 * spectra.sum(axis=1) - spectra[:, 0] - spectra[:, -1]) / _PADDED
        energy[energy < _TINY] = 1.0
        total += (1 / energy) @ spectra
    mean: NDArray[np.float64] = np.fft.irfft(total / len(onsets))[:lags]
    return mean


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
        Beats per minute.

    Examples
    --------
    >>> beats = np.zeros(1292, dtype=np.float32)
    >>> beats[::22] = 1.0
    >>> round(estimate_tempo(beats), 2)
    117.45
    """
    bpm = 60.0 * FRAMES_PER_SECOND / np.arange(1, _TEMPO_LAGS)  # lag zero has no tempo
    score = np.log1p(1e6 * mean_tempogram(onsets)[1:]) - 0.5 * np.log2(bpm / _USUAL_BPM) ** 2
    score[bpm >= _HIGHEST_BPM] = -np.inf
    return float(bpm[score.argmax()])
