"""Worker processes of which any may die without harm to the others.

`concurrent.futures` gives up its whole pool when one process dies, and can't say which task killed
it.  Here each process has a pipe of its own, so the parent knows which item was lost, starts
another process and goes on.
"""

from __future__ import annotations

import multiprocessing
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from math import inf
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import Generic, Protocol, TypeVar

from lib.errors import WorkerError
from lib.interrupts import held_back
from lib.workers.process import Lost, Share, one_thread, serve, share_of

Item = TypeVar("Item")
Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)

# A lost item is tried once more: the system may have taken the memory from an innocent process.
_TRIES = 2
_PATIENCE = 5.0  # seconds that a process gets to end


class Pool(Protocol[Item, Result_co]):
    """Something that does one job on many items at once: `Workers` here, or other machines."""

    def run(
        self, items: Iterable[Item], *, tick: float = 0.2
    ) -> Iterator[tuple[Item, Result_co | Lost] | None]:
        """Work on all items, the first ones first, and give results as `Workers.run` does."""


@dataclass(frozen=True)
class _Task(Generic[Item]):
    """An item and how often it was tried."""

    item: Item
    tries: int = 0


@dataclass
class _Worker(Generic[Item]):
    process: SpawnProcess
    pipe: Connection
    ready: bool = False
    task: _Task[Item] | None = None
    ahead: _Task[Item] | None = None  # in its pipe, begun the moment `task` is done
    deadline: float = inf  # by the monotonic clock, in seconds
    before: Share = field(default_factory=Share)  # of the cores, when it began with its task


