from __future__ import annotations

import struct

import numpy as np
import pytest

from lib.backbone.bundle import crc32c, read_bundle
from lib.backbone.errors import BackboneError

MAGIC = struct.pack("<Q", 0xDB4775248B80FB57)


def varint(value: int) -> bytes:
    out = bytearray()
    while value > 0x7F:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])


def masked(content: bytes) -> int:
    crc = crc32c(content)
    return ((crc >> 15 | crc << 17) + 0xA282EAD8) & 0xFFFFFFFF


def block(pairs: list[tuple[bytes, bytes]], *, compressed: bool = False) -> bytes:
    """Write a block whose keys share their beginnings, with its trailer."""
    out, before = b"", b""
    for key, value in pairs:
        shared = next(
            (i for i, (a, b) in enumerate(zip(key, before, strict=False)) if a != b),
            min(len(key), len(before)),
        )
        own = key[shared:]
        out += varint(shared) + varint(len(own)) + varint(len(value)) + own + value
        before = key
    out += struct.pack("<II", 0, 1) + bytes([compressed])
    return out + struct.pack("<I", masked(out))


def entry(array: np.ndarray, offset: int, *, dtype: int = 1) -> bytes:
    content = array.astype("<f4").tobytes()
    dims = b"".join(
        b"\x12" + varint(len(size)) + size for size in (b"\x08" + varint(n) for n in array.shape)
    )
    return (
        b"\x08" + varint(dtype)
        + b"\x12" + varint(len(dims)) + dims
        + b"\x20" + varint(offset) + b"\x28" + varint(len(content))
        + b"\x35" + struct.pack("<I", masked(content))
    )  # fmt: skip


def bundle(
    tensors: dict[str, np.ndarray], *, shards: int = 1, dtype: int = 1, compressed: bool = False
) -> tuple[bytes, bytes]:
    """Write a checkpoint as TensorFlow does."""
    data, pairs = b"", [(b"", b"\x08" + varint(shards))]
    for name in sorted(tensors):
        pairs.append((name.encode(), entry(tensors[name], len(data), dtype=dtype)))
        data += tensors[name].astype("<f4").tobytes()
    first = block(pairs, compressed=compressed)
    handle = varint(0) + varint(len(first) - 5)
    index = block([(b"z", handle)])
    footer = handle + varint(len(first)) + varint(len(index) - 5)
    return first + index + footer.ljust(40, b"\0") + MAGIC, data


TENSORS = {
    "dense/bias": np.array([1.5, -2.0], dtype=np.float32),
    "dense/kernel": np.arange(300, dtype=np.float32).reshape(3, 100),
    "dense_1/kernel": np.full((2, 1, 2), 7.0, dtype=np.float32),
}


def test_reads_what_was_asked_for() -> None:
    found = read_bundle(*bundle(TENSORS), ["dense/kernel", "dense_1/kernel"])
    assert sorted(found) == ["dense/kernel", "dense_1/kernel"]
    for name, values in found.items():
        np.testing.assert_array_equal(values, TENSORS[name])


@pytest.mark.parametrize("place", [3, 60, -60])
def test_refuses_an_index_in_which_a_byte_is_wrong(place: int) -> None:
    index, data = bundle(TENSORS)
    wrong = bytearray(index)
    wrong[place] ^= 0x10
    with pytest.raises(BackboneError, match="checkpoint"):
        read_bundle(bytes(wrong), data, TENSORS)


def test_refuses_numbers_that_are_damaged_or_cut_off() -> None:
    index, data = bundle(TENSORS)
    with pytest.raises(BackboneError, match="'dense/bias' is damaged"):
        read_bundle(index, b"\x01" + data[1:], TENSORS)
    with pytest.raises(BackboneError, match="'dense_1/kernel' is damaged"):
        read_bundle(index, data[:-4], TENSORS)


@pytest.mark.parametrize("index", [b"", b"no table", bytes(100)])
def test_refuses_what_is_no_table(index: bytes) -> None:
    with pytest.raises(BackboneError, match="no table of tensors"):
        read_bundle(index, b"", ["dense/bias"])


def test_names_what_it_is_not_for() -> None:
    with pytest.raises(BackboneError, match="no tensor 'conv/bias'"):
        read_bundle(*bundle(TENSORS), ["conv/bias"])
    with pytest.raises(BackboneError, match="'dense/bias' is of type 9, not float32"):
        read_bundle(*bundle(TENSORS, dtype=9), ["dense/bias"])
    with pytest.raises(BackboneError, match="in 2 pieces"):
        read_bundle(*bundle(TENSORS, shards=2), ["dense/bias"])
    with pytest.raises(BackboneError, match="compressed"):
        read_bundle(*bundle(TENSORS, compressed=True), ["dense/bias"])
