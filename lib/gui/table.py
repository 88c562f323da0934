"""A table that may grow long: filled in portions, changed where it differs, chosen by keyboard."""

from __future__ import annotations

import time
import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from tkinter import ttk
from typing import Literal

from lib.gui.theme import Theme
from lib.gui.tree import Column, make_tree

PORTION = 0.008  # seconds for which rows are put in before the window may do something else
FAILED, WAITING = "failed", "waiting"
"""The tags of a row: how it is coloured."""


@dataclass(frozen=True)
class Row:
    """A row of a table.

    Parameters
    ----------
    key : str
        Tells it from all others.
    cells : tuple of str
        Harmless to show.
    tag : str
        `FAILED`, `WAITING` or "".
    """

    key: str
    cells: tuple[str, ...]
    tag: str = ""


class Table(ttk.Frame):
    """A table with a scrollbar that is there when it is needed.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    columns : sequence of Column
    several : bool
        Whether more than one row can be chosen at a time.
    rows : int
        How many it asks room for; it takes more where there is more.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        columns: Sequence[Column],
        *,
        several: bool = False,
        rows: int = 1,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._columns = columns
        self._lines: list[Row] = []  # as they stand in the tree
        self._wanted: Sequence[Row] = ()
        self._filling = ""
        self._count = 0
        self._ids: dict[str, str] = {}
        self._keys: dict[str, str] = {}
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        numbered = {str(number): column for number, column in enumerate(columns)}
        self.tree, scroll = make_tree(self, theme, numbered, several=several, rows=rows, least=40)
        self.tree.grid(row=0, column=0, sticky="nsew")
        scroll.grid(row=0, column=1, sticky="ns")
        self.tree.bind("<FocusIn>", lambda _event: self._begin_somewhere(), add=True)
        self.tree.bind("<Control-a>", lambda _event: self._choose_all(), add=True)
        self.tree.bind("<<ThemeChanged>>", lambda _event: self._recolour(), add=True)
        self._recolour()

    @property
    def lines(self) -> tuple[Row, ...]:
        """The rows that stand in it."""
        return tuple(self._lines)

    @property
    def chosen(self) -> tuple[str, ...]:
        """The keys of the rows that are chosen, in their order."""
        return tuple(self._keys[row] for row in self.tree.selection())

    def choose(self, *keys: str) -> None:
        """Choose rows; those that are not there are left out."""
        rows = [self._ids[key] for key in keys if key in self._ids]
        self.tree.selection_set(rows)
        if rows:
            self.tree.focus(rows[0])
            self.tree.see(rows[0])

    def see(self, key: str) -> None:
        """Scroll to a row."""
        if key in self._ids:
            self.tree.see(self._ids[key])

    def is_seen(self, key: str) -> bool:
        """Tell whether a row is within sight."""
        return key in self._ids and bool(self.tree.bbox(self._ids[key]))

    def on_choose(self, action: Callable[[], object]) -> None:
        """Call `action` when other rows are chosen."""
        self.tree.bind("<<TreeviewSelect>>", lambda _event: action(), add=True)

    def on_open(self, action: Callable[[], object]) -> None:
        """Call `action` when a row is opened: by a double click, Enter or the space bar."""

        def by_key(_event: tk.Event[tk.Misc]) -> str:
            action()
            return "break"

        def by_mouse(event: tk.Event[tk.Misc]) -> None:
            if self.tree.identify_row(event.y):
                action()

        for key in ("<Return>", "<KP_Enter>", "<space>"):
            self.tree.bind(key, by_key, add=True)
        self.tree.bind("<Double-Button-1>", by_mouse, add=True)

    def on_delete(self, action: Callable[[], object]) -> None:
        """Call `action` when a person presses the key that deletes."""
        self.tree.bind("<Delete>", lambda _event: action(), add=True)

    def on_heading(self, action: Callable[[str], object]) -> None:
        """Call `action` with the heading of a column that is clicked."""
        for place, column in enumerate(self._columns):
            self.tree.heading(str(place), command=partial(action, column.heading))

    def mark(self, heading: str, *, downwards: bool = False) -> None:
        """Show which column the rows are sorted by; none for ``""``."""
        for place, column in enumerate(self._columns):
            arrow = (" ▾" if downwards else " ▴") if column.heading == heading else ""
            self.tree.heading(str(place), text=f"{column.heading}{arrow}")

    def show(self, lines: Sequence[Row]) -> None:
        """Show these rows, and leave alone what stands there already."""
        if self._filling:
            self.after_cancel(self._filling)
            self._filling = ""
        self._wanted = lines
        self._take_out()
        self._fill(0)

    def _take_out(self) -> None:
        """Take out what is not wanted any more; all of it, where the order is another."""
        wanted = {line.key for line in self._wanted}
        kept = [line for line in self._lines if line.key in wanted]
        here = {line.key for line in kept}
        if [line.key for line in kept] != [line.key for line in self._wanted if line.key in here]:
            kept, here = [], set()
        gone = [line.key for line in self._lines if line.key not in here]
        self.tree.delete(*(self._ids[key] for key in gone))
        for key in gone:
            del self._keys[self._ids.pop(key)]
        self._lines = kept

    def _fill(self, start: int) -> None:
        """Put in, or change, a portion of the rows, and come back for the next."""
        self._filling = ""
        end = time.monotonic() + PORTION
        for place in range(start, len(self._wanted)):
            line = self._wanted[place]
            here = self._lines[place] if place < len(self._lines) else None
            if here is line or here == line:  # mostly the first, which costs nothing
                continue
            self._put(place, line)
            if time.monotonic() >= end:
                self._filling = self.after(5, self._fill, place + 1)
                return

    def _put(self, place: int, line: Row) -> None:
        tags = (line.tag,) if line.tag else ()
        if line.key in self._ids:
            self.tree.item(self._ids[line.key], values=line.cells, tags=tags)
            self._lines[place] = line
            return
        # A name of our own: a key may be any text, and Tk takes some for options.
        row = f"row{self._count}"
        self._count += 1
        # To count so many places costs Tk more than to put a row there.
        index: int | Literal["end"] = place if place < len(self._lines) else "end"
        self.tree.insert("", index, row, values=line.cells, tags=tags)
        self._ids[line.key], self._keys[row] = row, line.key
        self._lines.insert(place, line)

    def _begin_somewhere(self) -> None:
        """Choose the first row where none is: arrow keys lead nowhere from none."""
        if not self.tree.focus() and self._lines:
            self.choose(self._lines[0].key)

    def _choose_all(self) -> str:
        if str(self.tree.cget("selectmode")) == "extended":
            self.tree.selection_set(self.tree.get_children())
        return "break"

    def _recolour(self) -> None:
        colours = self._theme.palette
        self.tree.tag_configure(FAILED, foreground=colours.trouble)
        self.tree.tag_configure(WAITING, foreground=colours.muted)
