"""Which files are left alone whatever a person wants written into them, and why."""

from __future__ import annotations

import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from lib.tagging.errors import FileRefused

if sys.platform != "win32":
    import fcntl

_WRITABLE = stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH


def check_writable(path: Path) -> os.stat_result:
    """Return a file's status where it may be replaced.

    Parameters
    ----------
    path : Path
        Without symbolic links (`Path.resolve`): the file itself is replaced, links to it stay.

    Raises
    ------
    FileRefused
        Where it is gone, no file, read-only, in a read-only folder, or has several names (hard
        links), of which only one would get the new tags.
    """
    try:
        status = path.stat()
        folder = path.parent.stat()
    except FileNotFoundError as error:
        raise FileRefused("It is not there any more.") from error
    except (OSError, ValueError) as error:
        raise FileRefused(f"It can't be read ({error}).") from error
    if not stat.S_ISREG(status.st_mode):
        raise FileRefused("It is no file.")
    if not status.st_size:
        raise FileRefused("It is empty.")
    # An administrator may write everything; that somebody has marked it counts all the same.
    if not status.st_mode & _WRITABLE or not os.access(path, os.W_OK):
        raise FileRefused("It is read-only.")
    if not folder.st_mode & _WRITABLE or not os.access(path.parent, os.W_OK):
        raise FileRefused("Its folder is read-only.")
    if status.st_nlink > 1:
        raise FileRefused(
            f"It has {status.st_nlink} names (hard links), of which only this one would change."
        )
    return status


@contextmanager
def held(path: Path) -> Iterator[BinaryIO]:
    """Open a file to read, and keep others who ask for its lock off it.

    Raises
    ------
    FileRefused
        Where another program holds its lock.
    OSError
        Where it can't be opened.
    """
    with path.open("rb") as file:
        if sys.platform != "win32":
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            except OSError as error:
                raise FileRefused("Another program has locked it.") from error
        yield file


def check_unchanged(path: Path, before: os.stat_result) -> None:
    """Refuse a file that somebody has changed meanwhile.

    Raises
    ------
    FileRefused
        Where it is gone or another than it was.
    """
    try:
        now = path.stat()
    except OSError as error:
        raise FileRefused("It went away meanwhile.") from error
    names = ("st_ino", "st_size", "st_mtime_ns", "st_ctime_ns", "st_nlink")
    if any(getattr(now, name) != getattr(before, name) for name in names):
        raise FileRefused("Another program changed it meanwhile.")
