"""Putting new bytes in a file's place, with all that a file has beside its bytes."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterable
from pathlib import Path


def new_file(path: Path, pieces: Iterable[bytes]) -> None:
    """Write a file that only its owner may read, and that was not there before.

    Raises
    ------
    OSError
        Where it can't be written; what is there of it then is for the caller to remove.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL | _BINARY, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        for piece in pieces:
            file.write(piece)


def put_in_place(temporary: Path, path: Path, *, times: tuple[int, int]) -> None:
    """Let a file take the place of another, at once and for good.

    Owner where the system allows, permissions, extended attributes and flags are those of the file
    that was there.

    Parameters
    ----------
    temporary : Path
        In the same folder.
    path : Path
    times : tuple of int
        When it was last read and changed, in ns.

    Raises
    ------
    OSError
        Where that can't be; `path` is as it was then.
    """
    _take_owner(temporary, path.stat())
    shutil.copystat(path, temporary)
    os.utime(temporary, ns=times)
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    temporary.replace(path)
    if sys.platform != "win32":
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)


def _take_owner(temporary: Path, status: os.stat_result) -> None:
    """Give a file to the owner of another, as far as that is allowed."""
    if sys.platform == "win32":
        return
    if (status.st_uid, status.st_gid) != (os.geteuid(), os.getegid()):
        for owner in ((status.st_uid, status.st_gid), (-1, status.st_gid)):
            try:
                os.chown(temporary, *owner)
            except PermissionError:
                continue
            return


_BINARY = getattr(os, "O_BINARY", 0)
