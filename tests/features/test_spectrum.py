from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from lib.features.spectrum import HOP, N_BINS, N_FFT, hann, power_spectrogram, read_only
from tests.features.signals import EDGE_SIGNALS
from tests.sound import music


@pytest.mark.parametrize("name", ["music", "clicks", "silence", "1,000 samples", "one sample"])
def test_is_librosas(librosa: ModuleType, name: str) -> None:
    y = EDGE_SIGNALS[name]
    if y.size < N_FFT:
        with pytest.warns(UserWarning, match="too large for input signal"):
            theirs = np.abs(librosa.stft(y)) ** 2
    else:
        theirs = np.abs(librosa.stft(y)) ** 2
    # Equal to the last bit where numpy and scipy are compiled alike; a few bits are left to others.
    np.testing.assert_allclose(power_spectrogram(y), theirs.T, rtol=1e-6, atol=1e-12 * theirs.max())


@pytest.mark.parametrize("samples", [1, HOP - 1, HOP, HOP + 1, 32 * HOP, 33 * HOP, 40_000])
def test_has_a_frame_every_hop_from_the_first_sample_on(samples: int) -> None:
    assert power_spectrogram(np.ones(samples, dtype=np.float32)).shape == (
        1 + samples // HOP,
        N_BINS,
    )


def test_keeps_the_energy_of_each_frame() -> None:
    """Parseval: a frame's energy is the mean of its power over all frequencies, both signs."""
    y = music(2.0)
    S = power_spectrogram(y).astype(np.float64)
    frame = y[10 * HOP - N_FFT // 2 : 10 * HOP + N_FFT // 2] * hann(N_FFT)
    both_signs = 2 * S[10].sum() - S[10, 0] - S[10, -1]
    assert both_signs / N_FFT == pytest.approx(np.sum(frame**2), rel=1e-5)


def test_what_threads_share_cannot_be_written() -> None:
    for shared in (hann(N_FFT), read_only(np.ones(3))):
        with pytest.raises(ValueError, match="read-only"):
            shared[0] = 2.0
