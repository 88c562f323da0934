"""Locks on files, between threads and between processes, which the death of a process releases."""

from __future__ import annotations

import os
import secrets
import sys
import weakref
from pathlib import Path


class Hold:
    """A lock that is held until it is closed or nobody holds this value any more."""

    def __init__(self, descriptor: int) -> None:
        # Closing the descriptor releases the lock.  A finalizer, because a song that was fetched is
        # usually just forgotten.
        self._release = weakref.finalize(self, os.close, descriptor)

    def close(self) -> None:
        """Release the lock; a second time does nothing."""
        self._release()


def try_hold(path: Path, *, shared: bool) -> Hold | None:
    """Take a lock, or None where somebody else's lock forbids it.

    Parameters
    ----------
    path : Path
        The lock file.  It and its folder are made where they are missing.
    shared : bool
        Whether others may hold it too, as long as they share it.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_NOINHERIT", 0), 0o600)
    if _lock(descriptor, shared=shared) and _is_current(descriptor, path):
        return Hold(descriptor)
    os.close(descriptor)
    return None


def _is_current(descriptor: int, path: Path) -> bool:
    """Tell whether a lock file was not deleted, or made anew, before the lock was taken."""
    try:
        return os.path.samestat(os.fstat(descriptor), path.stat())
    except FileNotFoundError:
        return False


if sys.platform == "win32":
    import msvcrt

    ALL_BYTES = 0x7FFF_0000

    def _lock(descriptor: int, *, shared: bool) -> bool:
        """Lock one byte of many to share, or all of them: Windows knows no shared lock here."""
        os.lseek(descriptor, secrets.randbelow(ALL_BYTES) if shared else 0, os.SEEK_SET)
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1 if shared else ALL_BYTES)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock(descriptor: int, *, shared: bool) -> bool:
        """Lock an open file, which also parts two threads that opened it each for itself."""
        try:
            fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
