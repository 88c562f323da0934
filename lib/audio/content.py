"""What a file is by its first and last bytes, whatever its name says.

libsndfile is quick and exact, but it believes a header: of an mp3 without a table of its length it
hears a part, of two files joined into one only the first, and on an mp3 it can't follow it writes
to the terminal.  Those go to PyAV from the start.
"""

from __future__ import annotations

import codecs
import os
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lib.audio.decoder import check_format
from lib.files import chunks

TAIL_BYTES = 1 << 17
"""Twice the largest page of an ogg file."""

XING_TOLERANCE = 0.01
"""Beyond this share of the size, libsndfile's mp3 decoder distrusts the length it was told."""

ASF = bytes.fromhex("3026B2758E66CF11A6D900AA0062CE6C")
ASF_PROPERTIES = bytes.fromhex("A1DCAB8C47A9CF118EE400C00C205365")
"""How a wma file begins, and its table that tells its own size."""

MATROSKA = b"\x1a\x45\xdf\xa3"
MATROSKA_SEGMENT = b"\x18\x53\x80\x67"
"""How an mkv or webm file begins, and the part of it that holds all the rest."""

PICTURES = (
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"%PDF",
    b"PK\x03\x04",
    b"Rar!",
    b"\x7fELF",
    b"MZ",
)


@dataclass(frozen=True)
class Content:
    """How a file is to be decoded.

    Parameters
    ----------
    by_libsndfile : bool
        Whether libsndfile hears all of it; PyAV otherwise.
    declares_length : bool
        Whether an mp3 or ogg tells its length; what PyAV reports is a guess otherwise.
    cut_off : bool
        Whether its end is known to be missing.
    has_id3 : bool
        Whether it is a wav or aiff with a chunk of ID3 tags, which libsndfile doesn't read.
    """

    by_libsndfile: bool = False
    declares_length: bool = False
    cut_off: bool = False
    has_id3: bool = False


def look_at(path: Path) -> Content:
    """Tell from a file's content how to decode it.

    Raises
    ------
    AudioError
        Where it is a wav file whose header tells an impossible rate or number of channels.
    OSError
        Where it can't be read.
    """
    with path.open("rb") as file:
        return _look_at(path, file)


def _look_at(path: Path, file: BinaryIO) -> Content:
    size = file.seek(0, os.SEEK_END)
    start = _after_id3(file)
    head = _read_at(file, start, 4096)
    if _is_mp3(head):
        return _mp3(head, size - start)
    if start:
        return Content()  # tags before what else it may be are for PyAV
    if head.startswith(b"OggS"):
        return _ogg(head, _read_at(file, max(0, size - TAIL_BYTES), TAIL_BYTES))
    if _is_wav(head):
        _check_wav(path, head)
    return Content(
        by_libsndfile=_is_wav(head) or _is_aiff(head) or head.startswith((b"fLaC", b".snd")),
        cut_off=size < max(_asf_size(head), _matroska_size(head)),
        has_id3=_has_id3(file, head),
    )


def _read_at(file: BinaryIO, position: int, count: int) -> bytes:
    file.seek(position)
    return file.read(count)


def _after_id3(file: BinaryIO) -> int:
    """Return where the sound starts behind ID3 tags, which may be megabytes of pictures."""
    start = 0
    for _ in range(4):
        head = _read_at(file, start, 10)
        if len(head) < 10 or head[:3] != b"ID3" or max(head[6:10]) > 0x7F:
            break
        size = head[6] << 21 | head[7] << 14 | head[8] << 7 | head[9]
        start += 10 + size + (10 if head[5] & 0x10 else 0)
    return start


def _is_wav(head: bytes) -> bool:
    return head[:4] in {b"RIFF", b"RF64"} and head[8:12] == b"WAVE"


def _is_aiff(head: bytes) -> bool:
    return head[:4] == b"FORM" and head[8:12] in {b"AIFF", b"AIFC"}


def _has_id3(file: BinaryIO, head: bytes) -> bool:
    if not (_is_wav(head) or _is_aiff(head)):
        return False
    return any(name.lower() == b"id3 " for name, _ in chunks(file, "<" if _is_wav(head) else ">"))


