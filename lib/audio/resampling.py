"""From whatever rate a file has to `SAMPLE_RATE`, block by block."""

from __future__ import annotations

import numpy as np
import soxr

from lib.audio.sound import SAMPLE_RATE, Samples


class Resampler:
    """soxr at its HQ setting, fed in blocks; what comes out is as if it were fed at once.

    A sound at `SAMPLE_RATE` passes through untouched.  A rate that changes on the way (a file
    made of joined pieces) ends one resampling and begins another.
    """

    def __init__(self) -> None:
        self._rate = SAMPLE_RATE
        self._soxr: soxr.ResampleStream | None = None

    def add(self, mono: Samples, rate: int) -> Samples:
        """Take in samples [shape=(n,)] at `rate` Hz and return what is ready [shape=(m,)]."""
        if rate == self._rate:
            return self._through(mono)
        ready = self.rest()
        self._rate = rate
        if rate != SAMPLE_RATE:
            self._soxr = soxr.ResampleStream(rate, SAMPLE_RATE, 1, dtype="float32", quality="HQ")
        return np.concatenate([ready, self._through(mono)])

    def rest(self) -> Samples:
        """Return the samples that waited for what comes after them [shape=(m,)]."""
        if self._soxr is None:
            return np.zeros(0, np.float32)
        rest: Samples = self._soxr.resample_chunk(np.zeros(0, np.float32), last=True)
        self._soxr = None
        self._rate = SAMPLE_RATE
        return rest

    def _through(self, mono: Samples) -> Samples:
        if self._soxr is None:
            return mono
        ready: Samples = self._soxr.resample_chunk(np.ascontiguousarray(mono))
        return ready
