"""What the backbone hears: the mel bands of a patch of sound.

At 16,000 Hz, frames of 512 samples (32 ms) every 256 (16 ms), each under a Hann window; of their
power 96 mel bands from 0 to 8,000 Hz, each a triangle of area one (Slaney's), and of those
``log10(10000 x + 1)`` (Pons et al. 2018), in which silence is zero.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from lib.audio import Samples
from lib.backbone.names import BACKBONE_RATE, N_BANDS
from lib.features.mel import hz_to_mel, mel_to_hz
from lib.features.spectrum import hann, read_only

N_FFT, HOP = 512, 256
_COMPRESSION = 10_000.0


@lru_cache(maxsize=1)
def _bank() -> NDArray[np.float32]:
    """Build the triangles, as `lib.features.mel.mel_bank` does.

    Returns
    -------
    np.ndarray [shape=(257, 96)]
        Read-only.
    """
    edges = mel_to_hz(np.linspace(0.0, hz_to_mel(BACKBONE_RATE / 2), N_BANDS + 2))
    bins = np.arange(N_FFT // 2 + 1)[:, None] * BACKBONE_RATE / N_FFT
    low, centre, high = edges[:-2], edges[1:-1], edges[2:]
    triangles = np.minimum((bins - low) / (centre - low), (high - bins) / (high - centre))
    return read_only(np.maximum(0.0, triangles) * (2.0 / (high - low)))


def log_mel(y: Samples) -> NDArray[np.float32]:
    """Compute the bands of each frame that lies whole within a sound.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 16,000 Hz, at least 512 samples.

    Returns
    -------
    np.ndarray [shape=(1 + (n - 512) // 256, 96)]

    Examples
    --------
    >>> log_mel(np.zeros(768, dtype=np.float32)).shape
    (2, 96)
    """
    frames = sliding_window_view(y, N_FFT)[::HOP]
    power = np.abs(np.fft.rfft(frames * hann(N_FFT)).astype(np.complex64)) ** 2
    bands: NDArray[np.float32] = np.log10(np.float32(_COMPRESSION) * (power @ _bank()) + 1)
    return bands
