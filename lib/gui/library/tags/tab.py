"""The tab Tags: how tags are to be written, and the files before and after."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk

from lib.gui.library.state import LibraryState
from lib.gui.library.tags.actions import TagActions
from lib.gui.library.tags.form import Form
from lib.gui.library.tags.names import Names
from lib.gui.library.tags.session import TagSession
from lib.gui.library.tags.state import TagLine, TagState
from lib.gui.library.tags.wording import ALL, COLUMNS, VIEWS, line_told, order, view_of
from lib.gui.table import Table
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, Line

HOW = "Enter or a double click changes a name. A genre whose name is emptied is never written."


class TagsTab(ttk.Frame):
    """The tab.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    session : TagSession
        Does what a person asks for.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, session: TagSession) -> None:
        px = theme.px
        super().__init__(parent, padding=px(12))
        self._session = session
        self._lines: tuple[TagLine, ...] = ()
        self._shown: dict[str, TagLine] = {}
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.form = Form(self, theme, on_choose=session.choose)
        self.view = tk.StringVar(self, ALL)
        self.view_box = ttk.Combobox(
            self.form, textvariable=self.view, values=VIEWS, font=theme.font("Body"), width=14,
            state="readonly",
        )  # fmt: skip
        self.naming = tk.BooleanVar(self)
        self.names_button = ttk.Checkbutton(
            self.form, text="Names", underline=0, style="Toggle.TButton", variable=self.naming,
            command=self._turn,
        )  # fmt: skip
        Hint(self.names_button, theme, "Your own names of the model's genres")
        Hint(self.view_box, theme, "Which files are shown")
        self.table = Table(self, theme, COLUMNS)
        self.names = Names(self, theme, on_call=self._call)
        self.line = Line(self, theme, "Caption", style="MutedCaption.TLabel")
        self.actions = TagActions(
            self, theme,
            on_write=session.write, on_preview=session.preview, on_undo=session.undo,
        )  # fmt: skip
        self.view_box.grid(row=0, column=1, sticky="ns", pady=(0, px(8)))
        self.names_button.grid(row=0, column=2, padx=(px(8), 0), pady=(0, px(8)))
        self.form.grid(row=0, sticky="ew", pady=(0, px(8)))
        self.table.grid(row=1, sticky="nsew")
        self.names.grid(row=1, sticky="nsew")
        self.names.grid_remove()
        self.line.grid(row=2, sticky="ew", pady=(px(6), px(6)))
        self.actions.grid(row=3, sticky="ew")
        self.view_box.bind("<<ComboboxSelected>>", lambda _event: self._choose_view())
        self.table.on_choose(self._explain)
        self.bind("<Map>", lambda _event: session.look_at(True), add=True)
        self.bind("<Unmap>", lambda _event: session.look_at(False), add=True)

    def show(self, tags: TagState, library: LibraryState) -> None:
        """Show a state."""
        self.form.show(tags)
        self.names.show(tags)
        self.names_button.state(["!disabled" if tags.genres else "disabled"])
        self.actions.show(tags, library)
        if tags.lines is not self._lines:
            self._lines = tags.lines
            self._fill()

    def go(self) -> None:
        """Put the focus where work begins."""
        if self.actions.write_button.instate(["!disabled"]):
            self.actions.write_button.focus_set()
        else:
            self.form.go()

    def _turn(self) -> None:
        """Show the names in place of the files, or the other way round."""
        if self.naming.get():
            self.table.grid_remove()
            self.names.grid()
            self.names.go()
        else:
            self.names.grid_remove()
            self.table.grid()
            self.table.tree.focus_set()
        self._explain()

    def _call(self, genre: str, name: str) -> None:
        self._session.choose(self._session.state.options.call(genre, name))

    def _choose_view(self) -> None:
        self.view_box.selection_clear()
        self._fill()

    def _fill(self) -> None:
        """Show what belongs to the view, in its order."""
        view = self.view.get()
        shown = [line for line in self._lines if view in (ALL, view_of(line))]
        shown.sort(key=order(self._session.state.told))
        self._shown = {line.row.key: line for line in shown}
        self.table.show([line.row for line in shown])
        self._explain()

    def _explain(self) -> None:
        """Say of the file that is chosen what the table has no room for."""
        chosen = [self._shown[key] for key in self.table.chosen if key in self._shown]
        if self.naming.get():
            self.line.show(HOW)
        else:
            self.line.show(line_told(chosen[0]) if chosen else "")
