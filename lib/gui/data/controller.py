"""What a person can make the Data page do.  All changes of its state are made here; no Tk is."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING, Any, cast

from lib.errors import DatasetError
from lib.gui.data.shelf import Shelf, View
from lib.gui.data.state import Collecting, DataState, Order, Pace
from lib.gui.data.wording import ending
from lib.gui.failures import explain
from lib.gui.messages import Done, Failed, Message, Step
from lib.gui.state import State, Store
from lib.gui.worker import Lane, Workers
from lib.progress import Progress
from lib.wording import count

if TYPE_CHECKING:  # at run time it is imported in a thread, after the window stands
    from lib.collecting import Event, Unfinished

# The tables are read again at this distance while songs come in.
READ_SECONDS = 1.0


class DataController:
    """Turns what a person asks of the Data page, and what its threads report, into its state.

    Parameters
    ----------
    store : Store
        Holds the state.
    workers : Workers
        Run what takes long.
    shelf : Shelf
        Does it.
    """

    def __init__(self, store: Store[State], workers: Workers, shelf: Shelf) -> None:
        self._store = store
        self._workers = workers
        self._shelf = shelf
        self._reading = Lane(workers, self._on_read)
        self._collecting = Lane(workers, self._on_collecting)
        self._playing = Lane(workers, self._on_playing)
        self._paused = threading.Event()
        self._events: SimpleQueue[Event] = SimpleQueue()
        self._stale = False
        self._next_read = 0.0

    @property
    def state(self) -> DataState:
        """The present state of the page."""
        return self._store.state.data

    def look(self) -> None:
        """Read the data set, as it is now."""
        folder = self.state.folder
        self._stale, self._next_read = False, time.monotonic() + READ_SECONDS
        self._reading.start(lambda progress: self._shelf.read(folder, progress))

    def choose(self, text: str) -> None:
        """Turn to another data set, by its name or its path."""
        try:
            folder = self._shelf.folder_of(text)
        except DatasetError as error:
            self._fail(error)
            return
        if folder == self.state.folder:
            return
        if self._alive():
            self._notify("Stop adding songs first: they go into the data set that is shown.")
            return
        self._playing.cancel()
        self._change(folder=folder, contents=None, collecting=None, playing="", failure=None)
        self.look()

    def collect(self, order: Order) -> None:
        """Begin to add songs."""
        if self._alive():
            return
        if not order.link.strip() or not order.genre.strip():
            lacking = "genre of its songs" if order.link.strip() else "link of a playlist or video"
            self._notify(f"Give the {lacking} first.")
            return
        folder, paused = self.state.folder, self._paused
        events = self._events = SimpleQueue()
        paused.clear()
        self._change(collecting=Collecting(order, step="Opening"), failure=None)
        self._notify("")

        def work(progress: Progress) -> object:
            return self._shelf.collect(
                folder, order, on_event=events.put, paused=paused.is_set, progress=progress
            )

        self._collecting.start(work)

    def go_on(self, unfinished: Unfinished, order: Order) -> None:
        """Go on with a playlist that was not gone through; the rest is as in `order`."""
        limit = unfinished.count if "playlist?" in unfinished.link else None
        self.collect(replace(order, link=unfinished.link, genre=unfinished.genre, limit=limit))

    def pause(self) -> None:
        """Begin no more songs for the time being, or go on."""
        collecting = self.state.collecting
        if collecting is None or collecting.pace not in {Pace.RUNNING, Pace.PAUSED}:
            return
        if collecting.pace is Pace.RUNNING:
            self._paused.set()
            self._run(pace=Pace.PAUSED)
        else:
            self._paused.clear()
            self._run(pace=Pace.RUNNING)

    def stop(self) -> None:
        """End the run; what was added stays, and the same order goes on from there."""
        if self._alive():
            self._run(pace=Pace.STOPPING, step="Stopping")
            self._collecting.stop()

    def put_away(self) -> None:
        """Put a run away that has ended, so that another can be begun."""
        if not self._alive():
            self._change(collecting=None, failure=None)

    def leave_out(self, tracks: Sequence[str]) -> None:
        """Keep songs out of the set: those that are in it, on their way, or still to come."""
        collecting = self.state.collecting
        if collecting is not None:
            self._run(dropped=collecting.dropped | set(tracks))
        self._work(
            lambda folder, progress: self._shelf.leave_out(folder, tracks, progress),
            f"{count(len(tracks), 'song')} removed.",
        )

    def correct(self, tracks: Sequence[str], genre: str) -> None:
        """Give songs another genre."""
        if not tracks or not genre.strip():
            self._notify("Choose a song and a genre first.")
            return
        self._work(
            lambda folder, progress: self._shelf.correct(folder, tracks, genre, progress),
            f"{count(len(tracks), 'song')} corrected.",
        )

    def play(self, track: str) -> None:
        """Play what a song was heard in; stop, if it is playing."""
        playing, folder = self.state.playing, self.state.folder
        self.stop_playing()
        if track and track != playing:
            self._change(playing=track, played=None, failure=None)
            self._playing.start(lambda progress: self._shelf.play(folder, track, progress))

    def stop_playing(self) -> None:
        """Be silent."""
        self._playing.cancel()
        self._change(playing="", played=None)

    def dismiss(self) -> None:
        """Put a failure away, or else be silent."""
        if self.state.failure is not None:
            self._change(failure=None)
        else:
            self.stop_playing()

    def report(self, error: BaseException) -> None:
        """Show a failure that nobody expected."""
        self._fail(error)

    def _alive(self) -> bool:
        collecting = self.state.collecting
        return collecting is not None and collecting.alive

    def _change(self, **changes: Any) -> None:  # noqa: ANN401 (each field has its type)
        self._store.change(data=replace(self.state, **changes))

    def _run(self, **changes: Any) -> None:  # noqa: ANN401 (each field has its type)
        if self.state.collecting is not None:
            self._change(collecting=replace(self.state.collecting, **changes))

    def _notify(self, notice: str) -> None:
        self._store.change(notice=notice)

    def _fail(self, error: BaseException) -> None:
        self._change(failure=explain(error))

    def _work(self, work: Callable[[Path, Progress], None], done: str) -> None:
        """Change the data set in a thread, beside whatever else goes on, and look at it again."""
        folder = self.state.folder

        def watch(message: Message) -> None:
            if isinstance(message, Step):
                return
            if isinstance(message, Done):
                self._notify(done)
            elif isinstance(message, Failed):
                self._fail(message.error)
            if self.state.folder == folder:
                self.look()

        self._workers.begin(lambda progress: work(folder, progress), watch)

    def _on_read(self, message: Message) -> None:
        if isinstance(message, Done):
            view = cast("View", message.result)
            self._change(contents=view.contents, sets=view.sets)
        elif isinstance(message, Failed):
            self._fail(message.error)

    def _on_playing(self, message: Message) -> None:
        match message:
            case Step(name="Playing"):
                self._change(played=message.fraction)
            case Failed():
                self._change(playing="", played=None, failure=explain(message.error))
            case Done():
                self._change(playing="", played=None)
            case _:
                pass

    def _on_collecting(self, message: Message) -> None:
        rows, added = self._take_events()
        self._stale |= added
        match message:
            case Step():
                self._run(rows=rows, step=message.name, fraction=message.fraction)
            case _:
                self._run(rows=_settled(rows), pace=Pace.ENDED, step="")
                if isinstance(message, Failed):
                    self._fail(message.error)
                collecting = self.state.collecting
                if collecting is not None:
                    self._notify(ending(collecting))
                self.look()
        if self._stale and not self._reading.busy and time.monotonic() >= self._next_read:
            self.look()

    def _take_events(self) -> tuple[tuple[Event, ...], bool]:
        """Return the rows as they are by now, and whether a song was added since."""
        collecting = self.state.collecting
        rows = list(collecting.rows) if collecting is not None else []
        added = False
        while True:
            try:
                event = self._events.get_nowait()
            except Empty:
                return tuple(rows), added
            added |= event.state.value == "added"
            if event.place > len(rows):
                rows.append(event)  # at first each is told to be waiting, in order
            else:
                rows[event.place - 1] = event


def _settled(rows: tuple[Event, ...]) -> tuple[Event, ...]:
    """Return the rows of a run that has ended: what was on its way waits for the next."""
    # The thread that told the rows has imported it already.
    from lib.collecting import State

    return tuple(
        row if row.state.final else replace(row, state=State.WAITING, fraction=None) for row in rows
    )
