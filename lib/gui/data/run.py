"""A run that adds songs: a row for each, what has become of it, and what can be done about it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.data.state import Collecting, DataState, Order, Pace
from lib.gui.data.wording import DROPPED, left_of, length_of, pace_line, state_of
from lib.gui.table import FAILED, WAITING, Row, Table
from lib.gui.theme import Theme
from lib.gui.tree import Column
from lib.gui.widgets import Line, Paragraph
from lib.wording import clean

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.collecting import Event

COLUMNS = (
    Column("Title", 100, stretch=True),
    Column("Artist", 70, stretch=True),
    Column("Length", 92, "e"),
    Column("State", 110, stretch=True),
)

TAGS = {
    "waiting": WAITING,
    "in the set": WAITING,
    "duplicate": WAITING,
    "skipped": FAILED,
    "failed": FAILED,
}


class RunTable(ttk.Frame):
    """A run's progress and its table.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_pause, on_stop, on_close : callable
        Called when these buttons are pressed: pause or go on, stop, put away.
    on_again : callable
        Called with what was wanted, to go on with a run that was stopped.
    on_remove : callable
        Called with the tracks that are not wanted.
    on_browse : callable
        Called with the link of a song to open in the browser.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_pause: Callable[[], None],
        on_stop: Callable[[], None],
        on_close: Callable[[], None],
        on_again: Callable[[Order], None],
        on_remove: Callable[[Sequence[str]], None],
        on_browse: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._on_remove = on_remove
        self._shown: Collecting | None = None
        self._done = 0
        self._rows: list[Row] = []  # as they were made of the run that is shown
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        self.headline = Line(self, theme, "Large", style="Large.TLabel")
        self.step = Line(self, theme, "Body", style="MutedBody.TLabel")
        self.bar = ttk.Progressbar(self, mode="determinate", maximum=1.0)
        self.table = Table(self, theme, COLUMNS, several=True)
        self.reason = Paragraph(self, style="MutedCaption.TLabel")
        foot = ttk.Frame(self)
        self.pause_button = ttk.Button(foot, text="Pause", underline=0, width=8, command=on_pause)
        self.stop_button = ttk.Button(foot, text="Stop", underline=0, command=on_stop)
        self.close_button = ttk.Button(
            foot, text="Add other songs", underline=0, style="Accent.TButton", command=on_close
        )
        self.again_button = ttk.Button(
            foot, text="Go on", underline=0, command=lambda: self._again(on_again)
        )
        self.remove_button = ttk.Button(foot, text="Remove", underline=0, command=self._remove)
        self.headline.grid(row=0, sticky="ew")
        self.step.grid(row=1, sticky="ew", pady=(px(2), px(8)))
        self.bar.grid(row=2, sticky="ew", pady=(0, px(10)))
        self.table.grid(row=3, sticky="nsew")
        self.reason.grid(row=4, sticky="ew", pady=(px(6), px(8)))
        foot.grid(row=5, sticky="ew")
        foot.columnconfigure(2, weight=1)
        self.pause_button.grid(row=0, column=0)
        self.stop_button.grid(row=0, column=1, padx=(px(8), 0))
        self.close_button.grid(row=0, column=0)
        self.again_button.grid(row=0, column=1, padx=(px(8), 0))
        self.remove_button.grid(row=0, column=3)
        self.table.on_choose(self._explain)
        self.table.on_delete(self._remove)
        self.table.on_open(lambda: self._browse(on_browse))
        self._explain()

    def show(self, data: DataState) -> None:
        """Show the run of a state."""
        run, before = data.collecting, self._shown
        if run is None or run is before:
            return
        self._shown = run
        self.headline.show(_headline(run))
        self.step.show(pace_line(run))
        self.bar.configure(value=run.fraction or 0.0)
        if before is None or run.rows is not before.rows or run.dropped != before.dropped:
            self._fill(run, before)
        if before is None or run.pace is not before.pace:
            self._show_pace(run)
        self._explain()

    def _fill(self, run: Collecting, before: Collecting | None) -> None:
        """Show the rows, and follow the run as long as a person looks at where it is."""
        known = before.rows if before is not None and before.dropped == run.dropped else ()
        self._rows = [
            self._rows[place] if place < len(known) and known[place] is event else _row(event, run)
            for place, event in enumerate(run.rows)
        ]
        last = max(self._done - 1, 0)
        follows = not run.rows or not self._done or self.table.is_seen(run.rows[last].track)
        self.table.show(self._rows)
        done = sum(event.state.value != "waiting" for event in run.rows)
        if follows and done != self._done and done:
            self.table.see(run.rows[min(done, len(run.rows) - 1)].track)
        self._done = done

    def _show_pace(self, run: Collecting) -> None:
        """Show the buttons that make sense."""
        pace = run.pace
        self.pause_button.configure(text="Go on" if pace is Pace.PAUSED else "Pause")
        stopping = pace is Pace.STOPPING
        for button in (self.pause_button, self.stop_button):
            button.state(["disabled" if stopping else "!disabled"])
        if pace is Pace.ENDED:
            held = self.focus_displayof() in {self.pause_button, self.stop_button}
            self.pause_button.grid_remove()
            self.stop_button.grid_remove()
            self.bar.grid_remove()
            self.close_button.grid()
            if left_of(run):
                self.again_button.grid()
            if held:
                self.close_button.focus_set()
        else:
            self.close_button.grid_remove()
            self.again_button.grid_remove()
            self.pause_button.grid()
            self.stop_button.grid()
            self.bar.grid()

    def _explain(self) -> None:
        """Say in full what became of the song that is chosen."""
        run, chosen = self._shown, set(self.table.chosen)
        events = [event for event in run.rows if event.track in chosen] if run is not None else []
        self.remove_button.state(["!disabled" if events else "disabled"])
        if len(events) == 1 and run is not None:
            self.reason.configure(text=clean(events[0].reason) or events[0].link)
        else:
            self.reason.configure(text=f"{len(events)} songs are chosen." if events else "")

    def _browse(self, browse: Callable[[str], None]) -> None:
        """Open the page of the song that is chosen."""
        chosen, run = self.table.chosen, self._shown
        if len(chosen) == 1 and run is not None:
            browse(next(event.link for event in run.rows if event.track == chosen[0]))

    def _again(self, again: Callable[[Order], None]) -> None:
        if self._shown is not None:
            again(self._shown.order)

    def _remove(self) -> None:
        if self.table.chosen:
            self._on_remove(self.table.chosen)


def _headline(run: Collecting) -> str:
    if run.alive:
        return f"Adding to {clean(run.order.genre)}"
    return "Stopped before the end" if left_of(run) else f"Added to {clean(run.order.genre)}"


def _row(event: Event, run: Collecting) -> Row:
    told = state_of(event, run.dropped)
    cells = (clean(event.title) or event.link, clean(event.artist), length_of(event.seconds), told)
    tag = WAITING if told == DROPPED else TAGS.get(event.state.value, "")
    return Row(event.track, cells, tag)
