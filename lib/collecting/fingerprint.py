"""Telling whether two sounds are the same recording, whatever was done to the file.

A recording is known again by its landmarks: points of its spectrogram that are louder than all
around them, taken in pairs.  A pair's two frequencies and the time between them make its key, and
its time in the song is kept beside.  Two copies of a recording share many keys, all of them moved
by the same time; two recordings share a few by chance, each moved by another.

On the 164 clips of GTZAN that were at hand, 492 copies (AAC, Opus and MP3 down to 48, 24 and
64 kbit/s, equalised and limited, 0.2 % slower, with noise at 20 dB, all of them shifted by up to
5 s) shared 10 % of their keys or more, and half of them more than 17 to 39 %.  Of the 13,366 pairs
of different clips, about 200 of them by the same artist, none shared more than 0.4 %.

References
----------
Wang, A.: "An industrial-strength audio search algorithm".  ISMIR 2003.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE, Samples
from lib.features.spectrum import HOP, power_spectrogram

FINGERPRINT_VERSION = 1
"""Changes whenever a fingerprint may: those of two versions are not compared."""

SAME = 0.08
"""The share of its keys from which on a recording counts as known again."""
FEWEST = 20
"""The number of keys in common below which nothing is sure."""
SHORTEST_OVERLAP = 10.0
"""Seconds that two recordings must have in common, or four fifths of the shorter one: where only
the end of one meets the beginning of the other, a drum machine's bar may be all there is."""
_MOST = 0.8

# 300 Hz to 4.3 kHz, which every codec and loudspeaker keeps, in bins of 10.8 Hz.
_LOWEST, _HIGHEST = 28, 396
# How far a peak is the loudest, and where its partners lie, in frames of 23 ms and in bins.
_FRAMES, _BINS = 12, 24
_NEAREST, _FARTHEST, _WIDEST = 3, 60, 100
_PARTNERS = 3
_CANDIDATES = 60  # later peaks in which partners are looked for
_QUIET = 1e-10  # power; keeps the logarithm of silence finite
_FRAME_RATE = SAMPLE_RATE / HOP


@dataclass(frozen=True, eq=False)
class Fingerprint:
    """The landmarks of a recording, sorted by key.

    Parameters
    ----------
    keys : np.ndarray [shape=(n,)]
        uint32: the first frequency, the distance to the second, the time between them.
    times : np.ndarray [shape=(n,)]
        uint16: when, in frames of 23 ms.
    """

    keys: NDArray[np.uint32]
    times: NDArray[np.uint16]

    def to_bytes(self) -> bytes:
        """Return it for a database, little-endian."""
        return self.keys.astype("<u4").tobytes() + self.times.astype("<u2").tobytes()

    @classmethod
    def from_bytes(cls, blob: bytes) -> Fingerprint:
        """Read what `to_bytes` gave."""
        count = len(blob) // 6
        keys = np.frombuffer(blob, dtype="<u4", count=count).astype(np.uint32)
        times = np.frombuffer(blob, dtype="<u2", offset=4 * count).astype(np.uint16)
        return cls(keys, times)


def fingerprint(y: Samples) -> Fingerprint:
    """Find the landmarks of a sound.

    Parameters
    ----------
    y : np.ndarray [shape=(n,)]
        Mono, at 22,050 Hz, of 25 minutes at most.

    Returns
    -------
    Fingerprint
        About 34 keys for each second of music.

    Examples
    --------
    >>> y = np.random.default_rng(0).normal(size=10 * 22050).astype(np.float32)
    >>> found = fingerprint(y)
    >>> round(likeness(found, fingerprint(0.1 * y)), 1)
    1.0
    >>> likeness(found, fingerprint(y[::-1])) < SAME
    True
    """
    time, bin_ = _peaks(np.log(power_spectrogram(y)[:, _LOWEST:_HIGHEST] + _QUIET))
    first, second = _pairs(time, bin_)
    distance = bin_[second] - bin_[first] + _WIDEST
    keys = (bin_[first] << 16) | (distance << 8) | (time[second] - time[first])
    order = np.argsort(keys, kind="stable")
    return Fingerprint(keys[order].astype(np.uint32), time[first][order].astype(np.uint16))


