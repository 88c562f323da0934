"""A song for a person to listen to: stereo at the file's own rate, from any second on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from lib.audio.decoder import UNDECODABLE, Block
from lib.audio.opening import open_decoder
from lib.audio.resampling import Resampler
from lib.errors import AudioError

Stereo = NDArray[np.float32]
"""Left and right [shape=(n, 2)], float32, full scale ±1."""


class Tape:
    """A song that can be listened to again and again, from wherever a person likes.

    A context manager.  One stretch of it is heard at a time.

    Parameters
    ----------
    path : Path

    Raises
    ------
    AudioError
        Where there is no such file, it can't be read, or holds no sound that can be decoded.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._decoder, _ = open_decoder(path)
        self.rate = self._decoder.info.rate
        """Samples a second, Hz."""
        try:
            # A decoder seeks only once its beginning was decoded.
            if next(self._decoder.blocks(), None) is None:
                raise AudioError(path, UNDECODABLE)
        except BaseException:
            self.close()
            raise

    def blocks(self, start: float) -> Iterator[Stereo]:
        """Listen from a moment on; what comes before is not decoded where the decoder can seek.

        Parameters
        ----------
        start : float
            In seconds.

        Yields
        ------
        np.ndarray [shape=(n, 2)]
            Float32 at `rate`, about a second each.  What no number says is silence, and what is
            louder than full scale is cut.

        Raises
        ------
        AudioError
            Where the file can't be decoded any further.
        """
        whole = int(start)
        early = round((start - whole) * self.rate)
        left, right = Resampler(self.rate), Resampler(self.rate)
        for block in self._from(whole):
            sides = _stereo(block)
            both = [left.add(sides[:, 0], block.rate), right.add(sides[:, 1], block.rate)]
            sound = np.stack(both, axis=1)
            yield sound[early:]
            early = max(0, early - len(sound))
        # Where the rate changed on the way, some is still on its way through the resampler.
        if len(rest := np.stack([left.rest(), right.rest()], axis=1)[early:]):
            yield rest

    def _from(self, second: int) -> Iterator[Block]:
        if second:
            yield from self._decoder.blocks(second)
            return
        # A decoder goes back to its beginning no more.
        self._decoder.close()
        self._decoder, _ = open_decoder(self._path)
        yield from self._decoder.blocks()

    def close(self) -> None:
        """Let go of the file."""
        self._decoder.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _stereo(block: Block) -> Stereo:
    """Bring any number of channels to two: one to both sides, of more than two the mean."""
    samples = np.nan_to_num(block.samples, nan=0.0, posinf=0.0, neginf=0.0)
    channels = samples.shape[1]
    if channels > 2:
        samples = samples.mean(axis=1, keepdims=True, dtype=np.float32)
    sides = samples if channels == 2 else np.repeat(samples, 2, axis=1)
    return np.clip(sides, -1.0, 1.0).astype(np.float32, copy=False)
