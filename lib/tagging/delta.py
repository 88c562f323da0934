"""The little that must be kept of a file to have it back from what was made of it.

A new genre moves the sound by some bytes and changes a few kilobytes around it.  A delta says how
the old bytes come out of the new ones: runs to copy, and between them bytes of its own.  It need
not be the smallest there is, for whoever keeps one proves it first (`restored` must give the hash
of the old bytes).
"""

from __future__ import annotations

import hashlib
import mmap
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.tagging.errors import TaggingError

_OPERATION = struct.Struct("<QQQ")
"""Where to copy from, how many bytes, and how many bytes of its own follow."""

BLOCK = 1 << 16
SMALLEST = 1 << 9
CHUNK = 1 << 20
GAP = 2 * _OPERATION.size
"""Equal bytes between two unequal ones that are not worth an operation of their own."""
PROBE = 64
PROBES = 16

Bytes = bytes | mmap.mmap


def make_delta(old: Bytes, new: Bytes) -> bytes:
    """Return what `restored` makes the old bytes of out of the new ones."""
    before, after = np.frombuffer(old, np.uint8), np.frombuffer(new, np.uint8)
    shifts = _shifts(old, new)
    parts: list[bytes] = []
    source = copied = 0  # the run that is growing: where it is copied from, and its length
    own = bytearray()  # bytes after that run
    for position, count, shift in _covered(before, after, shifts, 0, len(before)):
        start = position + (shift or 0)
        if shift is not None and not own and (not copied or start == source + copied):
            source, copied = (source if copied else start), copied + count
        elif shift is not None:
            parts += (_OPERATION.pack(source, copied, len(own)), bytes(own))
            source, copied, own = start, count, bytearray()
        else:
            own += before[position : position + count].tobytes()
    parts += (_OPERATION.pack(source, copied, len(own)), bytes(own))
    return zlib.compress(b"".join(parts), 6)


def restored(delta: bytes, new: Bytes) -> Iterator[bytes]:
    """Give the old bytes piece by piece.

    Raises
    ------
    TaggingError
        Where the delta is no delta, or not one of these bytes.

    Examples
    --------
    >>> old, new = b"genre: rock; " + 99 * b"sound", b"genre: jazz and blues; " + 99 * b"sound"
    >>> b"".join(restored(make_delta(old, new), new)) == old
    True
    """
    try:
        content = zlib.decompress(delta)
    except zlib.error as error:
        raise TaggingError("The journal's note of the file is damaged.") from error
    place = 0
    while place < len(content):
        if place + _OPERATION.size > len(content):
            raise TaggingError("The journal's note of the file is damaged.")
        start, count, own = _OPERATION.unpack_from(content, place)
        place += _OPERATION.size
        if start + count > len(new) or place + own > len(content):
            raise TaggingError("The journal's note is not of this file.")
        for piece in range(start, start + count, CHUNK):
            yield new[piece : min(piece + CHUNK, start + count)]
        yield content[place : place + own]
        place += own


def digest(path: Path) -> bytes:
    """Return the SHA-256 of a file.

    Raises
    ------
    OSError
        Where it can't be read.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").digest()


def _shifts(old: Bytes, new: Bytes) -> list[int]:
    """Return by how many bytes parts of the file may have moved."""
    shifts = dict.fromkeys((len(new) - len(old), 0))
    reach = abs(len(new) - len(old)) + (1 << 20)
    for number in range(1, PROBES):
        position = number * len(old) // PROBES
        probe = old[position : position + PROBE]
        if len(set(probe)) < PROBE // 8:
            continue  # silence is found anywhere
        found = new.find(probe, max(0, position - reach), position + reach)
        if found >= 0:
            shifts[found - position] = None
    return list(shifts)


def _covered(
    old: NDArray[np.uint8], new: NDArray[np.uint8], shifts: list[int], start: int, count: int
) -> Iterator[tuple[int, int, int | None]]:
    """Yield stretches of the old bytes in order: position, length, and shift or None."""
    if count > BLOCK:
        for block in range(start, start + count, BLOCK):
            yield from _covered(old, new, shifts, block, min(BLOCK, start + count - block))
        return
    shift, unequal = _best(old, new, shifts, start, count)
    if shift is not None and len(unequal) <= count // 16:
        yield from _runs(start, count, shift, unequal)
    elif count <= SMALLEST:
        yield start, count, None
    else:
        half = count // 2
        yield from _covered(old, new, shifts, start, half)
        yield from _covered(old, new, shifts, start + half, count - half)


def _best(
    old: NDArray[np.uint8], new: NDArray[np.uint8], shifts: list[int], start: int, count: int
) -> tuple[int | None, NDArray[np.intp]]:
    """Return the shift by which a stretch is found with the fewest unequal bytes, and these."""
    best, unequal = None, np.arange(count)
    for shift in shifts:
        first = start + shift
        if first < 0 or first + count > len(new):
            continue
        differing = np.flatnonzero(old[start : start + count] != new[first : first + count])
        if best is None or len(differing) < len(unequal):
            best, unequal = shift, differing
        if not len(differing):
            break
    return best, unequal


def _runs(
    start: int, count: int, shift: int, unequal: NDArray[np.intp]
) -> Iterator[tuple[int, int, int | None]]:
    """Part a stretch into what is equal and what is not."""
    place = 0
    if len(unequal):
        for run in np.split(unequal, np.flatnonzero(np.diff(unequal) > GAP) + 1):
            first, last = int(run[0]), int(run[-1])
            if first > place:
                yield start + place, first - place, shift
            yield start + first, last + 1 - first, None
            place = last + 1
    if place < count:
        yield start + place, count - place, shift
