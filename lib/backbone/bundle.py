"""Reading TensorFlow's checkpoints without TensorFlow.

A checkpoint is a *tensor bundle*: a file of raw little-endian numbers, and an index of which tensor
lies where in it.  The index is a sorted string table as LevelDB writes them; its values are
protocol buffers.

References
----------
LevelDB, ``doc/table_format.md``: blocks of keys, of which each shares its beginning with the one
before; a footer that leads to the index block.

TensorFlow, ``tensorflow/core/protobuf/tensor_bundle.proto``: ``BundleHeaderProto`` under the empty
key, a ``BundleEntryProto`` under each tensor's name.

Protocol Buffers, "Encoding": varints, and fields as a number and a wire type.
"""

from __future__ import annotations

import struct
from collections.abc import Collection, Iterator
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lib.backbone.errors import BackboneError

_FOOTER = 48  # bytes: two block handles, padded, and the magic number
_MAGIC = 0xDB4775248B80FB57
_TRAILER = 5  # bytes after a block: how it is compressed, and its checksum
_FLOAT = 1  # TensorFlow's DT_FLOAT

# Of a protocol buffer's field: how its value is written.
_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5


def read_bundle(
    index: bytes, data: bytes, names: Collection[str]
) -> dict[str, NDArray[np.float32]]:
    """Read tensors of a checkpoint that lies in one piece.

    Parameters
    ----------
    index, data : bytes
        The content of ``.index`` and of ``.data-00000-of-00001``.
    names : collection of str
        The tensors to read; checkpoints hold as much again for the optimiser, twice.

    Returns
    -------
    dict of str to np.ndarray
        float32, in TensorFlow's shapes.

    Raises
    ------
    BackboneError
        Where the index is none, a tensor is missing or no float32, or a checksum is wrong.
    """
    try:
        entries = dict(_table(index))
        if (shards := _Message(entries[b""]).number(1)) != 1:
            raise BackboneError(f"The checkpoint lies in {shards} pieces, not in one.")
        return {name: _tensor(name, entries, data) for name in names}
    except (IndexError, KeyError, struct.error) as error:
        raise BackboneError(f"The checkpoint's index can't be read ({error!r}).") from error


def _tensor(name: str, entries: dict[bytes, bytes], data: bytes) -> NDArray[np.float32]:
    if name.encode() not in entries:
        raise BackboneError(f"The checkpoint holds no tensor {name!r}.")
    entry = _Message(entries[name.encode()])
    if (dtype := entry.number(1)) != _FLOAT:
        raise BackboneError(f"The checkpoint's tensor {name!r} is of type {dtype}, not float32.")
    shape = tuple(_Message(size).number(1) for size in _Message(entry.content(2)).contents(2))
    start, size = entry.number(4), entry.number(5)
    content = data[start : start + size]
    if len(content) != size or _masked(crc32c(content)) != entry.number(6):
        raise BackboneError(f"The checkpoint's tensor {name!r} is damaged.")
    return np.frombuffer(content, dtype="<f4").reshape(shape).astype(np.float32)


def _table(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and values of a sorted string table."""
    footer = content[-_FOOTER:]
    if len(footer) < _FOOTER or struct.unpack("<Q", footer[-8:])[0] != _MAGIC:
        raise BackboneError("The checkpoint's index is no table of tensors.")
    place = _skip_handle(footer, 0)  # what it leads to tells of the table itself
    for _, handle in _block(content, footer, place):
        yield from _block(content, handle, 0)


def _skip_handle(content: bytes, place: int) -> int:
    return _varint(content, _varint(content, place)[1])[1]


def _block(content: bytes, handle: bytes, place: int) -> Iterator[tuple[bytes, bytes]]:
    """Yield the keys and values of the block that a handle (offset and size) leads to."""
    start, place = _varint(handle, place)
    size, _ = _varint(handle, place)
    block = content[start : start + size]
    kind, checksum = struct.unpack("<BI", content[start + size : start + size + _TRAILER])
    if kind:
        raise BackboneError("The checkpoint's index is compressed, which this reader is not for.")
    if _masked(crc32c(block + bytes([kind]))) != checksum:
        raise BackboneError("The checkpoint's index is damaged.")
    (restarts,) = struct.unpack("<I", block[-4:])
    place, end, key = 0, size - 4 * (restarts + 1), b""
    while place < end:
        shared, place = _varint(block, place)
        own, place = _varint(block, place)
        length, place = _varint(block, place)
        key = key[:shared] + block[place : place + own]
        place += own
        yield key, block[place : place + length]
        place += length


def _varint(content: bytes, place: int) -> tuple[int, int]:
    """Return a number in groups of seven bits, the lowest first, and where it ends."""
    value = shift = 0
    while True:
        byte = content[place]
        place += 1
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            return value, place


class _Message:
    """The fields of a protocol buffer, each by its number."""

    def __init__(self, content: bytes) -> None:
        self._fields: dict[int, list[int | bytes]] = {}
        place = 0
        while place < len(content):
            tag, place = _varint(content, place)
            value, place = _value(content, place, tag & 7)
            self._fields.setdefault(tag >> 3, []).append(value)

    def number(self, field: int) -> int:
        """Return a number; 0 where it isn't written, as the encoding has it."""
        value = self._fields.get(field, [0])[-1]
        return value if isinstance(value, int) else 0

    def contents(self, field: int) -> list[bytes]:
        """Return all contents of a field that may stand several times."""
        return [value for value in self._fields.get(field, []) if isinstance(value, bytes)]

    def content(self, field: int) -> bytes:
        """Return a content; empty where it isn't written."""
        return (self.contents(field) or [b""])[-1]


def _value(content: bytes, place: int, kind: int) -> tuple[int | bytes, int]:
    if kind == _VARINT:
        return _varint(content, place)
    if kind == _BYTES:
        length, place = _varint(content, place)
        return content[place : place + length], place + length
    if kind == _FIXED32:
        return struct.unpack_from("<I", content, place)[0], place + 4
    if kind == _FIXED64:
        return struct.unpack_from("<Q", content, place)[0], place + 8
    raise BackboneError(f"The checkpoint's index holds a field of unknown kind {kind}.")


def crc32c(content: bytes) -> int:
    """Compute the cyclic redundancy check of Castagnoli's polynomial, bits reversed.

    Examples
    --------
    >>> hex(crc32c(b"123456789"))
    '0xe3069283'
    """
    table, crc = _crc_table(), 0xFFFFFFFF
    for byte in content:
        crc = table[(crc ^ byte) & 0xFF] ^ crc >> 8
    return crc ^ 0xFFFFFFFF


@lru_cache(maxsize=1)
def _crc_table() -> tuple[int, ...]:
    table = []
    for crc in range(256):
        for _ in range(8):
            crc = crc >> 1 ^ (0x82F63B78 if crc & 1 else 0)  # noqa: PLW2901
        table.append(crc)
    return tuple(table)


def _masked(crc: int) -> int:
    """Return a checksum as it is stored: rotated and shifted, lest it be checked itself."""
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF
