"""The songs of a library as a table: filtered, sorted by its headings, a song opened by Enter."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from lib.gui.library.state import LibraryState, Line
from lib.gui.library.wording import ALL, COLUMNS, FIRST, ORDERS, VIEWS, is_shown, key_of, song_line
from lib.gui.table import Table
from lib.gui.theme import Theme
from lib.gui.widgets import Hint
from lib.gui.widgets import Line as TextLine
from lib.wording import count, grouped

# A person who types goes on typing; the table follows when they rest.
TYPING_MILLISECONDS = 150


class Songs(ttk.Frame):
    """The table with what filters and sorts it.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_open : callable
        Called with the file of a song that a person wants to hear.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, *, on_open: Callable[[Path], None]) -> None:
        px = theme.px
        super().__init__(parent, padding=px(12))
        self._on_open = on_open
        self._lines: tuple[Line, ...] = ()
        self._shown_of: tuple[tuple[Line, ...], tuple[Line, ...]] = (), ()
        self._shown: dict[str, Line] = {}
        self._waiting = ""
        self._downwards = False
        self.words = tk.StringVar(self)
        self.view = tk.StringVar(self, ALL)
        self.order = tk.StringVar(self, FIRST)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        head = ttk.Frame(self)
        head.columnconfigure(1, weight=1)
        body = theme.font("Body")
        self.entry = ttk.Entry(head, textvariable=self.words, font=body, width=8)
        self.view_box = ttk.Combobox(
            head, textvariable=self.view, values=VIEWS, font=body, width=15, state="readonly"
        )
        self.order_box = ttk.Combobox(
            head, textvariable=self.order, values=ORDERS, font=body, width=15, state="readonly"
        )
        Hint(self.entry, theme, "Show the songs that have all these words, anywhere in their row")
        Hint(self.view_box, theme, "Which songs are shown")
        Hint(self.order_box, theme, "What they are sorted by; a click on a heading does the same")
        self.table = Table(self, theme, COLUMNS)
        self.line = TextLine(self, theme, "Caption", style="MutedCaption.TLabel")
        label = ttk.Label(head, text="Find", style="MutedBody.TLabel")
        label.grid(row=0, column=0, padx=(0, px(8)))
        self.entry.grid(row=0, column=1, sticky="nsew")
        self.view_box.grid(row=0, column=2, sticky="ns", padx=px(8))
        self.order_box.grid(row=0, column=3, sticky="ns")
        head.grid(row=0, sticky="ew", pady=(0, px(8)))
        self.table.grid(row=1, sticky="nsew")
        self.line.grid(row=2, sticky="ew", pady=(px(6), 0))
        self.words.trace_add("write", lambda *_: self._soon())
        for box in (self.view_box, self.order_box):
            box.bind("<<ComboboxSelected>>", lambda _event: self._choose_anew(), add=True)
        self.table.on_heading(self._sort)
        self.table.on_choose(self._explain)
        self.table.on_open(self._open)
        self._explain()

    def show(self, state: LibraryState) -> None:
        """Show the songs of a state."""
        if state.lines is not self._shown_of[0] or state.former is not self._shown_of[1]:
            self._shown_of = state.lines, state.former
            self._lines = state.known
            genres = sorted({line.row.cells[3] for line in self._lines if line.song.genre})
            self.view_box.configure(values=(*VIEWS, *genres))
            self._fill()

    def go(self) -> None:
        """Put the focus where a song is looked for."""
        self.entry.focus_set()

    def _soon(self) -> None:
        if self._waiting:
            self.after_cancel(self._waiting)
        self._waiting = self.after(TYPING_MILLISECONDS, self._fill)

    def _choose_anew(self) -> None:
        self._downwards = False
        self._fill()

    def _sort(self, heading: str) -> None:
        """Sort by a heading; by the same one once more, the other way round."""
        self._downwards = self.order.get() == heading and not self._downwards
        self.order.set(heading)
        self._fill()

    def _fill(self) -> None:
        """Show what belongs to the view, in its order."""
        self._waiting = ""
        words, view, order = self.words.get().casefold().split(), self.view.get(), self.order.get()
        everything = view == ALL and not words
        shown = [line for line in self._lines if everything or is_shown(line, view, words)]
        shown.sort(key=key_of(order), reverse=self._downwards)
        self._shown = {line.row.key: line for line in shown}
        self.table.mark(order, downwards=self._downwards)
        self.table.show([line.row for line in shown])
        self._explain()

    def _explain(self) -> None:
        """Say of the song that is chosen what the table has no room for."""
        chosen = [self._shown[key] for key in self.table.chosen if key in self._shown]
        if chosen:
            self.line.show(song_line(chosen[0]))
        elif self._lines:
            told = f"{grouped(len(self._shown))} of {count(len(self._lines), 'song')} shown"
            self.line.show(f"{told}.   Enter or a double click opens a song.")
        else:
            self.line.show("")

    def _open(self) -> None:
        for key in self.table.chosen:
            self._on_open(self._shown[key].song.path)
