"""How loud each frame is and how wide its spectrum: `~lib.features.brightness` has the others.

References
----------
Peeters, G.: "A large set of audio features for sound description (similarity and classification) in
the CUIDADO project".  Ircam, technical report, 2004.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.features.spectrum import N_FFT, bin_frequencies, framed

_TINY = np.finfo(np.float32).tiny


def rms(y: NDArray[np.float32]) -> NDArray[np.float64]:
    """Compute how loud each frame is: ``sqrt(mean_n y[n]^2)``.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz; beyond its ends it counts as zero.

    Returns
    -------
    np.ndarray [shape=(1 + n // 512,)]
        Of full scale.

    Examples
    --------
    >>> rms(np.full(4096, 0.5, dtype=np.float32))[4]
    np.float64(0.5)
    """
    frames = framed(np.pad(y, N_FFT // 2))
    power = np.einsum("ti,ti->t", frames, frames, dtype=np.float64) / N_FFT
    return np.asarray(np.sqrt(power))


def spectral_bandwidth(
    magnitude: NDArray[np.float32], centroid: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Compute how far each frame's spectrum spreads around its centre.

    ``sqrt(sum_k M[t, k] (f[k] - centroid[t])^2 / sum_k M[t, k])``

    Parameters
    ----------
    magnitude : np.ndarray [shape=(t, 1025)]
        Roots of `~lib.features.spectrum.power_spectrogram`.
    centroid : np.ndarray [shape=(t,)]
        From `~lib.features.brightness.spectral_centroid`, Hz.

    Returns
    -------
    np.ndarray [shape=(t,)]
        Hz; 0 of a silent frame.
    """
    deviation = bin_frequencies() - centroid[:, None]
    return np.asarray(np.sqrt(np.einsum("tk,tk->t", _shares(magnitude), deviation**2)))


def _shares(magnitude: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return each bin's share of its frame's magnitudes [shape=(t, 1025)]."""
    total = magnitude.sum(axis=1, keepdims=True, dtype=np.float64)
    return np.asarray(magnitude / np.where(total < _TINY, 1.0, total))
