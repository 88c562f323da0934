"""What a person can make the Library page do.  Its state changes here alone, and no Tk is here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from lib.gui.failures import explain
from lib.gui.hearing import Ear
from lib.gui.library.clock import Clock
from lib.gui.library.state import LibraryState, Line, Pace, with_news
from lib.gui.library.wording import gone_line
from lib.gui.library.work import Found, hear_songs, look_into, reword
from lib.gui.messages import Done, Failed, Message, Part, Step
from lib.gui.state import Store
from lib.gui.worker import Lane, Workers
from lib.progress import Progress
from lib.wording import count

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.library import Gone

# The table is filled at this distance: a person reads no faster, and each time costs the window.
BATCH_SECONDS = 0.5


class LibrarySession:
    """Turns what a person asks for, and what the threads report, into changes of the state.

    Parameters
    ----------
    store : Store of LibraryState
        Holds the state.
    workers : Workers
        Run what takes long.
    ear : Ear
        Knows the model that answers.
    on_notice : callable
        Called with a line for the foot of the window.
    """

    def __init__(
        self,
        store: Store[LibraryState],
        workers: Workers,
        ear: Ear,
        *,
        on_notice: Callable[[str], None],
    ) -> None:
        self._store = store
        self._ear = ear
        self._on_notice = on_notice
        self._looking = Lane(workers, self._on_look)
        self._hearing = Lane(workers, self._on_hearing)
        self._writing = Lane(workers, self._on_written)
        self._rewording = Lane(workers, self._on_reworded)
        self._paused = threading.Event()
        self._waiting: tuple[Path, ...] = ()
        self._fresh: list[Line | Gone] = []
        self._flushed = 0.0
        self._clock = Clock()

    @property
    def state(self) -> LibraryState:
        """The present state of the page."""
        return self._store.state

    def choose(self, folder: Path) -> None:
        """Turn to another folder."""
        if self.state.busy:
            self._on_notice("Stop hearing the present folder first.")
            return
        self._store.change(folder=folder, lines=(), former=(), waiting=0, failure=None)
        self.look()

    def look(self) -> None:
        """Look which songs there are, and what is known of them."""
        folder = self.state.folder
        if folder is None or self.state.busy:
            return
        self._store.change(pace=Pace.LOOKING)
        self._looking.start(lambda progress: look_into(folder, self._ear, progress))

    def follow_model(self) -> None:
        """Look anew for another model; a run by the one before ends, and what it heard is kept."""
        if self.state.pace in {Pace.HEARING, Pace.PAUSED}:
            self.stop()
            self._on_notice(
                "The library stopped, because another model answers: Start hears it by that one."
            )
        self.look()

    def reword(self) -> None:
        """Make all lines anew, because numbers are written, or doubt is told, otherwise by now."""
        folder, lines = self.state.folder, self.state.known
        if self.state.pace is Pace.LOOKING:
            self.look()
        elif folder is not None and lines:
            self._rewording.start(lambda _progress: reword(lines, folder, self._ear))

    def start(self) -> None:
        """Hear what waits; where a run is paused, go on."""
        state = self.state
        if state.pace is Pace.PAUSED:
            self._paused.clear()
            self._clock.go_on()
            self._store.change(pace=Pace.HEARING)
        elif state.pace is Pace.IDLE and state.folder is not None:
            folder, waiting = state.folder, self._waiting
            self._paused.clear()
            self._clock = Clock()
            self._store.change(pace=Pace.HEARING, fraction=0.0, left=None, failure=None)
            seen = [line.song.path for line in state.lines]
            self._hearing.start(
                lambda progress: hear_songs(
                    folder, waiting, seen, self._ear, progress,
                    paused=self._paused.is_set, watching=lambda: self.state.watching,
                )
            )  # fmt: skip

    def pause(self) -> None:
        """Begin no more songs for the time being."""
        if self.state.pace is Pace.HEARING and self.state.waiting:
            self._paused.set()
            self._clock.pause()
            self._store.change(pace=Pace.PAUSED, left=None)

    def stop(self) -> None:
        """End the run; what was heard is kept."""
        state = self.state
        if state.pace in {Pace.HEARING, Pace.PAUSED}:
            self._store.change(pace=Pace.STOPPING, watching=state.watching and state.waiting > 0)
            self._hearing.stop()

    def watch(self, watching: bool) -> None:
        """Go on with what arrives, or don't: at once, or when what waits is heard."""
        self._store.change(watching=watching)
        if self.state.waiting == 0:
            if watching:
                self.start()
            else:
                self.stop()

    def export(self, path: Path) -> None:
        """Write the library as a table or as JSON, by the suffix."""
        songs = sorted((line.song for line in self.state.known), key=lambda song: song.path)

        def work(_progress: Progress) -> str:
            from lib.library import export

            export(songs, path)
            return f"{count(len(songs), 'song')} written to {path}."

        self._writing.start(work)

    def write_playlists(self, folder: Path) -> None:
        """Write a playlist for each genre."""
        songs = [line.song for line in self.state.lines]

        def work(_progress: Progress) -> str:
            from lib.library import write_playlists

            written = write_playlists(songs, folder)
            return f"{count(len(written), 'playlist')} written to {folder}."

        self._writing.start(work)

    def dismiss(self) -> None:
        """Put a failure away."""
        self._store.change(failure=None)

    def report(self, error: BaseException) -> None:
        """Show a failure that nobody expected."""
        self._store.change(failure=explain(error))

    def _on_reworded(self, message: Message) -> None:
        if isinstance(message, Done):
            anew = dict(cast("list[tuple[Line, Line]]", message.result))
            # A song that was heard anew meanwhile has its new line already.
            lines, former = (
                tuple(anew.get(line, line) for line in part)
                for part in (self.state.lines, self.state.former)
            )
            self._store.change(lines=lines, former=former)
        elif isinstance(message, Failed):
            self._store.change(failure=explain(message.error))

    def _on_look(self, message: Message) -> None:
        match message:
            case Done():
                found = cast("Found", message.result)
                self._waiting = found.waiting
                self._store.change(
                    pace=Pace.IDLE, lines=found.lines, waiting=len(found.waiting),
                    former=found.former,
                )  # fmt: skip
                if self.state.watching and not found.waiting:
                    self.start()
            case Failed():
                self._store.change(pace=Pace.IDLE, failure=explain(message.error))
            case _:
                pass

    def _on_hearing(self, message: Message) -> None:
        if isinstance(message, Part):
            self._fresh.append(cast("Line | Gone", message.result))
        if isinstance(message, Step | Part):
            if time.monotonic() - self._flushed >= BATCH_SECONDS:
                fraction = message.fraction if isinstance(message, Step) else self.state.fraction
                self._flush(fraction=fraction, left=self._clock.left(fraction))
            return
        stopping = self.state.pace is Pace.STOPPING
        self._flush(pace=Pace.IDLE, fraction=None, left=None)
        # A run that ended while it was being stopped may be one by another model.
        if isinstance(message, Done) and not stopping:
            # Another look would take what was set aside for now for what is still to be heard.
            self._waiting = ()
            self._store.change(waiting=0, former=())
            if self.state.watching:  # since the run's last look at that
                self.start()
            return
        if isinstance(message, Failed):
            self._store.change(failure=explain(message.error), watching=False)
        self.look()

    def _flush(self, **changes: Any) -> None:  # noqa: ANN401 (each field has its type)
        """Show what was heard since the last time."""
        self._flushed = time.monotonic()
        fresh, self._fresh = self._fresh, []
        if fresh:
            anew, gone = with_news(self.state, fresh)
            changes |= {"lines": anew.lines, "former": anew.former, "waiting": anew.waiting}
            if gone:
                self._on_notice(gone_line(gone))
        self._store.change(**changes)

    def _on_written(self, message: Message) -> None:
        if isinstance(message, Done):
            self._on_notice(str(message.result))
        elif isinstance(message, Failed):
            self._store.change(failure=explain(message.error))
