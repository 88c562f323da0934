"""How alike two sounds are, wherever an encoder has shifted them to."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def likeness(heard: NDArray[np.float32], written: NDArray[np.float32]) -> float:
    """Correlate two sounds, shifted against each other to where they are most alike."""
    size = 1 << (len(heard) + len(written)).bit_length()
    spectrum = np.fft.rfft(heard, size) * np.conj(np.fft.rfft(written, size))
    lag = int(np.fft.irfft(spectrum, size).argmax())
    lag -= size if lag > size // 2 else 0
    one, two = heard[max(lag, 0) :], written[max(-lag, 0) :]
    shared = min(len(one), len(two))
    return float(np.corrcoef(one[:shared], two[:shared])[0, 1])
