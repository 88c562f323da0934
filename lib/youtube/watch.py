"""Work that may hang in the network, done so that its caller never does.

yt-dlp waits for the network without asking anybody in between.  It therefore works in a thread of
its own, and the caller's thread wakes ten times a second, tells the progress and may be told to
stop: Cancel and Ctrl+C take effect at once, even while nothing comes from the network.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextlib import ExitStack
from typing import TypeVar

from lib.errors import Cancelled
from lib.progress import Progress

POLL_SECONDS = 0.1

T = TypeVar("T")


class Watch:
    """What a worker tells, and how it learns that it is to stop."""

    def __init__(self, step: str) -> None:
        self.latest: tuple[str, float | None] = (step, None)
        self._stopped = threading.Event()
        self._interrupt: Callable[[], None] | None = None
        self._guard = threading.Lock()

    @property
    def stopped(self) -> bool:
        """Whether the caller wants no answer any more."""
        return self._stopped.is_set()

    def report(self, step: str, fraction: float | None) -> None:
        """Tell the step and how much is done; the caller reads the latest only."""
        self.check()
        self.latest = (step, fraction)

    def check(self) -> None:
        """Raise `Cancelled` where the caller wants no answer any more."""
        if self.stopped:
            raise Cancelled("stopped")

    def pause(self, seconds: float) -> None:
        """Wait, or raise `Cancelled` as soon as the caller wants no answer any more."""
        if self._stopped.wait(seconds):
            raise Cancelled("stopped")

    def on_stop(self, interrupt: Callable[[], None]) -> None:
        """Have `interrupt` called, from the caller's thread, to break off what now waits.

        Where the caller wants no answer any more by now, it is called at once.
        """
        with self._guard:
            self._interrupt = interrupt
            if self.stopped:  # since the last check
                interrupt()

    def stop(self) -> None:
        """Tell the worker to stop, and break off what it waits for."""
        with self._guard:
            self._stopped.set()
            if self._interrupt is not None:
                self._interrupt()


def watched(work: Callable[[Watch], T], step: str, progress: Progress) -> T:
    """Do work in a thread of its own and tell its progress from the caller's.

    Parameters
    ----------
    work : callable
        Given a `Watch` to report to and to ask whether to stop.
    step : str
        The name of the step until the work tells another.
    progress : Progress
        Called ten times a second in the caller's thread; whatever it raises ends the wait at once,
        while the worker ends as soon as it notices.

    Returns
    -------
    object
        What `work` returned.  What it raises is raised here.
    """
    watch = Watch(step)
    future: Future[T] = Future()
    # A daemon: a worker that waits for the network must not keep the program from ending.
    threading.Thread(
        target=_run, args=(work, watch, future), name="earmark-youtube", daemon=True
    ).start()
    with ExitStack() as unfinished:
        unfinished.callback(watch.stop)
        while not future.done():
            progress(*watch.latest)
            wait([future], timeout=POLL_SECONDS)
        unfinished.pop_all()
    progress(*watch.latest)
    return future.result()


def _run(work: Callable[[Watch], T], watch: Watch, future: Future[T]) -> None:
    """Do the work and hand over what it returns or raises."""
    try:
        result = work(watch)
    except BaseException as error:  # noqa: BLE001 (raised again in the caller's thread)
        future.set_exception(error)
    else:
        future.set_result(result)
