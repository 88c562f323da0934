"""The one short-time Fourier transform that all features share.

At 22,050 Hz, frames of 2,048 samples (93 ms) every 512 (23 ms), each under a Hann window::

    X[t, k] = sum_n y[512 t + n - 1024] w[n] exp(-2 pi i k n / 2048)
    w[n]    = (1 - cos(2 pi n / 2048)) / 2

Frame `t` is centred on sample ``512 t``; beyond its ends the signal counts as zero.

References
----------
Allen, J. B., Rabiner, L. R.: "A unified approach to short-time Fourier analysis and synthesis".
Proceedings of the IEEE 65 (11), 1977.

Griffin, D., Lim, J.: "Signal estimation from modified short-time Fourier transform".  IEEE
Transactions on Acoustics, Speech, and Signal Processing 32 (2), 1984.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE

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


def bin_frequencies() -> NDArray[np.float64]:
    """Return the frequency of each bin, Hz [shape=(1025,)]: ``f[k] = 22050 k / 2048``."""
    return np.arange(N_BINS) * SAMPLE_RATE / N_FFT


def read_only(weights: NDArray[np.floating]) -> NDArray[np.float32]:
    """Give a single-precision copy, of the same shape, that cannot be written: threads share it."""
    copy = np.array(weights, dtype=np.float32, order="C")
    copy.flags.writeable = False
    return copy


def transform(y: NDArray[np.float32]) -> NDArray[np.complex64]:
    """Compute the transform ``X`` itself, for what needs its phases too.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz; at least one sample.

    Returns
    -------
    np.ndarray [shape=(1 + n // 512, 1025)]
        Time runs along the first axis, so that a frame's spectrum lies together in memory.
    """
    frames = framed(np.pad(y, N_FFT // 2))
    X = np.empty((len(frames), N_BINS), dtype=np.complex64)
    for block, spectra in _spectra(frames):
        X[block] = spectra
    return X


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
    frames = framed(np.pad(y, N_FFT // 2))
    S = np.empty((len(frames), N_BINS), dtype=np.float32)
    first = last = 0
    if before is not None:
        # Frames that reach over an end of either stretch see zeros there, not the sound.
        first = N_FFT // 2 // HOP
        last = max(first, 1 + (len(y) - N_FFT // 2) // HOP - shift)
        S[first:last] = before[first + shift : last + shift]
    _powers(frames[:first], S[:first])
    _powers(frames[last:], S[last:])
    return S


def _powers(frames: NDArray[np.float32], S: NDArray[np.float32]) -> None:
    """Write the power spectra of frames [shape=(t, 2048)] to `S` [shape=(t, 1025)]."""
    for block, spectra in _spectra(frames):
        magnitude = np.abs(spectra, out=S[block])
        np.square(magnitude, out=magnitude)


def framed(y: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the frames of a signal that was padded by half a frame, as a view.

    Parameters
    ----------
    y : np.ndarray [shape=(n + 2048,)]

    Returns
    -------
    np.ndarray [shape=(1 + n // 512, 2048)]
    """
    return sliding_window_view(y, N_FFT)[::HOP]


def _spectra(
    frames: NDArray[np.float32],
) -> Iterator[tuple[slice, NDArray[np.complex64]]]:
    """Transform a block of frames at a time; the next block overwrites what was given."""
    window = hann(N_FFT)
    # Memory that is written again stays in the cache: a tenth of the whole time.
    windowed = np.empty((_BLOCK, N_FFT))
    exact = np.empty((_BLOCK, N_BINS), dtype=np.complex128)
    spectra = np.empty((_BLOCK, N_BINS), dtype=np.complex64)
    for start in range(0, len(frames), _BLOCK):
        block = slice(start, start + _BLOCK)
        n = len(frames[block])
        np.multiply(frames[block], window, out=windowed[:n])
        spectra[:n] = np.fft.rfft(windowed[:n], out=exact[:n])
        yield block, spectra[:n]


def invert(X: NDArray[np.complex64], length: int) -> NDArray[np.float32]:
    """Turn a transform, or what a mask has left of one, back into samples.

    Of all signals it is the one whose transform comes nearest (Griffin and Lim 1984)::

        y[n] = sum_t w[n - 512 t] x[t, n - 512 t] / sum_t w[n - 512 t]^2

    Parameters
    ----------
    X : np.ndarray [shape=(t, 1025)]
        As `transform` gives it.
    length : int
        Samples of the signal, at most ``512 t``.

    Returns
    -------
    np.ndarray [shape=(length,)]
        Samples at 22,050 Hz.
    """
    window = hann(N_FFT)
    frames = np.fft.irfft(X, n=N_FFT) * window
    y = _overlapped(frames)[N_FFT // 2 :][:length]
    weight = _overlapped(np.broadcast_to(window**2, frames.shape))[N_FFT // 2 :][:length]
    covered = weight > np.finfo(np.float32).tiny
    return np.divide(y, weight, out=y, where=covered).astype(np.float32)


def _overlapped(frames: NDArray[np.float64]) -> NDArray[np.float64]:
    """Add frames [shape=(t, 2048)] where they overlap, a hop at a time."""
    hops = N_FFT // HOP
    parts = frames.reshape(len(frames), hops, HOP)
    y = np.zeros((len(frames) + hops - 1, HOP))
    for hop in range(hops):
        y[hop : hop + len(frames)] += parts[:, hop]
    return y.ravel()
