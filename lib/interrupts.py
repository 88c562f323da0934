"""Ctrl+C in the moments when Python handles it badly.

While a stage still imports, Python would show the import that it happened to be in.  And native
libraries that are interrupted while they load say that they can't be loaded, which is taken for
something else.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

INTERRUPTED = 130
"""128 + SIGINT: what a shell reports of a program that Ctrl+C ended."""

_LIB = __file__.rpartition(os.sep)[0]


def end_quietly() -> None:
    """Let Ctrl+C end a stage of this checkout that was just started, at once and without a word.

    Nothing has begun then, so nothing is to be tidied up; `at_work` ends this.  In the processes
    that a stage starts, in a program that imports `lib`, and in a process that was started deaf to
    Ctrl+C, as a shell does in its background, this does nothing.
    """
    # As text: pathlib would take as long to load as all the rest of this.
    started = getattr(sys.modules.get("__main__"), "__file__", None) or ""
    here = started.rpartition(os.sep)[0] in (_LIB, _LIB.rpartition(os.sep)[0])
    if here and signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _end)


def at_work() -> None:
    """Let Ctrl+C raise `KeyboardInterrupt` again, where `end_quietly` had changed that."""
    if signal.getsignal(signal.SIGINT) is _end:
        signal.signal(signal.SIGINT, signal.default_int_handler)


@contextmanager
def held_back() -> Iterator[None]:
    """Hold Ctrl+C back: it comes after the block, and processes started in it stay deaf to it.

    Windows has no such mask: there a process may say a last word when it is interrupted early.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    came: list[int] = []
    handler = signal.getsignal(signal.SIGINT)
    # The mask is this thread's, and what processes inherit; another thread may take the signal, but
    # Python calls its handler in the main thread, wherever it came.
    with suppress(ValueError):  # this is another thread, which no handler interrupts
        signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
        with suppress(ValueError):
            signal.signal(signal.SIGINT, handler)
        if came and callable(handler):
            handler(came[0], None)


def _end(_number: int, _frame: object) -> None:
    os._exit(INTERRUPTED)
