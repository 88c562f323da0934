"""Files of arrays, whole and as a stranger may have spoilt them."""

from __future__ import annotations

import io
import zipfile
from contextlib import suppress

import numpy as np
import pytest

from lib.errors import ModelError
from lib.model.arrays import read_arrays


def packed(compression: int = zipfile.ZIP_STORED, **members: bytes) -> bytes:
    """Return a zip file of members, whose names get the suffix of arrays."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", compression) as file:
        for name, member in members.items():
            file.writestr(f"{name}.npy", member)
    return content.getvalue()


def npy(array: np.ndarray) -> bytes:
    content = io.BytesIO()
    np.save(content, array)
    return content.getvalue()


def headed(header: str) -> bytes:
    """Return an array's member that has a header alone."""
    text = header.encode("ascii")
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


KERNEL = np.random.default_rng(0).normal(size=(20, 6)).astype(np.float32)


@pytest.mark.parametrize("compression", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])
def test_arrays_come_back_by_name(compression: int) -> None:
    arrays = read_arrays(packed(compression, kernel=npy(KERNEL), bias=npy(KERNEL[0])))
    np.testing.assert_equal(arrays, {"kernel": KERNEL, "bias": KERNEL[0]})


@pytest.mark.parametrize(
    "compression",
    [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA],
)
def test_damage_is_told_in_one_way(compression: int) -> None:
    whole, chance = packed(compression, kernel=npy(KERNEL)), np.random.default_rng(0)
    for _ in range(500):
        damaged = np.frombuffer(whole, np.uint8).copy()
        damaged[chance.integers(0, len(whole), 3)] = chance.integers(0, 256, 3)
        with suppress(ModelError):  # any other error is one that nobody turns into a sentence
            read_arrays(damaged.tobytes())


@pytest.mark.parametrize(
    ("member", "match"),
    [
        (b"no array of numpy's", "kernel is no array"),
        (headed("{'descr': \n"), None),
        (headed("{'descr': '<f4', 'fortran_order': False, 'shape': (007,), }"), None),
        (headed(f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({10**15},), }}"), "allocate"),
        (npy(np.array([{}], dtype=object)), "Object arrays cannot be loaded"),
    ],
)
def test_what_is_no_array_is_refused(member: bytes, match: str | None) -> None:
    with pytest.raises(ModelError, match=match):
        read_arrays(packed(kernel=member))


@pytest.mark.parametrize("content", [b"", b"text", npy(KERNEL), packed(kernel=npy(KERNEL))[:90]])
def test_what_is_no_file_of_arrays_is_refused(content: bytes) -> None:
    with pytest.raises(ModelError):
        read_arrays(content)
