"""The older tags of wav files: a list of texts, which programs that know no ID3 read."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import BinaryIO

from lib.files import chunks

_NAMES = {b"INAM": "title", b"IART": "artist", b"IGNR": "genre"}
_MOST_BYTES = 1 << 20


def read_info(file: BinaryIO) -> dict[str, str]:
    """Return title, artist and genre of a wav file's LIST INFO, as far as it names them.

    Source: Microsoft and IBM, "Multimedia Programming Interface and Data Specifications 1.0", 1991.
    """
    found: dict[str, str] = {}
    for name, size in chunks(file):
        if name == b"LIST" and 4 <= size <= _MOST_BYTES:
            content = file.read(size)
            if content[:4] == b"INFO":
                found.update(_texts(content[4:]))
    return found


def _texts(content: bytes) -> Iterator[tuple[str, str]]:
    place = 0
    while place + 8 <= len(content):
        name, size = struct.unpack_from("<4sI", content, place)
        text = content[place + 8 : place + 8 + size].split(b"\0")[0].strip()
        if text and name in _NAMES:
            yield _NAMES[name], _decoded(text)
        place += 8 + size + size % 2


def _decoded(text: bytes) -> str:
    try:
        return text.decode()
    except UnicodeDecodeError:
        return text.decode("latin-1")