def _ogg(head: bytes, tail: bytes) -> Content:
    """Judge an ogg file by its first page (codec, stream) and its last (is it the end?)."""
    payload = head[27 + head[26] :] if len(head) > 27 else b""
    last = tail.rfind(b"OggS")
    page = tail[last:] if last >= 0 else b""
    if len(page) < 27:
        return Content(cut_off=True)
    segments = page[27 : 27 + page[26]]
    whole = len(segments) == page[26] and len(page) >= 27 + len(segments) + sum(segments)
    ends = bool(page[5] & 0x04)
    one_stream = page[14:18] == head[14:18]
    return Content(
        by_libsndfile=payload.startswith(b"\x01vorbis") and one_stream,
        declares_length=one_stream,
        cut_off=not (whole and ends),
    )


def _asf_size(head: bytes) -> int:
    """Return how many bytes a wma file says it has; 0 where it doesn't say."""
    place = head.find(ASF_PROPERTIES) + 40
    if not head.startswith(ASF) or place < 40:
        return 0
    return int.from_bytes(head[place : place + 8], "little")


def _matroska_size(head: bytes) -> int:
    """Return how many bytes an mkv or webm file says it has; 0 where it doesn't say."""
    place = head.find(MATROSKA_SEGMENT) + 4
    if not head.startswith(MATROSKA) or place < 4 or not any(head[place : place + 1]):
        return 0
    width = 9 - head[place].bit_length()  # as many bytes as the first has leading zeros, and one
    size = int.from_bytes(head[place : place + width], "big") & ((1 << 7 * width) - 1)
    is_live = size == (1 << 7 * width) - 1
    return 0 if is_live else place + width + size


def _is_mp3(head: bytes) -> bool:
    """Tell whether an MPEG audio frame of layer III starts here."""
    if len(head) < 4:
        return False
    word = struct.unpack(">I", head[:4])[0]
    synchronised = word >> 21 == 0x7FF
    version, layer, bit_rate, rate = word >> 19 & 3, word >> 17 & 3, word >> 12 & 15, word >> 10 & 3
    return synchronised and version != 1 and layer == 1 and bit_rate not in {0, 15} and rate != 3


def _mp3(head: bytes, size: int) -> Content:
    """Judge an mp3 by its Xing (or Info) frame, which tells its length in frames and bytes."""
    mpeg1, mono = head[1] >> 3 & 3 == 3, head[3] >> 6 == 3
    side = (17 if mono else 32) if mpeg1 else (9 if mono else 17)
    tag = head[4 + side : 16 + side + 4]
    if tag[:4] not in {b"Xing", b"Info"} or len(tag) < 16 or tag[7] & 3 != 3:
        return Content()
    expected = struct.unpack(">I", tag[12:16])[0]
    return Content(
        by_libsndfile=abs(size - expected) <= XING_TOLERANCE * expected,
        declares_length=size <= (1 + XING_TOLERANCE) * expected,
    )


def _check_wav(path: Path, head: bytes) -> None:
    """Refuse a wav's header for what it says, because decoders tell only that it is wrong."""
    if head[12:16] == b"fmt " and len(head) >= 28:
        channels, rate = struct.unpack("<HI", head[22:28])
        check_format(path, rate, channels)


def why_not_sound(head: bytes) -> str:
    """Say why no decoder can open a file, and what to do next.

    Parameters
    ----------
    head : bytes
        Its first few hundred bytes.
    """
    if head[4:8] == b"ftyp":
        return (
            "It is an mp4 file without its index, as a broken download or recording leaves it. "
            "Get the whole file again."
        )
    if head.startswith(PICTURES):
        return "It is a picture, a document, an archive or a program. Choose a sound file."
    if not head.strip(b"\0"):
        return "It holds nothing but zeros, as a failed copy leaves it. Copy it again."
    if head.lstrip()[:1] == b"<" and _is_text(head):
        return "It is a web page, as a failed download leaves it. Download it again."
    if _is_text(head):
        return "It is text, whatever its name says. Choose a sound file."
    return (
        "No sound was found in it: it is damaged, or of a kind that Earmark doesn't know. "
        "Choose another file, or convert it to flac or mp3."
    )


def _is_text(head: bytes) -> bool:
    """Tell whether bytes are UTF-8 (but for a letter cut in two) without control characters."""
    if any(byte < 32 and byte not in b"\t\n\r\f\x1b" for byte in head):
        return False
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return False
    return True
