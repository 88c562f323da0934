"""A person's rights for tests that root runs: to root nothing is read-only, and nothing is secret.

Continuous integration and containers run as root.  Linux keeps root's power as capabilities of each
thread, so a test gives those up for a while that overrule permissions: it still owns its files, and
then their permissions count, for it and for every program that it starts.
"""

from __future__ import annotations

import ctypes
import os
import sys
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

if sys.platform != "win32":
    import fcntl

_READ_AND_WRITE_ALL = 1 << 1 | 1 << 2  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH
_GET_BITS, _SET_BITS = 27, 28  # of prctl
# No program gets capabilities by root's number alone, and access() looks at the effective ones.
_NO_ROOT, _NO_FIXUP = 1 << 0, 1 << 2
_VERSION = 0x20080522
_GET_FLAGS, _SET_FLAGS, _IMMUTABLE = 0x80086601, 0x40086602, 0x10  # linux/fs.h


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Words(ctypes.Structure):
    _fields_ = (
        ("effective", ctypes.c_uint32),
        ("permitted", ctypes.c_uint32),
        ("inheritable", ctypes.c_uint32),
    )


@contextmanager
def immutable(path: Path) -> Iterator[None]:
    """Let nobody change a file or folder in a block, as ``chattr +i`` does; skip where it can't."""
    if sys.platform != "linux":
        pytest.skip("chattr is Linux's")
    before = array("l", [0])
    descriptor = os.open(path, os.O_RDONLY)
    try:
        try:
            fcntl.ioctl(descriptor, _GET_FLAGS, before)
            fcntl.ioctl(descriptor, _SET_FLAGS, array("l", [before[0] | _IMMUTABLE]))
        except OSError as error:
            pytest.skip(f"nothing can be made immutable here: {error.strerror}")
        try:
            yield
        finally:
            fcntl.ioctl(descriptor, _SET_FLAGS, before)
    finally:
        os.close(descriptor)


@contextmanager
def rights_of_a_person() -> Iterator[None]:
    """Do without root's power over files in a block; skip the test where that can't be."""
    if sys.platform == "win32" or os.geteuid() != 0:
        yield
        return
    if sys.platform != "linux":
        pytest.skip("root's power can be given up for a while on Linux alone")
    libc = ctypes.CDLL(None, use_errno=True)
    words = (_Words * 2)()
    _call(libc.capget, _header(), words)
    effective, bits = words[0].effective, libc.prctl(_GET_BITS)
    _call(libc.prctl, _SET_BITS, bits | _NO_ROOT | _NO_FIXUP)
    try:
        words[0].effective = effective & ~_READ_AND_WRITE_ALL
        _call(libc.capset, _header(), words)
        yield
    finally:
        words[0].effective = effective
        _call(libc.capset, _header(), words)
        _call(libc.prctl, _SET_BITS, bits)


def _header() -> ctypes.Array[_Header]:
    return (_Header * 1)(_Header(_VERSION, 0))


def _call(function, *arguments: object) -> None:  # noqa: ANN001 (of the system's library)
    if function(*arguments) != 0:
        pytest.skip(f"root's power can't be given up here: {os.strerror(ctypes.get_errno())}")
