from __future__ import annotations

import numpy as np
import pytest

from lib.backbone.mel import log_mel
from tests.sound import music


@pytest.mark.parametrize("gain", [1.0, 1e-3, 0.0])
def test_the_bands_are_librosas(gain: float) -> None:
    import librosa  # late: numba compiles for half a minute the first time

    y = (gain * music(3.2, rate=16_000)).astype(np.float32)
    power = librosa.feature.melspectrogram(
        y=y, sr=16_000, n_fft=512, hop_length=256, n_mels=96, power=2.0, center=False
    )
    np.testing.assert_allclose(log_mel(y), np.log10(10_000 * power + 1).T, atol=1e-4)


def test_silence_is_zero() -> None:
    assert not log_mel(np.zeros(1024, dtype=np.float32)).any()
