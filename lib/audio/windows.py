"""Cutting a stream of samples into the windows that a song is heard in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from lib.audio.sound import (
    HOP_SECONDS,
    LONGEST_WHOLE_SECONDS,
    SAMPLE_RATE,
    SHORTEST_SECONDS,
    WINDOW_SECONDS,
    Samples,
    Window,
)

WINDOW = round(WINDOW_SECONDS * SAMPLE_RATE)
HOP = round(HOP_SECONDS * SAMPLE_RATE)
LONGEST_WHOLE = round(LONGEST_WHOLE_SECONDS * SAMPLE_RATE)
SHORTEST = round(SHORTEST_SECONDS * SAMPLE_RATE)


def windows(blocks: Iterable[Samples]) -> Iterator[Window]:
    """Cut a song into windows as it comes in, keeping no more of it than the longest one.

    Up to `LONGEST_WHOLE_SECONDS` the song is one window.  A longer one gives a window of
    `WINDOW_SECONDS` every `HOP_SECONDS` from 0; where at least `SHORTEST_SECONDS` at its end
    would go unheard, one more window ends with the song.

    Parameters
    ----------
    blocks : iterable of np.ndarray [shape=(n,)]
        Mono at `SAMPLE_RATE`, in pieces of any length.
    """
    kept = _Kept()
    start = 0  # of the next window, in samples, like all that follows
    for block in blocks:
        kept.append(block)
        if kept.end <= LONGEST_WHOLE:
            continue  # it may still turn out to be short enough for one window
        while start + WINDOW <= kept.end:
            yield kept.window(start, start + WINDOW)
            # The window that ends with the song starts after this one.
            kept.forget_before(start)
            start += HOP
    if kept.end <= LONGEST_WHOLE:
        if kept.end:
            yield kept.window(0, kept.end)
    elif kept.end - (start - HOP + WINDOW) >= SHORTEST:
        yield kept.window(kept.end - WINDOW, kept.end)


class _Kept:
    """The last samples of a stream, by their place in the whole."""

    def __init__(self) -> None:
        self._blocks: list[Samples] = []
        self._start = 0
        self.end = 0

    def append(self, block: Samples) -> None:
        self._blocks.append(block)
        self.end += len(block)

    def forget_before(self, start: int) -> None:
        while self._blocks and self._start + len(self._blocks[0]) <= start:
            self._start += len(self._blocks.pop(0))

    def window(self, start: int, end: int) -> Window:
        samples = np.concatenate(self._blocks)[start - self._start : end - self._start]
        return Window(start / SAMPLE_RATE, end / SAMPLE_RATE, samples.copy())
