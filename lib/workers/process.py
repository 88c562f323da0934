"""The process of a worker: how it is set up, what it does, and when it ends by itself."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection

# Every process keeps one core busy by itself; more threads in each would only get in the way.
_ONE_THREAD = dict.fromkeys(
    (
        "OMP_NUM_THREADS",
        "OPENBLAS_NUM_THREADS",
        "MKL_NUM_THREADS",
        "VECLIB_MAXIMUM_THREADS",
        "NUMEXPR_NUM_THREADS",
    ),
    "1",
)


@dataclass(frozen=True)
class Lost:
    """What became of an item that ended its process twice, or came to no end in its time.

    Parameters
    ----------
    how : str
        ``"signal 11"``, ``"exit status 3"``, ``"no end after 90 s"``, or the error that nobody
        foresaw.
    """

    how: str


def usable_cores() -> int:
    """Return how many cores this process may use, which can be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def end_with_parent() -> None:
    """End a worker in mid-work whose parent was killed and can't take the result any more."""
    parent = multiprocessing.parent_process()
    if parent is not None and not parent.is_alive():
        raise SystemExit


def serve(pipe: Connection, job: Callable[[object], object]) -> None:
    """Do a worker's work: take items, give results, until the parent hangs up."""
    # Ctrl+C reaches every process of the terminal; the parent alone decides what it means.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Decoders write straight to the terminal about every odd byte, across the progress bar.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    with suppress(EOFError, OSError):
        pipe.send(None)
        while True:
            item = pipe.recv()
            try:
                result = job(item)
            except Exception as error:  # noqa: BLE001 (a process's edge: one strange song must not end a night's work)
                result = Lost(f"{type(error).__name__}: {error}")
            pipe.send(result)


@contextmanager
def one_thread() -> Iterator[None]:
    """Set the environment that new processes inherit, and put it back."""
    before = {name: os.environ.get(name) for name in _ONE_THREAD}
    os.environ.update(_ONE_THREAD)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
