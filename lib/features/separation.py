"""What of a sound rings and what of it strikes.

A note that is held is a line along time in the spectrogram, a stroke one along frequency.  A median
along the one wipes out the other, so two medians tell how much of each there is.

References
----------
Fitzgerald, D.: "Harmonic/percussive separation using median filtering".  DAFx, 2010.
"""

from __future__ import annotations

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lib.features.spectrum import invert

_KERNEL = 31  # frames, and bins, over which a median is taken
_TINY = np.finfo(np.float32).tiny


def separate(
    y: NDArray[np.float32], X: NDArray[np.complex64], magnitude: NDArray[np.float32]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Divide a sound into its harmonic and its percussive part.

    With ``H`` the median of the magnitudes over 31 frames and ``P`` that over 31 bins, the harmonic
    part is the inverse transform of ``X H^2 / (H^2 + P^2)`` (Fitzgerald 2010).  What is left of the
    sound is percussive: the two masks sum to one, and the transform is linear.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz.
    X : np.ndarray [shape=(t, 1025)]
        Its transform, from `~lib.features.spectrum.transform`.
    magnitude : np.ndarray [shape=(t, 1025)]
        ``|X|``.

    Returns
    -------
    harmonic, percussive : np.ndarray [shape=(n,)]
        Samples, which add up to `y`.

    Examples
    --------
    >>> from lib.features.spectrum import transform
    >>> tone = np.sin(2 * np.pi * 440 * np.arange(22050) / 22050).astype(np.float32)
    >>> harmonic, percussive = separate(tone, (X := transform(tone)), np.abs(X))
    >>> bool(np.std(harmonic) > 20 * np.std(percussive))
    True
    """
    along_time = _median(magnitude.T).T
    along_frequency = _median(magnitude)
    largest = np.maximum(along_time, along_frequency)
    silent = largest < _TINY
    largest[silent] = 1.0
    # Divided first, lest a square vanish or overflow.
    rings, strikes = (along_time / largest) ** 2, (along_frequency / largest) ** 2
    mask = np.where(silent, np.float32(0.5), rings / np.where(silent, 1.0, rings + strikes))
    harmonic = invert(X * mask, len(y))
    return harmonic, y - harmonic


def _median(rows: NDArray[np.float32]) -> NDArray[np.float32]:
    """Take the median of 31 around each place of each row; beyond its ends a row is mirrored."""
    half = _KERNEL // 2
    # A row's numbers are to lie together, or every window would be gathered from far apart.
    padded = np.pad(np.ascontiguousarray(rows), ((0, 0), (half, half)), mode="symmetric")
    around = sliding_window_view(padded, _KERNEL, axis=1)
    # numpy sorts short runs with the processor's vector instructions: half the time of scipy's
    # filter.  np.median, which looks for NaN first, takes six times as long.
    median: NDArray[np.float32] = np.partition(around, half, axis=-1)[..., half]
    return median
