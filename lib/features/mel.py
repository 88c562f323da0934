"""Timbre: the mel spectrogram and its cepstrum, the MFCCs.

A mel band is a triangle over frequency; the bands widen with frequency as the ear's do.  The
logarithm of their power turns a product of source and resonance into a sum, and a cosine transform
of that separates the smooth shape of the spectrum (the first coefficients) from its detail.

References
----------
Davis, S., Mermelstein, P.: "Comparison of parametric representations for monosyllabic word
recognition in continuously spoken sentences".  IEEE Transactions on Acoustics, Speech, and Signal
Processing 28 (4), 1980.

Slaney, M.: "Auditory Toolbox, version 2".  Interval Research, technical report 1998-010.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from lib.features.names import N_MFCC
from lib.features.spectrum import bin_frequencies, read_only

N_MELS = 128
DYNAMIC_RANGE_DB = 80.0  # what lies further below the clip's loudest moment is raised to there
TREBLE_HZ = 8000.0  # a sound kept at 16 kHz has nothing above; see `treble_directions`
_FLOOR = 1e-10  # power that counts as silence: -100 dB

# Slaney's scale is linear up to 1 kHz (15 mel), then 27 steps take it to 6.4 kHz.
_HZ_PER_MEL = 200.0 / 3
_BREAK_HZ = 1000.0
_BREAK_MEL = _BREAK_HZ / _HZ_PER_MEL
_LOG_STEP = np.log(6.4) / 27

# Bands multiplied at a time.  Each covers few bins, and neighbours nearly the same ones: in groups
# the product costs a sixth of the whole one, most of whose factors are zero.
_GROUP = 16


def hz_to_mel(hz: float) -> float:
    """Convert a frequency to Slaney's mel scale.

    Formula: ``3 f / 200`` below 1,000 Hz, ``15 + 27 ln(f / 1000) / ln(6.4)`` above (Slaney 1998).

    Examples
    --------
    >>> round(hz_to_mel(500.0), 6), round(hz_to_mel(6400.0), 6)
    (7.5, 42.0)
    """
    if hz < _BREAK_HZ:
        return hz / _HZ_PER_MEL
    return float(_BREAK_MEL + np.log(hz / _BREAK_HZ) / _LOG_STEP)


def mel_to_hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    """Convert Slaney's mel scale back to Hz, of any shape; see `hz_to_mel`.

    Examples
    --------
    >>> mel_to_hz(np.array([15.0, 42.0]))
    array([1000., 6400.])
    """
    above = _BREAK_HZ * np.exp(_LOG_STEP * (np.maximum(mel, _BREAK_MEL) - _BREAK_MEL))
    return np.where(mel < _BREAK_MEL, mel * _HZ_PER_MEL, above)


def _edges() -> NDArray[np.float64]:
    """Return the frequencies ``f`` between which the bands of `mel_bank` lie, Hz [shape=(130,)]."""
    return mel_to_hz(np.linspace(0.0, hz_to_mel(SAMPLE_RATE / 2), N_MELS + 2))


@lru_cache(maxsize=1)
def mel_bank() -> NDArray[np.float32]:
    """Build the bank of 128 triangles from 0 Hz to the Nyquist frequency.

    Band ``m`` rises from ``f[m]`` to ``f[m+1]`` and falls to ``f[m+2]``, where the ``f`` lie evenly
    on the mel scale; its area is one (Slaney 1998)::

        B[m, k] = max(0, min((k - f[m]) / (f[m+1] - f[m]), (f[m+2] - k) / (f[m+2] - f[m+1])))
                  * 2 / (f[m+2] - f[m])

    Returns
    -------
    np.ndarray [shape=(128, 1025)]
        Read-only.
    """
    bins, edges = bin_frequencies(), _edges()
    low, centre, high = edges[:-2, None], edges[1:-1, None], edges[2:, None]
    triangles = np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre))
    return read_only(np.maximum(0.0, triangles) * (2.0 / (high - low)))


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[slice, slice, NDArray[np.float32]], ...]:
    """Cut the bank into groups of neighbouring bands, each with the bins where it isn't zero."""
    groups = []
    for first in range(0, N_MELS, _GROUP):
        bands = slice(first, first + _GROUP)
        used = np.flatnonzero(mel_bank()[bands].any(axis=0))
        bins = slice(int(used[0]), int(used[-1]) + 1)
        groups.append((bands, bins, read_only(mel_bank()[bands, bins].T)))
    return tuple(groups)


