"""The song page's face with a playlist: a table that fills as its songs are heard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.errors import EarmarkError
from lib.gui.state import Run, State
from lib.gui.theme import Theme
from lib.gui.tree import Column, make_tree
from lib.gui.widgets import Line
from lib.gui.wording import genre_name, run_line
from lib.wording import clean, clock, percent

if TYPE_CHECKING:  # at run time these come from a thread, after the window stands
    from lib.prediction import Outcome
    from lib.youtube import Entry

COLUMNS = {
    "title": Column("Title", 340, stretch=True),
    "length": Column("Length", 96, "e"),
    "genre": Column("Genre", 120),
    "confidence": Column("Confidence", 170),
}


class PlaylistPage(ttk.Frame):
    """The face with a playlist.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_open : callable
        Called with the place of the song that a person wants to see, from 0.
    on_cancel : callable
        Called when Cancel is pressed.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_open: Callable[[int], None],
        on_cancel: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._on_open = on_open
        self._run: Run | None = None
        self._shown: tuple[Outcome, ...] = ()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        self.headline = Line(self, theme, "Title", smaller=("Large",), style="Title.TLabel")
        self.step = Line(self, theme, "Body", style="MutedBody.TLabel")
        self.cancel_button = ttk.Button(self, text="Cancel", underline=0, command=on_cancel)
        self.bar = ttk.Progressbar(self, mode="determinate", maximum=1.0)
        self.headline.grid(row=0, column=0, sticky="ew", pady=(px(4), 0))
        self.step.grid(row=1, column=0, sticky="ew", pady=(px(2), px(10)))
        self.cancel_button.grid(row=0, column=1, rowspan=2, padx=(px(12), 0))
        self.bar.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(0, px(12)))
        self.table, scroll = make_tree(self, theme, COLUMNS)
        self.table.grid(row=3, column=0, columnspan=2, sticky="nsew")
        scroll.grid(row=3, column=2, sticky="ns")
        for event in ("<Return>", "<KP_Enter>", "<Double-Button-1>"):
            self.table.bind(event, self._open, add=True)
        self.table.bind("<<ThemeChanged>>", lambda _event: self._recolour(), add=True)
        self._recolour()

    def show(self, state: State) -> None:
        """Show the playlist of a state."""
        run = state.run
        if run is None or run is self._run:
            return
        if self._run is None or run.listing is not self._run.listing:
            self._begin(run)
        self._run = run
        self._fill(run)
        self.step.show(run_line(run))
        done = len(run.outcomes) + (run.fraction or 0.0) * 0.9
        self.bar.configure(value=done / max(len(run.listing.entries), 1))
        if run.running:
            self.cancel_button.grid()
            self.bar.grid()
        else:
            self.cancel_button.grid_remove()
            self.bar.grid_remove()

    def _begin(self, run: Run) -> None:
        """Show a list of which nothing is heard yet."""
        self._shown = ()
        self.headline.show(clean(run.listing.title) or run.listing.link)
        self.table.delete(*self.table.get_children())
        for number, video in enumerate(run.listing.entries):
            self.table.insert("", "end", str(number), values=_values(video), tags=("waiting",))
        if run.listing.entries:
            self.table.focus("0")
            self.table.selection_set("0")

    def _fill(self, run: Run) -> None:
        """Show what came of the songs, as far as it does not stand there already."""
        for number, outcome in enumerate(run.outcomes):
            if number < len(self._shown) and self._shown[number] is outcome:
                continue
            failed = isinstance(outcome.result, EarmarkError)
            values = _values(run.listing.entries[number], outcome)
            tags = ("failed",) if failed else ()
            self.table.item(str(number), values=values, tags=tags)
        last = len(self._shown) - 1
        # Follow the run, as long as the person looks at where it is.
        if len(run.outcomes) > len(self._shown) and (last < 0 or self.table.bbox(str(last))):
            self.table.see(str(min(len(run.outcomes), len(run.listing.entries) - 1)))
        self._shown = run.outcomes

    def _open(self, event: tk.Event[tk.Misc]) -> str | None:
        """Show the song that is chosen."""
        by_mouse = event.type is tk.EventType.ButtonPress
        row = self.table.identify_row(event.y) if by_mouse else self.table.focus()
        if row:
            self._on_open(int(row))
        return "break"

    def _recolour(self) -> None:
        colours = self._theme.palette
        self.table.tag_configure("failed", foreground=colours.trouble)
        self.table.tag_configure("waiting", foreground=colours.muted)


def _values(video: Entry, outcome: Outcome | None = None) -> tuple[str, ...]:
    """Return what stands in the row of a song."""
    title = clean(video.title) or video.link
    length = clock(video.seconds) if video.seconds else ""
    if outcome is None:
        return (title, length, "", "")
    result = outcome.result
    if isinstance(result, EarmarkError):
        return (title, length, "–", str(getattr(result, "kind", "can't be heard")))
    title, confidence = clean(result.title), f"{result.doubt} {percent(result.confidence)}".strip()
    return (title, clock(result.seconds), genre_name(result.genre), confidence)
