"""What a training tells while it runs: sentences to a person, or events to another program."""

from __future__ import annotations

import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager

from lib.console.bar import Bar, NoBar, progress_bar
from lib.errors import EarmarkError
from lib.events import Done, Event, Failed, Judged, Note, Started, Step, write_event
from lib.judgement import Comparison
from lib.wording import count

# Whoever draws a bar has no use for steps that come more often.
STEP_SECONDS = 0.1


class Teller:
    """Tells a person how a training goes.

    Parameters
    ----------
    quiet : bool
        Draw no bar.
    """

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet = quiet

    def tell(self, event: Event) -> None:
        """Tell what has happened."""
        match event:
            case Started():
                songs, genres = count(event.songs, "song"), count(len(event.genres), "genre")
                self.say(f"Training {event.network} on {songs} of {genres}.")
            case Note():
                print(f"Earmark: {event.note}", file=sys.stderr)
            case Judged(comparison=content) if content is not None:
                self.say("\n" + "\n".join(Comparison.from_dict(content).sentences()))
            case Done():
                self.say(f"\nModel: {event.folder}")
            case _:
                pass  # the bar shows the steps, and the edge says what failed

    def say(self, text: str) -> None:
        """Say something that has no event of its own."""
        print(text, flush=True)

    def progress(self) -> AbstractContextManager[Bar]:
        """Give what a part of the work reports its steps to."""
        return progress_bar(quiet=self._quiet)


class EventTeller(Teller):
    """Tells a program how a training goes: an event a line on standard output, at once."""

    def tell(self, event: Event) -> None:
        """Tell what has happened."""
        print(write_event(event), flush=True)

    def say(self, text: str) -> None:
        """Say something that has no event of its own."""
        self.tell(Note(text))

    @contextmanager
    def progress(self) -> Iterator[Bar]:
        """Give what a part of the work reports its steps to."""
        yield _Steps(self)


class _Steps(NoBar):
    """Tells the steps of a part of the work, though not all of them."""

    def __init__(self, teller: Teller) -> None:
        self._teller = teller
        self._step = ""
        self._time = 0.0

    def __call__(self, step: str, fraction: float | None, /) -> None:
        now = time.monotonic()
        if step != self._step or now - self._time >= STEP_SECONDS:
            self._step, self._time = step, now
            self._teller.tell(Step(step, fraction))


@contextmanager
def telling(*, events: bool, quiet: bool) -> Iterator[Teller]:
    """Give what tells how a training goes, and tell of its failure if it fails.

    Parameters
    ----------
    events : bool
        Whether a program reads it, not a person.
    quiet : bool
        Draw no bar.
    """
    teller = EventTeller() if events else Teller(quiet=quiet)
    try:
        yield teller
    except EarmarkError as error:
        teller.tell(Failed(str(error)))
        raise


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Let the signal that ends a program (SIGTERM) end the block as Ctrl+C does.

    Else nothing is tidied up: where files are being written, temporary ones would stay.
    """
    if threading.current_thread() is not threading.main_thread():
        yield  # signals are the main thread's
        return

    def interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    usual = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, usual)
