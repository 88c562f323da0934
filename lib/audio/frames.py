"""Taking the samples out of FFmpeg's frames."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from lib.audio.sound import Samples

if TYPE_CHECKING:
    from av.audio.frame import AudioFrame
    from av.audio.resampler import AudioResampler

MOST_PLANES = 7
"""PyAV (up to 18.1 at least) counts a frame's planes up to the first null pointer.  From eight on
there is none, it takes whatever stands behind for an address, and the process dies."""

FULL_SCALE = {"u1": 128.0, "i2": 32_768.0, "i4": 2_147_483_648.0}
"""The value of a sample that means 1, for each type of integer."""


class FrameReader:
    """Reads one stream's frames, whose format may change on the way."""

    def __init__(self) -> None:
        self._packs: tuple[str, str, int] | None = None
        self._packer: AudioResampler | None = None

    def read(self, frame: AudioFrame) -> Samples:
        """Return a frame's samples [shape=(n, channels)] as float32, full scale ±1.

        Raises
        ------
        ValueError
            Where they are of a type that NumPy hasn't got.
        """
        channels = frame.layout.nb_channels
        if not frame.format.is_planar:
            return _scaled(frame.to_ndarray().reshape(-1, channels))
        if channels <= MOST_PLANES:
            return _scaled(frame.to_ndarray().T)
        packed = [each.to_ndarray().reshape(-1, channels) for each in self._pack(frame)]
        return _scaled(np.concatenate(packed))

    def _pack(self, frame: AudioFrame) -> list[AudioFrame]:
        """Interleave the channels, which puts all of them on one plane."""
        from av.audio.resampler import AudioResampler  # late, as all of PyAV: see pyav.py

        kind = (frame.format.name, frame.layout.name, frame.rate)
        if self._packer is None or self._packs != kind:
            self._packer, self._packs = AudioResampler(format=frame.format.packed), kind
        packed: list[AudioFrame] = self._packer.resample(frame)
        return packed


def _scaled(array: NDArray[Any]) -> Samples:
    """Return samples of any type as float32, full scale ±1."""
    kind = array.dtype.str[1:]
    samples: Samples = array.astype(np.float32)
    if kind in FULL_SCALE:
        samples /= FULL_SCALE[kind]
    return samples - np.float32(1) if kind == "u1" else samples
