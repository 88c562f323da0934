"""From whatever rate a file has to the one that is asked for, block by block."""

from __future__ import annotations

import numpy as np
import soxr

from lib.audio.sound import Samples


class Resampler:
    """soxr at its HQ setting, fed in blocks; what comes out is as if it were fed at once.

    A sound at the rate that is wanted passes through untouched.  A rate that changes on the way (a
    file made of joined pieces) ends one resampling and begins another.

    Parameters
    ----------
    wanted : int
        Samples a second of what comes out, Hz.
    """

    def __init__(self, wanted: int) -> None:
        self._wanted = self._rate = wanted
        self._soxr: soxr.ResampleStream | None = None

    def add(self, mono: Samples, rate: int) -> Samples:
        """Take in samples [shape=(n,)] at `rate` Hz and return what is ready [shape=(m,)]."""
        if rate == self._rate:
            return self._through(mono)
        ready = self.rest()
        self._rate = rate
        if rate != self._wanted:
            self._soxr = soxr.ResampleStream(rate, self._wanted, 1, dtype="float32", quality="HQ")
        return np.concatenate([ready, self._through(mono)])

    def rest(self) -> Samples:
        """Return the samples that waited for what comes after them [shape=(m,)]."""
        if self._soxr is None:
            return np.zeros(0, np.float32)
        rest: Samples = self._soxr.resample_chunk(np.zeros(0, np.float32), last=True)
        self._soxr = None
        self._rate = self._wanted
        return rest

    def _through(self, mono: Samples) -> Samples:
        if self._soxr is None:
            return mono
        ready: Samples = self._soxr.resample_chunk(np.ascontiguousarray(mono))
        return ready
