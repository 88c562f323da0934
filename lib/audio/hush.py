"""Keeping a native decoder from writing to the terminal."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

_STDERR = 2
_lock = threading.Lock()
_inside = 0
_usual: int | None = None


@contextmanager
def hushed() -> Iterator[None]:
    """Let nothing that is written to standard error in a block, by any library, come out.

    mpg123, which decodes mp3 within libsndfile, tells there about every odd byte, and libsndfile
    has no switch for that.  It is the whole process's standard error: keep the block to one call.
    Several threads may be inside; where standard error is closed there is nothing to do.
    """
    _enter()
    try:
        yield
    finally:
        _leave()


def _enter() -> None:
    global _inside, _usual  # noqa: PLW0603 (there is one standard error)
    with _lock:
        _inside += 1
        if _inside > 1:
            return
        try:
            _usual = os.dup(_STDERR)
        except OSError:
            _usual = None
            return
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, _STDERR)
        os.close(nowhere)


def _leave() -> None:
    global _inside, _usual  # noqa: PLW0603
    with _lock:
        _inside -= 1
        if _inside or _usual is None:
            return
        os.dup2(_usual, _STDERR)
        os.close(_usual)
        _usual = None