def likeness(a: Fingerprint, b: Fingerprint) -> float:
    """Return which share of their keys two recordings have in common, at the same distance in time.

    ``max_d |{(i, j): keys_a[i] = keys_b[j], |times_b[j] - times_a[i] - d| <= 1}| / min(n_a, n_b)``
    where ``n_a`` and ``n_b`` count the keys of the stretch that both cover when `b` is moved by
    ``d`` frames.

    Returns
    -------
    float
        From 0 on; 0 too where the best ``d`` leaves less than `SHORTEST_OVERLAP` in common, or
        fewer than `FEWEST` keys, which says nothing.  From `SAME` on it is the same recording.
    """
    low = np.searchsorted(b.keys, a.keys, side="left")
    count = np.searchsorted(b.keys, a.keys, side="right") - low
    if not count.any():
        return 0.0
    ours = np.repeat(np.arange(len(a.keys)), count)
    within = np.arange(len(ours)) - np.repeat(np.cumsum(count) - count, count)
    moved = b.times[np.repeat(low, count) + within].astype(np.int64) - a.times[ours]
    earliest = int(moved.min())
    # Two copies seldom have their frames at the same places: one frame to either side counts, too.
    votes = np.convolve(np.bincount(moved - earliest), np.ones(3), mode="same")
    best = int(votes.argmax())
    shared = float(votes[best])
    covered = _covered(a.times.astype(np.int64), b.times.astype(np.int64) - (best + earliest))
    return shared / covered if covered and shared >= FEWEST else 0.0


def _covered(a: NDArray[np.int64], b: NDArray[np.int64]) -> int:
    """Count the keys, of the one that has fewer, in the stretch of time that both cover."""
    start, end = max(a.min(), b.min()), min(a.max(), b.max())
    if end - start < min(SHORTEST_OVERLAP * _FRAME_RATE, _MOST * np.ptp(a), _MOST * np.ptp(b)):
        return 0
    return min(int(np.count_nonzero((t >= start) & (t <= end))) for t in (a, b))


def _peaks(level: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Find the points of a spectrogram [shape=(t, bins)] that are the loudest all around.

    Returns
    -------
    time, bin : np.ndarray [shape=(n,)]
        Sorted by time.
    """
    loudest = _moving_maximum(_moving_maximum(level, _FRAMES).T, _BINS).T
    time, bin_ = np.nonzero((level == loudest) & (level > np.median(level)))
    return time, bin_


def _moving_maximum(level: NDArray[np.float32], reach: int) -> NDArray[np.float32]:
    """Return the maximum over `reach` rows to either side of each row.

    A maximum over 2 n rows is that of two over n, so that it is found in a few steps of doubling.
    """
    maximum = np.pad(level, ((reach, reach), (0, 0)), constant_values=-np.inf)
    width, whole = 1, 2 * reach + 1
    while width < whole:
        step = min(width, whole - width)
        maximum = np.maximum(maximum[:-step], maximum[step:])
        width += step
    return maximum


def _pairs(
    time: NDArray[np.int64], bin_: NDArray[np.int64]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Give each peak its next `_PARTNERS` peaks that lie neither too near nor too far."""
    partners = np.zeros(len(time), dtype=np.int64)
    first: list[NDArray[np.int64]] = [np.zeros(0, dtype=np.int64)]
    second = list(first)
    for ahead in range(1, min(_CANDIDATES, len(time))):
        between, apart = time[ahead:] - time[:-ahead], np.abs(bin_[ahead:] - bin_[:-ahead])
        fits = (between >= _NEAREST) & (between <= _FARTHEST) & (apart <= _WIDEST)
        found = np.flatnonzero(fits & (partners[:-ahead] < _PARTNERS))
        partners[found] += 1
        first.append(found)
        second.append(found + ahead)
    return np.concatenate(first), np.concatenate(second)
