"""Work in threads whose messages wait in a queue until the window's own thread fetches them.

Nothing here knows Tk: a thread only puts messages into the queue, and the window calls
`Workers.deliver` from its own loop.  (``event_generate`` from a thread looks shorter, but Tcl
built without threads crashes on it, and Thonny's authors found it unreliable elsewhere too.)

There is one `Lane` for each kind of work of which only the latest counts: a second song replaces
the first one while that is still being heard.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue

from lib.errors import Cancelled
from lib.gui.messages import Done, Failed, Message, Part, Step, Stopped
from lib.progress import Progress

Work = Callable[[Progress], object]
Watcher = Callable[[Message], None]

# A bar that moves more often than this looks no smoother, and the window has better things to do.
STEP_SECONDS = 0.03


class Job(threading.Thread):
    """One piece of work in a thread of its own.

    Parameters
    ----------
    number : int
        Tells the messages of this job from those of others.
    work : callable
        Is given a `Progress`, through which it is also cancelled, and returns the result.  What
        an iterator yields is posted as it comes, and the result is then None.
    post : callable
        Takes each message; called from this thread.
    """

    def __init__(self, number: int, work: Work, post: Callable[[Message], None]) -> None:
        # A daemon, so that a decoder that hangs on a lost network drive can't keep the program
        # alive after `Workers.close` has waited long enough for it.
        super().__init__(name=f"earmark-job-{number}", daemon=True)
        self.number = number
        self._work = work
        self._post = post
        self._cancelled = threading.Event()
        self._last_step = ""
        self._last_time = 0.0

    def cancel(self) -> None:
        """Make the work stop at its next step."""
        self._cancelled.set()

    def progress(self, step: str, fraction: float | None, /) -> None:
        """Report a step, or raise `~lib.errors.Cancelled`."""
        if self._cancelled.is_set():
            raise Cancelled(f"Stopped while: {step}")
        now = time.monotonic()
        if step != self._last_step or now - self._last_time >= STEP_SECONDS:
            self._last_step, self._last_time = step, now
            self._post(Step(self.number, step, fraction))

    def run(self) -> None:
        """Do the work and post what came of it."""
        message: Message
        try:
            result = self._work(self.progress)
            if isinstance(result, Iterator):
                self._go_through(result)
                result = None
        except Cancelled:
            message = Stopped(self.number)
        except Exception as error:  # noqa: BLE001 (the window's edge: whatever it is, it is shown)
            message = Failed(self.number, error)
        else:
            message = Done(self.number, result)
        if self._cancelled.is_set():
            message = Stopped(self.number)
        self._post(message)

    def _go_through(self, parts: Iterator[object]) -> None:
        """Post what an iterator yields."""
        for part in parts:
            if self._cancelled.is_set():
                return
            self._post(Part(self.number, part))


class Lane:
    """One kind of work, of which only the latest job counts.

    Parameters
    ----------
    workers : Workers
        Numbers the jobs and carries their messages.
    watcher : callable
        Called in the window's thread with each message of the latest job.
    """

    def __init__(self, workers: Workers, watcher: Watcher) -> None:
        self._workers = workers
        self._watcher = watcher
        self._job: Job | None = None

    @property
    def busy(self) -> bool:
        """Whether a message of the latest job is still to come."""
        return self._job is not None

    def start(self, work: Work) -> int:
        """Begin a job in place of the one before, which is cancelled; return its number."""
        self.cancel()
        self._job = self._workers.begin(work, self._deliver)
        return self._job.number

    def cancel(self) -> None:
        """Cancel the job and forget it: its later messages, the last one too, are ignored."""
        if self._job is not None:
            self._job.cancel()
            self._job = None

    def stop(self) -> None:
        """Cancel the job and wait for its last message: it has something to put in order first."""
        if self._job is not None:
            self._job.cancel()

    def _deliver(self, message: Message) -> None:
        if self._job is None or message.job != self._job.number:
            return
        if not isinstance(message, Step | Part):
            self._job = None
        self._watcher(message)


class Workers:
    """All jobs of a window and the queue that their messages wait in."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[tuple[Watcher, Message]] = SimpleQueue()
        self._jobs: list[Job] = []
        self._count = 0

    def begin(self, work: Work, watcher: Watcher) -> Job:
        """Start a job whose messages `deliver` will hand to the watcher."""
        self._jobs = [job for job in self._jobs if job.is_alive()]
        self._count += 1
        job = Job(self._count, work, lambda message: self._queue.put((watcher, message)))
        self._jobs.append(job)
        job.start()
        return job

    def deliver(self, *, seconds: float = 0.01) -> None:
        """Hand over the messages that wait, for at most about that long.

        Called from the window's own thread only.  What is left over waits for the next call, so
        that a flood of messages can't freeze the window.
        """
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                watcher, message = self._queue.get_nowait()
            except Empty:
                return
            watcher(message)

    def close(self, *, seconds: float = 5.0) -> bool:
        """Cancel all jobs and wait for them to end, for at most that long; say whether they did.

        Ending the interpreter under a thread that is deep inside a decoder can crash it.
        """
        for job in self._jobs:
            job.cancel()
        end = time.monotonic() + seconds
        for job in self._jobs:
            job.join(max(0.0, end - time.monotonic()))
        return not any(job.is_alive() for job in self._jobs)
