"""One process as its parent sees it: what it was handed, what it says, and how it ended."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from math import inf
from multiprocessing.reduction import ForkingPickler
from typing import Generic, TypeVar

from lib.errors import WorkerError
from lib.interrupts import held_back
from lib.workers.process import one_thread, serve

Item = TypeVar("Item")

_PATIENCE = 5.0  # seconds that a process gets to end
# What a pipe holds on every system before its reader has taken anything (macOS 8 KB, Linux far
# more).  A busy process reads nothing: a larger item would keep its parent waiting in the middle of
# sending, and if the result is as large, each would wait for the other for ever.
_AHEAD_BYTES = 4096


@dataclass(frozen=True)
class Task(Generic[Item]):
    """An item and how often it was tried."""

    item: Item
    tries: int = 0

    @cached_property
    def fits_ahead(self) -> bool:
        """Whether it can lie in the pipe of a busy process."""
        return len(ForkingPickler.dumps(self.item)) <= _AHEAD_BYTES


class Worker(Generic[Item]):
    """A process that was started, and the items that were handed to it.

    Parameters
    ----------
    job : callable
        What it does with an item.

    Raises
    ------
    WorkerError
        Where the system starts no further process.
    """

    def __init__(self, job: Callable[[Item], object]) -> None:
        context = multiprocessing.get_context("spawn")
        try:
            self.pipe, theirs = context.Pipe()
            self._process = context.Process(target=serve, args=(theirs, job), daemon=True)
            with one_thread(), held_back():
                self._process.start()
        except OSError as error:
            raise WorkerError(
                f"No worker process can be started ({error.strerror or error}): end other "
                f"programs, or try fewer of them."
            ) from error
        theirs.close()  # so that the pipe ends when the process does
        self.ready = False
        self.task: Task[Item] | None = None
        self.ahead: Task[Item] | None = None
        """In its pipe, begun the moment `task` is done."""
        self._deadline = inf
        """By the monotonic clock, in seconds."""

    @property
    def idle(self) -> bool:
        """Whether it waits for an item."""
        return self.ready and self.task is None

    def hand(self, task: Task[Item]) -> None:
        """Put a task into its pipe: to be begun now, or after the one that it works on."""
        with suppress(OSError):  # it died just now, which its pipe will tell
            self.pipe.send(task.item)
        if self.task is None:
            self.task = task
        else:
            self.ahead = task

    def begin(self, patience: Callable[[Item], float] | None) -> None:
        """Count the time of the task that it works on, if any, from now."""
        self._deadline = inf
        if self.task is not None and patience is not None:
            self._deadline = time.monotonic() + patience(self.task.item)

    @property
    def is_late(self) -> bool:
        """Whether it takes longer than it may."""
        return time.monotonic() > self._deadline

    def said(self) -> tuple[Task[Item] | None, object]:
        """Take what it says: the task that is done, and its result; None where it is ready.

        Raises
        ------
        EOFError, OSError
            If it is dead.
        """
        result = self.pipe.recv()
        task, self.task, self.ahead, self.ready = self.task, self.ahead, None, True
        return task, result

    def terminate(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def kill(self) -> None:
        """End it, whatever it does."""
        self._process.kill()

    def end(self) -> str:
        """Wait for it to end, by force if need be; say how it did."""
        self.pipe.close()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self._process.kill()
            self._process.join()
        code = self._process.exitcode or 0
        self._process.close()
        return f"signal {-code}" if code < 0 else f"exit status {code}"
