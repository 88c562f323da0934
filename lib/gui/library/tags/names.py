"""A person's own names of the model's genres, changed in the table itself."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.genres import written
from lib.gui.library.tags.state import TagState
from lib.gui.table import WAITING, Row, Table
from lib.gui.theme import Theme
from lib.gui.tree import Column
from lib.wording import clean

COLUMNS = (
    Column("The model says", 200, stretch=True),
    Column("Is written as", 320, stretch=True),
)
NEVER = "never written"
_NAME = "1"  # the column with the names


class Names(ttk.Frame):
    """The table of names.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_call : callable
        Called with a genre and the name it is to have.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, *, on_call: Callable[[str, str], None]
    ) -> None:
        super().__init__(parent)
        self._on_call = on_call
        self._names: dict[str, str] = {}
        self._able = True
        self._genre = ""
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.table = Table(self, theme, COLUMNS)
        self.table.grid(sticky="nsew")
        self.name = tk.StringVar(self)
        self.entry = ttk.Entry(self.table.tree, textvariable=self.name, font=theme.font("Body"))
        self.table.on_open(self._edit)
        for key in ("<Return>", "<KP_Enter>", "<Down>"):
            self.entry.bind(key, lambda _event: self._keep(1))
        for key, step in (("<Tab>", 1), ("<Shift-Tab>", -1), ("<Up>", -1)):
            self.entry.bind(key, lambda _event, step=step: self._keep(step))  # type: ignore[misc]
        self.entry.bind("<Escape>", lambda _event: self._leave())
        self.entry.bind("<FocusOut>", lambda _event: self._keep(0))
        # What lies over a row would stay where the row was.
        for event in ("<Configure>", "<MouseWheel>", "<Button-4>", "<Button-5>"):
            self.table.tree.bind(event, lambda _event: self._keep(0), add=True)

    def show(self, state: TagState) -> None:
        """Show the names of a state."""
        self._able = not state.at_work
        names = {genre: state.options.called(genre) for genre in state.genres}
        if names == self._names:
            return
        self._names = names
        self.table.show([_row(genre, name) for genre, name in self._names.items()])

    def go(self) -> None:
        """Put the focus into the table."""
        self.table.tree.focus_set()

    def _edit(self) -> None:
        """Lay a field over the name of the row that is chosen."""
        tree, chosen = self.table.tree, self.table.chosen
        if not chosen or not self._able:
            return
        self.table.see(chosen[0])
        box = tree.bbox(tree.selection()[0], _NAME)
        if not box:
            return
        x, y, width, height = box
        self._genre = chosen[0]
        self.name.set(clean(self._names[self._genre]))
        self.entry.place(x=x, y=y, width=width, height=height)
        self.entry.selection_range(0, "end")
        self.entry.icursor("end")
        self.entry.focus_set()

    def _keep(self, step: int) -> str:
        """Take what stands in the field; go on to another row, or stay."""
        if not self._genre:
            return "break"
        genre, self._genre = self._genre, ""
        name = self.name.get()
        self.entry.place_forget()
        if name.strip() != clean(self._names[genre]):
            self._on_call(genre, name)
        if step:
            genres = list(self._names)
            place = genres.index(genre) + step
            self.go()
            self.table.choose(genres[min(max(place, 0), len(genres) - 1)])
            if 0 <= place < len(genres):
                self._edit()
        return "break"

    def _leave(self) -> str:
        """Let the name be as it was."""
        self._genre = ""
        self.entry.place_forget()
        self.go()
        return "break"  # the window's Escape would put a message away


def _row(genre: str, name: str) -> Row:
    usual = name == written(genre)
    return Row(genre, (clean(genre), clean(name) or NEVER), WAITING if usual else "")