class Workers(Generic[Item, Result]):
    """Processes that do one job on many items; a context manager.

    Items that are all there at once are given to `run`; those that come one by one to `add`, with
    `listen` in between.

    Parameters
    ----------
    job : callable
        Defined at the top of a module, so that a new process finds it.
    count : int
        How many processes, at least one.
    patience : callable or None
        Given an item, says how many seconds it may take, not counting those in which others had
        the cores: the process that takes longer is ended, and its item lost at once.  None to
        wait for ever.
    """

    def __init__(
        self,
        job: Callable[[Item], Result],
        *,
        count: int,
        patience: Callable[[Item], float] | None = None,
    ) -> None:
        self._job = job
        self._count = count
        self._patience = patience
        self._tasks: deque[_Task[Item]] = deque()
        self._workers: list[_Worker[Item]] = []

    def __enter__(self) -> Workers[Item, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.process.terminate()
        while self._workers:
            self._end(self._workers[-1])

    def run(
        self, items: Iterable[Item], *, tick: float = 0.2
    ) -> Iterator[tuple[Item, Result | Lost] | None]:
        """Work on all items and give each result as it comes.

        Parameters
        ----------
        items : iterable
        tick : float
            Seconds after which None is given where no result came, so that the caller can look
            after whoever waits.

        Yields
        ------
        (item, result) or None
            The result is `Lost` where the item ended its process `_TRIES` times.

        Raises
        ------
        WorkerError
            Where no process can be started.
        """
        for item in items:
            self.add(item)
        while self.unfinished:
            done = self.listen(tick)
            if not done:
                yield None
            yield from done

    def prepare(self) -> None:
        """Start a process where there is none, ahead of the first item."""
        if not self._workers:
            self._start()

    def add(self, item: Item) -> None:
        """Have an item worked on, after those that were added before."""
        self._tasks.append(_Task(item))

    @property
    def unfinished(self) -> int:
        """How many items were added whose results have not been given yet."""
        held = (task for worker in self._workers for task in (worker.task, worker.ahead))
        return len(self._tasks) + sum(task is not None for task in held)

    def listen(self, seconds: float = 0.0) -> list[tuple[Item, Result | Lost]]:
        """Hand out what waits, and return the results that have come.

        Parameters
        ----------
        seconds : float
            How long to wait where none has.

        Returns
        -------
        list of (item, result)
            As `run` gives them; may be empty.

        Raises
        ------
        WorkerError
            Where no process can be started.
        """
        self._hand_out()
        readable = wait([worker.pipe for worker in self._workers], seconds)
        told = [self._listen(worker) for worker in list(self._workers) if worker.pipe in readable]
        told += [self._give_up(worker) for worker in list(self._workers) if self._is_late(worker)]
        return [done for done in told if done is not None]

    def _hand_out(self) -> None:
        """Give a task to every process that has none, and start those that are lacking."""
        for worker in self._workers:
            if worker.ready and worker.task is None and self._tasks:
                worker.task = self._send(worker)
                self._begin(worker)
        for worker in self._workers:
            # While many wait, each process has the next one at hand: none is idle for as long as
            # the caller keeps a result.  The last ones go to whoever is free first.
            if worker.task is not None and worker.ahead is None and len(self._tasks) > self._count:
                worker.ahead = self._send(worker)
        starting = sum(not worker.ready for worker in self._workers)
        for _ in range(min(self._count - len(self._workers), len(self._tasks) - starting)):
            self._start()

    def _send(self, worker: _Worker[Item]) -> _Task[Item]:
        """Put the next task into a process' pipe."""
        task = self._tasks.popleft()
        with suppress(OSError):  # it died just now, which its pipe will tell
            worker.pipe.send(task.item)
        return task

    def _begin(self, worker: _Worker[Item]) -> None:
        """Count the time of the task that a process works on, from now."""
        worker.deadline = inf
        if worker.task is not None and self._patience is not None:
            worker.deadline = time.monotonic() + self._patience(worker.task.item)
            worker.before = share_of(worker.process.pid)

    def _start(self) -> None:
        """Start a process."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve, args=(theirs, self._job), daemon=True)
        with one_thread(), held_back():
            process.start()
        theirs.close()  # so that the pipe ends when the process does
        self._workers.append(_Worker(process, ours))

    def _listen(self, worker: _Worker[Item]) -> tuple[Item, Result | Lost] | None:
        """Take what a process says: it is ready, it has a result, or it is dead."""
        try:
            said = worker.pipe.recv()
        except (EOFError, OSError):
            return self._bury(worker)
        task, worker.task, worker.ahead, worker.ready = worker.task, worker.ahead, None, True
        self._begin(worker)
        return (task.item, said) if task else None

    def _give_up(self, worker: _Worker[Item]) -> tuple[Item, Result | Lost] | None:
        """End a process that takes too long; its item would take as long once more."""
        task = worker.task
        worker.process.kill()
        self._end(worker)
        if task is None or self._patience is None:
            return None
        return task.item, Lost(f"no end after {self._patience(task.item):.0f} s")

    def _is_late(self, worker: _Worker[Item]) -> bool:
        """Tell whether a process takes longer than it may, though others left it a core."""
        late = time.monotonic() - worker.deadline
        if late < 0 or worker.task is None or self._patience is None:
            return False
        share = share_of(worker.process.pid)
        if share.ready:
            return share.worked - worker.before.worked >= self._patience(worker.task.item)
        return share.waited - worker.before.waited <= late

    def _bury(self, worker: _Worker[Item]) -> tuple[Item, Result | Lost] | None:
        """Take leave of a dead process; its item is tried again or given up."""
        ending = self._end(worker)
        if not worker.ready:
            raise WorkerError(
                f"A worker process ended by {ending} before it had begun; there may be too little "
                f"memory for {self._count} of them: try fewer."
            )
        if worker.task is None:
            return None
        again = replace(worker.task, tries=worker.task.tries + 1)
        if again.tries == _TRIES:
            return again.item, Lost(ending)
        self._tasks.append(again)
        return None

    def _end(self, worker: _Worker[Item]) -> str:
        """Wait for a process to end, by force if need be; say how it did."""
        self._workers.remove(worker)
        if worker.ahead is not None:  # never begun
            self._tasks.appendleft(worker.ahead)
        worker.pipe.close()
        worker.process.join(_PATIENCE)
        if worker.process.is_alive():
            worker.process.kill()
            worker.process.join()
        code = worker.process.exitcode or 0
        worker.process.close()
        return f"signal {-code}" if code < 0 else f"exit status {code}"
