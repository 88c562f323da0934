"""Cutting a song's windows into segments of three seconds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from lib.audio import SAMPLE_RATE, Window
from lib.features.segments import SEGMENT_SAMPLES


class Cutter:
    """Cuts the windows of one song, in order of time, into segments of which none is heard twice.

    Segments follow each other from the first window's beginning, and what is left at the song's
    end, less than a segment, is not heard.  Windows overlap, and each segment lies whole in one of
    them.

    Examples
    --------
    >>> cutter, silence = Cutter(), np.zeros(30 * SAMPLE_RATE, dtype=np.float32)
    >>> len(list(cutter.cut(Window(0.0, 30.0, silence))))
    10
    >>> [each.start for each in cutter.cut(Window(15.0, 45.0, silence))]
    [30.0, 33.0, 36.0, 39.0, 42.0]
    """

    def __init__(self) -> None:
        self._next = 0  # where the next segment starts, in samples from the song's beginning

    def cut(self, window: Window) -> Iterator[Window]:
        """Give the segments of a window that lay in none before it.

        A song that is one segment long but for rounding is filled up with silence.
        """
        first = round(window.start * SAMPLE_RATE)
        last = first + len(window.samples)
        self._next = max(self._next, first)  # what lies before it was never given
        if self._next == 0 and last < SEGMENT_SAMPLES:
            missing = SEGMENT_SAMPLES - last
            window = Window(window.start, window.end, np.pad(window.samples, (0, missing)))
            last = SEGMENT_SAMPLES
        while self._next + SEGMENT_SAMPLES <= last:
            start, end = self._next, self._next + SEGMENT_SAMPLES
            self._next = end
            samples = window.samples[start - first : end - first]
            yield Window(start / SAMPLE_RATE, end / SAMPLE_RATE, samples)
