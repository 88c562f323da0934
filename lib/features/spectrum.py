"""The one short-time Fourier transform that all features share.

At 22,050 Hz, frames of 2,048 samples (93 ms) every 512 (23 ms), each under a Hann window::

    X[t, k] = sum_n y[512 t + n - 1024] w[n] exp(-2 pi i k n / 2048)
    w[n]    = (1 - cos(2 pi n / 2048)) / 2

Frame `t` is centred on sample ``512 t``; beyond its ends the signal counts as zero.

References
----------
Allen, J. B., Rabiner, L. R.: "A unified approach to short-time Fourier analysis and synthesis".
Proceedings of the IEEE 65 (11), 1977.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

N_FFT = 2048  # samples in a frame
HOP = 512  # samples from one frame to the next
N_BINS = N_FFT // 2 + 1

# Frames transformed at a time: their spectra (half a MB) stay in the cache until they are squared.
_BLOCK = 32


@lru_cache(maxsize=8)
def hann(length: int) -> NDArray[np.float64]:
    """Give the periodic Hann window ``w[n] = (1 - cos(2 pi n / length)) / 2``.

    Returns
    -------
    np.ndarray [shape=(length,)]
        Read-only.

    Examples
    --------
    >>> hann(4)
    array([0. , 0.5, 1. , 0.5])
    """
    window = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(length) / length)
    window.flags.writeable = False
    return window


def read_only(weights: NDArray[np.floating]) -> NDArray[np.float32]:
    """Give a single-precision copy that cannot be written, for caches that threads share."""
    copy = np.array(weights, dtype=np.float32, order="C")
    copy.flags.writeable = False
    return copy


def power_spectrogram(
    y: NDArray[np.float32], *, before: NDArray[np.float32] | None = None, shift: int = 0
) -> NDArray[np.float32]:
    """Compute ``S[t, k] = |X[t, k]|^2``.

    The transform runs in float64 and is rounded to single precision before its magnitude is taken:
    a float32 transform would leave noise where a click's flat spectrum has none, and move the
    tuning that is read from its peaks.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz; at least one sample.
    before : np.ndarray [shape=(1 + n // 512, 1025)] or None
        What this gave for as long a stretch of the same sound that begins earlier: what the two
        have in common is taken from there.
    shift : int
        How many frames earlier that stretch begins.

    Returns
    -------
    np.ndarray [shape=(1 + n // 512, 1025)]
        Time runs along the first axis, so that a frame's spectrum lies together in memory.

    Examples
    --------
    >>> y = np.sin(2 * np.pi * 40 / N_FFT * np.arange(4096)).astype(np.float32)
    >>> S = power_spectrogram(y)
    >>> S.shape, int(S[4].argmax())
    ((9, 1025), 40)
    """
    frames = sliding_window_view(np.pad(y, N_FFT // 2), N_FFT)[::HOP]
    S = np.empty((len(frames), N_BINS), dtype=np.float32)
    first = last = 0
    if before is not None:
        # Frames that reach over an end of either stretch see zeros there, not the sound.
        first = N_FFT // 2 // HOP
        last = max(first, 1 + (len(y) - N_FFT // 2) // HOP - shift)
        S[first:last] = before[first + shift : last + shift]
    _transform(frames[:first], S[:first])
    _transform(frames[last:], S[last:])
    return S


def _transform(frames: NDArray[np.float32], S: NDArray[np.float32]) -> None:
    """Write the power spectra of frames [shape=(t, 2048)] to `S` [shape=(t, 1025)]."""
    window = hann(N_FFT)
    for start in range(0, len(frames), _BLOCK):
        block = slice(start, start + _BLOCK)
        spectra = np.fft.rfft(frames[block] * window).astype(np.complex64)
        np.square(np.abs(spectra), out=S[block])
