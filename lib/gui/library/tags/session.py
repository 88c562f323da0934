"""What a person can do with tags.  The tab's state changes here alone, and no Tk is here."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from lib.gui.library.state import LibraryState, Line, Pace
from lib.gui.library.tags.options import TagOptions
from lib.gui.library.tags.state import Doing, TagLine, TagState, Told
from lib.gui.library.tags.work import Tell, plan_tags, undo_tags, write_tags
from lib.gui.messages import Done, Failed, Message, Step
from lib.gui.state import Store
from lib.gui.worker import Lane, Work, Workers
from lib.library.song import Stamp, stamp_of
from lib.progress import Progress

if TYPE_CHECKING:  # imported in a thread, after the window stands
    from lib.tagging import Change, RunTold

# The table is filled, and the bar moved, at this distance: a person sees no faster, and beside a
# thread that reads files each call of Tk's costs the window some milliseconds.
BATCH_SECONDS = 0.5
BAR_SECONDS = 0.1


class TagSession:
    """Turns what a person asks for, and what the threads report, into changes of the state.

    Parameters
    ----------
    store : Store of TagState
        Holds the state.
    workers : Workers
        Run what takes long.
    library : Store of LibraryState
        Has the songs.
    corrections : callable
        Returns the folder of what a person corrected.
    on_changed : callable
        Called when tags have changed: the library looks again.
    on_failure : callable
        Called with an error that stands against all files.
    """

    def __init__(
        self,
        store: Store[TagState],
        workers: Workers,
        library: Store[LibraryState],
        *,
        corrections: Callable[[], Path],
        on_changed: Callable[[], None],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        self._store = store
        self._library = library
        self._corrections = corrections
        self._on_changed, self._on_failure = on_changed, on_failure
        self._lane = Lane(workers, self._on_message)
        self._looking = Lane(workers, self._on_runs)
        self._looked_at = False
        self._folder: Path | None = None
        self._shown: tuple[tuple[Line, ...], TagOptions, Stamp | None] | None = None
        # By options that are taken back, nothing is tried again.
        self._tried: dict[Path, Change] = {}
        # Filled by a thread, emptied by the window; each job has its own.
        self._fresh: deque[TagLine] = deque()
        self._flushed = self._moved = 0.0
        library.watch(self._follow)

    @property
    def state(self) -> TagState:
        """The present state of the tab."""
        return self._store.state

    def look_at(self, looked_at: bool) -> None:
        """Take note whether anybody sees the tab: only then there is a preview."""
        self._looked_at = looked_at
        if looked_at:
            self._look_for_runs()
            self._renew()

    def choose(self, options: TagOptions) -> None:
        """Take other options; the preview follows."""
        if not self.state.at_work and options != self.state.options:
            self._store.change(options=options, told=Told.PREVIEW)
            self._renew()

    def preview(self) -> None:
        """Look anew what would become of the files."""
        if self.state.doing is Doing.NOTHING:
            self._shown = None
            self._tried = {}
            self._store.change(told=Told.PREVIEW)
            self._renew()

    def write(self) -> None:
        """Write what the preview shows."""
        due, folder = self.state.due, self._real_folder
        if due and self._idle:
            self._begin(
                Doing.WRITING, lambda tell, progress: write_tags(due, folder, tell, progress),
                told=Told.WRITTEN,
            )  # fmt: skip

    def undo(self, run: int) -> None:
        """Give the files of a run their old bytes back."""
        folder = self._real_folder
        if self._idle and self.state.doing in {Doing.NOTHING, Doing.READING}:
            self._begin(
                Doing.RESTORING, lambda tell, progress: undo_tags(run, folder, tell, progress),
                told=Told.RESTORED, lines=(), run=run,
            )  # fmt: skip

    def follow_model(self) -> None:
        """Show the preview by another model, and no longer what was written by the one before."""
        if not self.state.at_work:
            self._forget()

    def stop(self) -> None:
        """End what is being done; what was written stays, and can be undone."""
        if self.state.doing is not Doing.NOTHING:
            self._store.change(stopping=True)
            self._lane.stop()

    @property
    def _idle(self) -> bool:
        """Whether nobody hears the files now."""
        return not self._library.state.busy

    @property
    def _real_folder(self) -> Path | None:
        folder = self._library.state.folder
        return Path(os.path.realpath(folder)) if folder is not None else None

    def _follow(self, library: LibraryState) -> None:
        """Take note of the library's songs."""
        if library.folder != self._folder and not self.state.at_work:
            self._folder = library.folder
            self._forget()
        if library.busy and self.state.doing is Doing.READING:
            self._lane.cancel()
            self._shown = None
            self._store.change(doing=Doing.NOTHING, lines=())
        self._renew()

    def _forget(self) -> None:
        """Begin anew: what was looked at, written or undone is told no longer."""
        self._lane.cancel()
        self._shown = None
        self._tried = {}
        self._store.change(
            told=Told.PREVIEW, doing=Doing.NOTHING, stopping=False, lines=(), whole=False, genres=()
        )

    def _renew(self) -> None:
        """Make the preview anew, if somebody sees it and it is another."""
        state, library = self.state, self._library.state
        if not self._looked_at or library.pace is not Pace.IDLE:
            return
        if state.at_work or state.told is not Told.PREVIEW:
            return
        lines, options, folder = library.lines, state.options, self._real_folder
        corrections = self._corrections()
        stamp = stamp_of(corrections)  # its tables are replaced, not written over
        shown = self._shown
        if shown is not None and shown[0] is lines and shown[1:] == (options, stamp):
            return
        self._shown = lines, options, stamp
        # They are all of one model.
        genres = next((tuple(x.song.probabilities) for x in lines if x.song.genre), ())
        if not genres:
            self._lane.cancel()
            self._store.change(doing=Doing.NOTHING, lines=(), whole=False, genres=())
            return
        tried = dict(self._tried)
        self._begin(
            Doing.READING,
            lambda tell, progress: plan_tags(
                lines, options, genres, corrections, tried, folder, tell, progress
            ),
            lines=(), genres=tuple(sorted(genres)),
        )  # fmt: skip

    def _begin(
        self,
        doing: Doing,
        work: Callable[[Tell, Progress], None],
        **changes: Any,  # noqa: ANN401 (each field has its type)
    ) -> None:
        """Have work done in a thread, in place of a preview that is being made."""
        fresh: deque[TagLine] = deque()
        self._fresh, self._flushed = fresh, time.monotonic()
        self._store.change(doing=doing, stopping=False, whole=False, fraction=0.0, **changes)
        job: Work = lambda progress: work(fresh.append, progress)  # noqa: E731
        self._lane.start(job)

    def _on_message(self, message: Message) -> None:
        if isinstance(message, Step):
            now = time.monotonic()
            if now - self._flushed >= BATCH_SECONDS:
                self._flush(fraction=message.fraction)
            elif now - self._moved >= BAR_SECONDS:
                self._moved = now
                self._store.change(fraction=message.fraction)
            return
        at_work, reading = self.state.at_work, self.state.doing is Doing.READING
        self._flush(
            doing=Doing.NOTHING, stopping=False, fraction=None, whole=isinstance(message, Done)
        )
        if reading:
            self._tried |= {line.change.path: line.change for line in self.state.lines
                            if line.change.due}  # fmt: skip
        if isinstance(message, Failed):
            self._on_failure(message.error)
        if at_work:
            self._look_for_runs()
            self._on_changed()

    def _flush(self, **changes: Any) -> None:  # noqa: ANN401 (each field has its type)
        """Show what the thread has found since the last time."""
        self._flushed = self._moved = time.monotonic()
        lines = self.state.lines
        if self._fresh:
            known = {line.row.key: line for line in lines}
            while self._fresh:
                line = self._fresh.popleft()
                known[line.row.key] = line
            lines = tuple(known.values())
        self._store.change(lines=lines, **changes)

    def _look_for_runs(self) -> None:
        """Look what can be undone."""

        def look(_progress: Progress) -> tuple[RunTold, ...]:
            from lib.tagging import runs_to_undo

            return tuple(runs_to_undo())

        self._looking.start(look)

    def _on_runs(self, message: Message) -> None:
        if isinstance(message, Done):
            self._store.change(runs=cast("tuple[RunTold, ...]", message.result))
        elif isinstance(message, Failed):
            self._on_failure(message.error)