def mel_spectrogram_db(power: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compute the power in each mel band, in dB.

    ``10 log10(max(1e-10, B S))``, limited to the 80 dB below its largest value.

    Parameters
    ----------
    power : np.ndarray [shape=(t, 1025)]
        From `~lib.features.spectrum.power_spectrogram`.

    Returns
    -------
    np.ndarray [shape=(128, t)]
        dB; 0 dB is a power of one.

    Examples
    --------
    >>> mel_spectrogram_db(np.ones((2, 1025), dtype=np.float32)).shape
    (128, 2)
    """
    mel = np.empty((len(power), N_MELS), dtype=np.float32)
    for bands, bins, weights in _groups():
        np.matmul(power[:, bins], weights, out=mel[:, bands])
    np.maximum(mel, _FLOOR, out=mel)
    np.log(mel, out=mel)  # numpy has vector code for it, and none for log10
    mel *= 10.0 / np.log(10.0)
    np.maximum(mel, mel.max() - DYNAMIC_RANGE_DB, out=mel)
    return mel.T


@lru_cache(maxsize=1)
def cosine_basis() -> NDArray[np.float32]:
    """Build the first rows of the orthonormal cosine transform (DCT-II) over the mel bands.

    Formula: ``C[i, m] = sqrt(2 / M) cos(pi i (2 m + 1) / (2 M))``, the row ``i = 0`` divided by
    ``sqrt(2)`` (Ahmed, Natarajan and Rao: "Discrete cosine transform", 1974).

    Returns
    -------
    np.ndarray [shape=(30, 128)]
        Read-only.
    """
    i, m = np.arange(N_MFCC)[:, None], np.arange(N_MELS)
    basis = np.sqrt(2 / N_MELS) * np.cos(np.pi * i * (2 * m + 1) / (2 * N_MELS))
    basis[0] /= np.sqrt(2)
    return read_only(basis)


@lru_cache(maxsize=1)
def treble_directions() -> NDArray[np.float64]:
    """Find the directions in which whatever lies above 8 kHz moves a frame's MFCCs, and their mean.

    MFCCs are ``c = C x`` of the levels ``x`` in the mel bands, so the bands that lie wholly above
    8 kHz move ``c`` only within the span of their columns of ``C``.  They are eleven, but side by
    side, and the cosines are smooth: the singular values of those columns are 1, 1, 0.86, 0.23,
    0.02, ..., so that three left singular vectors hold nearly all of it.

    Returns
    -------
    np.ndarray [shape=(30, 3)]
        Orthonormal columns, read-only.
    """
    above = cosine_basis()[:, _edges()[:N_MELS] >= TREBLE_HZ].astype(np.float64)
    U, singular, _ = np.linalg.svd(above, full_matrices=False)
    directions: NDArray[np.float64] = U[:, singular > 0.5]
    directions.flags.writeable = False
    return directions


def mfcc(mel_db: NDArray[np.float32]) -> NDArray[np.float32]:
    """Compute the mel-frequency cepstral coefficients: the cosine transform of `mel_db`.

    Parameters
    ----------
    mel_db : np.ndarray [shape=(128, t)]
        dB.

    Returns
    -------
    np.ndarray [shape=(30, t)]
        The first coefficient is sqrt(128) times the mean level in dB.

    Examples
    --------
    >>> mfcc(np.full((N_MELS, 1), -100.0, dtype=np.float32))[0].round(1)
    array([-1131.4], dtype=float32)
    """
    coefficients: NDArray[np.float32] = cosine_basis() @ mel_db
    return coefficients
