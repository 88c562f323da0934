"""The song page's face with what a search found, to pick from by mouse or keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.told import Results
from lib.gui.widgets import Line
from lib.wording import clean, clock

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.youtube import Entry


class ResultsPage(ttk.Frame):
    """The face with what a search found.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_pick : callable
        Called with the place of the video that was picked, from 0.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, *, on_pick: Callable[[int], None]) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._on_pick = on_pick
        self._results: Results | None = None
        self._last = 0
        self.rows: list[Row] = []
        self.columnconfigure(0, weight=1)
        self.headline = Line(self, theme, "Title", smaller=("Large",), style="Title.TLabel")
        self.headline.grid(row=0, sticky="ew", pady=(px(4), px(2)))
        ttk.Label(
            self, style="MutedBody.TLabel",
            text="Which one is it? Click it, press its number, or choose with the arrow keys "
            "and Enter.",
        ).grid(row=1, sticky="ew", pady=(0, px(14)))  # fmt: skip
        self._list = ttk.Frame(self)
        self._list.grid(row=2, sticky="new")
        self._list.columnconfigure(0, weight=1)

    @property
    def first(self) -> tk.Misc:
        """What the focus goes to: the row that had it last."""
        return self.rows[min(self._last, len(self.rows) - 1)] if self.rows else self

    def show(self, state: State) -> None:
        """Show the results of a state."""
        if state.results is None or state.results is self._results:
            return
        self._results = state.results
        self._last = 0
        for row in self.rows:
            row.destroy()
        self.headline.show(f"Results for “{clean(state.results.words)}”")
        self.rows = [self._make_row(number, v) for number, v in enumerate(state.results.videos)]

    def _make_row(self, number: int, video: Entry) -> Row:
        row = Row(self._list, self._theme, number + 1, video)
        row.grid(row=number, sticky="ew", pady=(0, self._theme.px(4)))
        for key in ("<Return>", "<KP_Enter>", "<space>"):
            row.bind(key, lambda _event: self._on_pick(number))
        row.bind("<Down>", lambda _event: self._go(number + 1))
        row.bind("<Up>", lambda _event: self._go(number - 1))
        row.bind("<Home>", lambda _event: self._go(0))
        row.bind("<End>", lambda _event: self._go(len(self.rows) - 1))
        row.bind("<FocusIn>", lambda _event: setattr(self, "_last", number), add=True)
        row.on_click(partial(self._on_pick, number))
        return row

    def _go(self, number: int) -> None:
        if 0 <= number < len(self.rows):
            self.rows[number].focus_set()


class Row(ttk.Frame):
    """One video of the results."""

    def __init__(self, parent: tk.Misc, theme: Theme, number: int, video: Entry) -> None:
        px = theme.px
        super().__init__(
            parent, style="Row.TFrame", takefocus=True, cursor="hand2", padding=(px(14), px(8))
        )
        self.columnconfigure(1, weight=1)
        by = clean(video.channel)
        if video.problem is not None:
            by = "   ·   ".join(filter(None, (by, str(video.problem))))
        length = clock(video.seconds) if video.seconds else ""
        count = ttk.Label(self, text=str(number), style="RowCount.TLabel", width=2)
        title = Line(self, theme, "Strong", style="RowTitle.TLabel")
        title.show(clean(video.title) or video.link)
        channel = Line(self, theme, "Body", style="RowMuted.TLabel")
        channel.show(by)
        time = ttk.Label(self, text=length, style="RowMuted.TLabel")
        count.grid(row=0, column=0, rowspan=2, padx=(0, px(8)))
        title.grid(row=0, column=1, sticky="ew")
        channel.grid(row=1, column=1, sticky="ew")
        time.grid(row=0, column=2, rowspan=2, padx=(px(12), 0))
        self._labels = (count, title, channel, time)
        states = {"FocusIn": "focus", "FocusOut": "!focus", "Enter": "active", "Leave": "!active"}

        def follow(event: tk.Event[tk.Misc]) -> None:
            for widget in (self, *self._labels):
                widget.state([states[event.type.name]])

        for name in states:
            self.bind(f"<{name}>", follow, add=True)

    def on_click(self, action: Callable[[], None]) -> None:
        """Call `action` when the row is clicked, wherever."""
        for widget in (self, *self._labels):
            widget.bind("<ButtonRelease-1>", lambda event: self._clicked(event, action), add=True)

    def _clicked(self, event: tk.Event[tk.Misc], action: Callable[[], None]) -> None:
        # Who lets go of the button elsewhere has thought better of it.
        x = event.widget.winfo_rootx() + event.x - self.winfo_rootx()
        y = event.widget.winfo_rooty() + event.y - self.winfo_rooty()
        if 0 <= x < self.winfo_width() and 0 <= y < self.winfo_height():
            action()
