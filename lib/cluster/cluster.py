"""The machines of a Dask cluster, in the place of this machine's processes.

Only `HELD` items for each of its threads are handed out at a time: a scheduler that knew of a
million songs would spend its time on its lists.  A worker that is lost costs what it held; Dask
gives that to the others.
"""

from __future__ import annotations

import hashlib
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Generic, Self

import lib
from lib.errors import WorkerError
from lib.workers import Item, Lost, Result

if TYPE_CHECKING:
    from distributed import Client, Future

HELD = 4
"""Items for each thread of the cluster: one that it works on, and some that keep it busy while
results and new items are on their way."""
PATIENCE = 30.0
"""How long to wait for a scheduler to answer, and for its first worker, s."""
_COUNTED_SECONDS = 2.0  # machines come and go; how often their threads are counted
_START = "start it in this folder by `python -m distributed.cli.dask_worker ADDRESS --nthreads 1`"


class Cluster(Generic[Item, Result]):
    """Machines that do one job on many items; a context manager, used like `lib.workers.Workers`.

    Parameters
    ----------
    job : callable
        Defined at the top of a module of `lib`, which the workers have, too.
    address : str
        Of the scheduler: ``tcp://host:8786``.

    Raises
    ------
    WorkerError
        When it is entered: where no scheduler answers, it has no workers, or one of them runs
        other code than this.
    """

    def __init__(self, job: Callable[[Item], Result], *, address: str) -> None:
        self._job = job
        self._address = address
        self._client: Client

    def __enter__(self) -> Self:
        self._client = self._connect()
        try:
            self._check()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def _connect(self) -> Client:
        # Late: only who asks for a cluster waits for it, or needs it installed.
        try:
            from distributed import Client
        except ImportError as error:
            raise WorkerError(
                "A cluster needs dask.distributed, which `make dev` installs."
            ) from error
        try:
            client: Client = Client(self._address, timeout=PATIENCE, set_as_default=False)
        except (OSError, ValueError, TypeError) as error:  # TimeoutError is an OSError
            raise WorkerError(
                f"{self._address}: no Dask scheduler answers there ({_why(error)}); start one by "
                f"`python -m distributed.cli.dask_scheduler`, which tells its address."
            ) from error
        return client

    def _check(self) -> None:
        """See that there are workers, and that they would compute the same as this machine."""
        try:
            self._client.wait_for_workers(1, timeout=PATIENCE)
        except TimeoutError as error:
            raise WorkerError(f"{self._address} has no worker; {_START}.") from error
        try:
            codes: dict[str, str] = self._client.run(code_fingerprint)
        except ImportError as error:
            raise WorkerError(
                f"A worker of {self._address} can't import Earmark ({error}); {_START}."
            ) from error
        ours = code_fingerprint()
        for worker, code in codes.items():
            if code != ours:
                raise WorkerError(
                    f"The worker {worker} runs another state of Earmark's code than this machine: "
                    f"bring its folder to the same commit, and {_START}."
                )

    def run(
        self, items: Iterable[Item], *, tick: float = 0.2
    ) -> Iterator[tuple[Item, Result | Lost] | None]:
        """Work on all items and give each result as it comes; see `lib.workers.Workers.run`.

        Raises
        ------
        WorkerError
            Where the scheduler goes away.
        """
        waiting = deque(items)
        done: SimpleQueue[Future] = SimpleQueue()
        held: dict[str, tuple[Item, Future]] = {}
        threads, counted = 0, -_COUNTED_SECONDS
        try:
            while waiting or held:
                if time.monotonic() > counted + _COUNTED_SECONDS:
                    threads, counted = self._threads(), time.monotonic()
                while waiting and len(held) < HELD * threads:
                    future = self._client.submit(self._job, waiting[0], pure=False)
                    held[future.key] = waiting.popleft(), future
                    future.add_done_callback(done.put)
                try:
                    key = done.get(timeout=tick).key
                except Empty:
                    yield None
                    continue
                item, future = held.pop(key)
                yield item, self._result(future)
        finally:
            with suppress(OSError, TimeoutError):
                self._client.cancel([future for _, future in held.values()])

    def _threads(self) -> int:
        """Count the threads of the machines that are there now."""
        try:
            return sum(self._client.nthreads().values())
        except (OSError, TimeoutError, ValueError) as error:
            raise self._gone() from error

    def _result(self, future: Future) -> Result | Lost:
        """Return what came of an item."""
        if future.status == "error":
            return Lost(_why(future.exception()))
        try:
            result: Result = future.result()
        except Exception as error:
            if future.status == "error":  # it was lost on the way, and ended its workers since
                return Lost(_why(error))
            raise self._gone() from error
        return result

    def _gone(self) -> WorkerError:
        return WorkerError(
            f"{self._address}: the scheduler went away. What was finished is kept; start it again, "
            f"and the same command goes on from there."
        )


def code_fingerprint() -> str:
    """Return SHA-256 of the source of `lib`: machines with the same one compute the same."""
    root = Path(lib.__file__).parent
    digest = hashlib.sha256()
    for path in sorted(root.rglob("*.py")):
        digest.update(path.relative_to(root).as_posix().encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _why(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}".partition("\n")[0]
