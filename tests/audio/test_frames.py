from __future__ import annotations

import av
import numpy as np
import pytest
from numpy.typing import NDArray

from lib.audio.frames import FrameReader

LAYOUTS = {1: "mono", 2: "stereo", 6: "5.1", 7: "6.1", 8: "7.1", 16: "9.1.6", 24: "22.2"}


def frame_of(samples: NDArray[np.int16], kind: str) -> av.AudioFrame:
    """Make a frame of samples [shape=(n, channels)] of a type of FFmpeg's."""
    layout = LAYOUTS[samples.shape[1]]
    packed = av.AudioFrame.from_ndarray(samples.reshape(1, -1), format="s16", layout=layout)
    packed.rate = 48_000
    (frame,) = av.AudioResampler(format=kind).resample(packed)
    return frame


def noise(channels: int, seed: int = 0) -> NDArray[np.int16]:
    return np.random.default_rng(seed).integers(-32_768, 32_767, (960, channels), np.int16)


@pytest.mark.parametrize("channels", LAYOUTS)
@pytest.mark.parametrize("kind", ["s16", "s16p", "s32", "s32p", "flt", "fltp", "dbl", "dblp"])
def test_all_types_and_numbers_of_channels(channels: int, kind: str) -> None:
    samples = noise(channels)
    read = FrameReader().read(frame_of(samples, kind))
    assert read.dtype == np.float32
    np.testing.assert_allclose(read, samples / 32_768, atol=1e-6)


@pytest.mark.parametrize("kind", ["u8", "u8p"])
def test_eight_bits(kind: str) -> None:
    samples = noise(2)
    read = FrameReader().read(frame_of(samples, kind))
    np.testing.assert_allclose(read, samples / 32_768, atol=1.5 / 128)


def test_frames_that_change_on_the_way() -> None:
    reader = FrameReader()
    for turn, (channels, kind) in enumerate([(8, "fltp"), (16, "fltp"), (16, "s16p"), (2, "flt")]):
        samples = noise(channels, turn)
        read = reader.read(frame_of(samples, kind))
        np.testing.assert_allclose(read, samples / 32_768, atol=1e-6)


def test_a_type_that_numpy_has_not_got() -> None:
    with pytest.raises(ValueError, match="s64"):
        FrameReader().read(frame_of(noise(2), "s64"))
