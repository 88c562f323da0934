"""Worker processes of which any may die without harm to the others.

`concurrent.futures` gives up its whole pool when one process dies, and can't say which task killed
it.  Here each process has a pipe of its own, so the parent knows which item was lost, starts
another process and goes on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from multiprocessing.connection import wait
from typing import Generic, Protocol, TypeVar, cast

from lib.errors import WorkerError
from lib.workers.process import Lost
from lib.workers.worker import Item, Task, Worker

Result = TypeVar("Result")
Result_co = TypeVar("Result_co", covariant=True)

# A lost item is tried once more: the system may have taken the memory from an innocent process.
_TRIES = 2


class Pool(Protocol[Item, Result_co]):
    """Something that does one job on many items at once: `Workers` here, or other machines."""

    def run(
        self, items: Iterable[Item], *, tick: float = 0.2
    ) -> Iterator[tuple[Item, Result_co | Lost] | None]:
        """Work on all items, the first ones first, and give results as `Workers.run` does."""


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
        Given an item, says how many seconds it may take: the process that takes longer is ended,
        and its item lost at once.  None to wait for ever.
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
        self._tasks: deque[Task[Item]] = deque()
        self._workers: list[Worker[Item]] = []

    def __enter__(self) -> Workers[Item, Result]:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.terminate()
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
            Where a process can't be started, or ends before it has begun.
        """
        for item in items:
            self.add(item)
        while self.unfinished:
            done = self.listen(tick)
            if not done:
                yield None
            yield from done

    def prepare(self) -> None:
        """Start a process where there is none, ahead of the first item.

        Raises
        ------
        WorkerError
            Where it can't be started.
        """
        if not self._workers:
            self._start()

    def add(self, item: Item) -> None:
        """Have an item worked on, after those that were added before."""
        self._tasks.append(Task(item))

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
            As `run` does.
        """
        self._hand_out()
        readable = wait([worker.pipe for worker in self._workers], seconds)
        told = [self._listen(worker) for worker in list(self._workers) if worker.pipe in readable]
        told += [self._give_up(worker) for worker in list(self._workers) if worker.is_late]
        return [done for done in told if done is not None]

    def _hand_out(self) -> None:
        """Give a task to every process that has none, and start those that are lacking."""
        for worker in self._workers:
            if worker.idle and self._tasks:
                worker.hand(self._tasks.popleft())
                worker.begin(self._patience)
        for worker in self._workers:
            # While many wait, each process has the next one at hand: none is idle for as long as
            # the caller keeps a result.  The last ones go to whoever is free first.
            many = len(self._tasks) > self._count and self._tasks[0].fits_ahead
            if many and worker.task is not None and worker.ahead is None:
                worker.hand(self._tasks.popleft())
        starting = sum(not worker.ready for worker in self._workers)
        for _ in range(min(self._count - len(self._workers), len(self._tasks) - starting)):
            self._start()

    def _start(self) -> None:
        self._workers.append(Worker(self._job))

    def _listen(self, worker: Worker[Item]) -> tuple[Item, Result | Lost] | None:
        """Take what a process says: it is ready, it has a result, or it is dead."""
        try:
            task, result = worker.said()
        except (EOFError, OSError):
            return self._bury(worker)
        worker.begin(self._patience)
        return (task.item, cast("Result | Lost", result)) if task else None

    def _give_up(self, worker: Worker[Item]) -> tuple[Item, Result | Lost] | None:
        """End a process that takes too long; its item would take as long once more."""
        worker.kill()
        self._end(worker)
        if worker.task is None or self._patience is None:
            return None
        item = worker.task.item
        return item, Lost(f"no end after {self._patience(item):.0f} s")

    def _bury(self, worker: Worker[Item]) -> tuple[Item, Result | Lost] | None:
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

    def _end(self, worker: Worker[Item]) -> str:
        """Take leave of a process, and say how it ended; what it never began is done by others."""
        self._workers.remove(worker)
        if worker.ahead is not None:
            self._tasks.appendleft(worker.ahead)
        return worker.end()
