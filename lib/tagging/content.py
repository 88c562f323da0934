"""What a file is by its first bytes, so that nothing is written into what only seems to be it."""

from __future__ import annotations

import os
from enum import Enum
from typing import BinaryIO

from lib.tagging.errors import FileRefused


class Kind(Enum):
    """How a file keeps its tags."""

    MP3 = "mp3"
    MP4 = "m4a"
    FLAC = "flac"
    VORBIS = "ogg"
    OPUS = "opus"
    WAV = "wav"
    AIFF = "aiff"


SUFFIXES = {
    ".mp3": {Kind.MP3},
    ".m4a": {Kind.MP4},
    ".m4b": {Kind.MP4},
    ".flac": {Kind.FLAC},
    ".ogg": {Kind.VORBIS, Kind.OPUS},
    ".oga": {Kind.VORBIS, Kind.OPUS},
    ".opus": {Kind.OPUS},
    ".wav": {Kind.WAV},
    ".aiff": {Kind.AIFF},
    ".aif": {Kind.AIFF},
}
"""The files whose tags can be written, and what they are to hold."""

FORMATS = "mp3, m4a, flac, ogg, opus, wav and aiff"


def kind_of(file: BinaryIO, suffix: str) -> Kind:
    """Tell what a file is, where its name says the same.

    Raises
    ------
    FileRefused
        Where Earmark can't write tags of this format, or name and content differ.
    """
    expected = SUFFIXES.get(suffix.lower())
    if expected is None:
        raise FileRefused(f"Tags are written into {FORMATS}, not into {suffix or 'this'}.")
    found = _found(file)
    if found not in expected:
        told = f"it is {found.value}" if found else "it is something else"
        raise FileRefused(f"Its name says {suffix}, but by its content {told}; rename it.")
    return found


def _found(file: BinaryIO) -> Kind | None:
    head = _head(file, _after_id3(file))
    if head[:4] == b"OggS":
        if b"\x01vorbis" in head[:64]:
            return Kind.VORBIS
        return Kind.OPUS if b"OpusHead" in head[:64] else None
    if head[:4] == b"RIFF" and head[8:12] == b"WAVE":
        return Kind.WAV
    if head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}:
        return Kind.AIFF
    if head[:4] == b"fLaC":
        return Kind.FLAC
    if head[4:8] == b"ftyp":
        return Kind.MP4
    return Kind.MP3 if _is_mpeg(head) else None


def _head(file: BinaryIO, start: int) -> bytes:
    file.seek(start)
    return file.read(1 << 14)


def _is_mpeg(head: bytes) -> bool:
    """Tell whether frames of MPEG audio, layer 3, begin here, perhaps after empty bytes."""
    head = head.lstrip(b"\0")
    return len(head) > 4 and head[0] == 0xFF and head[1] & 0xE6 == 0xE2


def _after_id3(file: BinaryIO) -> int:
    """Return where what comes after an ID3v2 tag begins."""
    start, size = 0, file.seek(0, os.SEEK_END)
    while start < size:
        file.seek(start)
        head = file.read(10)
        if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) > 0x7F:
            break
        start += 10 + (head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9])
        start += 10 if head[5] & 0x10 else 0
    return start
