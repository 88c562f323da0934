"""At which lags the onsets of a sound repeat, around each moment and on the whole.

The tempogram is the autocorrelation of the onsets under a Hann window that moves along them
(Grosche, Müller and Kurth 2010).  With ``o`` the onsets, ``w`` the window of ``L`` frames::

    r[t, l] = sum_m w[m - t] w[m + l - t] o[m] o[m + l]
    A[t, l] = r[t, l] / r[t, 0]

References
----------
Grosche, P., Müller, M., Kurth, F.: "Cyclic tempogram: a mid-level tempo representation for music
signals".  ICASSP, 2010.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lib.features.spectrum import hann

N_LAGS = 384  # frames in the window of the tempogram that is drawn: 8.9 s
_PADDED = 2 * N_LAGS  # length of its transforms: 768 = 2^8 * 3, which is fast
_BLOCK = 128  # frames transformed at a time, so that their spectra stay in the cache
_TINY = np.finfo(np.float64).tiny  # less than this is silence, and stays as it is
# Energy of all onsets over that of the weakest window.  The running sums round by 2e-16 of it, so
# beyond this ratio the faint stretches would drown in the rounding of the loud ones.
_WIDEST_RANGE = 1e6


def _faded(onsets: NDArray[np.float32], lags: int) -> NDArray[np.float32]:
    """Give every frame a whole window: beyond their ends the onsets fade to zero on a line.

    Returns
    -------
    np.ndarray [shape=(t + lags - 1,)]
        The window of frame `t` begins at index `t`.
    """
    faded = np.pad(onsets, lags // 2, mode="linear_ramp", end_values=0.0)
    return faded[: len(onsets) + lags - 1]


def _local_spectra(
    onsets: NDArray[np.float32], lags: int
) -> Iterator[tuple[slice, NDArray[np.float64]]]:
    """Give the power spectra of the windowed onsets around each frame.

    By the theorem of Wiener and Khinchin their inverse transforms are the autocorrelations ``r``;
    zeros up to twice the length keep the lags apart.

    Yields
    ------
    frames : slice
        Which frames these are.
    spectra : np.ndarray [shape=(frames, 385)]
        Their power spectra.
    """
    around = sliding_window_view(_faded(onsets, lags), lags)
    for start in range(0, len(onsets), _BLOCK):
        frames = slice(start, start + _BLOCK)
        spectra = np.fft.rfft(around[frames] * hann(lags), n=_PADDED)
        yield frames, spectra.real**2 + spectra.imag**2


def tempogram(onsets: NDArray[np.float32], *, lags: int = N_LAGS) -> NDArray[np.float32]:
    """Compute the tempogram: the autocorrelation ``A`` of the onsets around each frame.

    Parameters
    ----------
    onsets : np.ndarray [shape=(t,)]
        From `~lib.features.rhythm.onset_strength`.
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
    result = np.empty((len(onsets), lags), dtype=np.float32)
    for frames, spectra in _local_spectra(onsets, lags):
        correlation = np.fft.irfft(spectra)[:, :lags]
        largest = np.abs(correlation).max(axis=1, keepdims=True)
        largest[largest < _TINY] = 1.0
        np.divide(correlation, largest, out=result[frames], casting="same_kind")
    return result.T


def mean_tempogram(onsets: NDArray[np.float32], *, lags: int) -> NDArray[np.float64]:
    """Average the `tempogram` over time, without computing it: in ten transforms, not thousands.

    A Hann window is made of three functions, ``w[m - t] = p[m]' D p[t]`` with
    ``p[m] = (1, cos(2 pi m / L), sin(2 pi m / L))`` and ``D = diag(1, -1, -1) / 2``.  So what
    depends on the frame can be summed before anything is correlated::

        sum_t A[t, l] = sum_m o[m] o[m + l] p[m]' (Q[m] - Q[m + l - L]) p[m + l]
        Q[m] = sum_{t <= m} D p[t] p[t]' D / r[t, 0]

    which are two correlations for each of the three functions.

    Parameters
    ----------
    onsets : np.ndarray [shape=(t,)]
        From `~lib.features.rhythm.onset_strength`.
    lags : int
        Length ``L`` of the window, and number of lags, in frames; at most 384.

    Returns
    -------
    np.ndarray [shape=(lags,)]
        In [-1, 1]; all zeros where nothing sets in.
    """
    o = _faded(onsets, lags).astype(np.float64)
    energy = np.correlate(o**2, hann(lags) ** 2, mode="valid")
    heard = energy >= _TINY
    weights = np.zeros(len(o))
    weights[: len(energy)][heard] = 1 / energy[heard]
    if weights.max() * (o @ o) > _WIDEST_RANGE:
        return _mean_of_spectra(onsets, lags)

    angle = 2 * np.pi / lags * np.arange(len(o))
    p = np.stack((np.ones(len(o)), np.cos(angle), np.sin(angle)))
    Dp = np.array([[0.5], [-0.5], [-0.5]]) * p
    Q = np.cumsum(weights * Dp[:, None] * Dp[None], axis=-1)
    Q_before = np.concatenate((np.zeros((3, 3, lags)), Q), axis=-1)[..., : len(o)]
    size = 2 ** int(np.ceil(np.log2(len(o) + lags)))  # zeros that keep the lags apart
    U = np.fft.rfft(o * p, size)
    starting = np.fft.rfft(np.einsum("im,ijm->jm", o * p, Q), size)
    ended = np.fft.rfft(np.einsum("im,ijm->jm", o * p, Q_before), size)
    total = np.fft.irfft((starting.conj() * U - U.conj() * ended).sum(axis=0), size)
    mean: NDArray[np.float64] = total[:lags] / len(onsets)
    return mean


def _mean_of_spectra(onsets: NDArray[np.float32], lags: int) -> NDArray[np.float64]:
    """Average the tempogram frame by frame, for onsets of which some are far weaker than others.

    The inverse transform is linear, and an autocorrelation at lag zero is the mean of the power
    spectrum: so the spectra are scaled and averaged, and transformed back once.
    """
    total = np.zeros(_PADDED // 2 + 1)
    for _, spectra in _local_spectra(onsets, lags):
        # Each bin but the first and the last stands for itself and for its negative frequency.
        energy = (2 * spectra.sum(axis=1) - spectra[:, 0] - spectra[:, -1]) / _PADDED
        energy[energy < _TINY] = 1.0
        total += (1 / energy) @ spectra
    mean: NDArray[np.float64] = np.fft.irfft(total / len(onsets))[:lags]
    return mean
