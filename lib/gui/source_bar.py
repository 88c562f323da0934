"""The line at the top: what to hear, and the buttons beside it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.widgets import Hint

PLACEHOLDER = "YouTube link, name of a song, or path of a file"


class SourceBar(ttk.Frame):
    """The entry line with its buttons.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_hear : callable
        Called with what stands in the entry line.
    on_open : callable
        Called when a person wants to choose a file.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_hear: Callable[[str], None],
        on_open: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._on_hear = on_hear
        self._source = ""
        self.text = tk.StringVar(self)
        self.entry = ttk.Entry(self, textvariable=self.text, font=theme.font("Body"))
        self.hear_button = ttk.Button(self, text="Hear", underline=0, command=self.submit)
        self.open_button = ttk.Button(self, text="Open …", underline=0, command=on_open)
        Hint(self.open_button, theme, "Choose a song (Ctrl+O)")
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.entry.grid(row=0, column=0, sticky="nsew")
        self.hear_button.grid(row=0, column=1, padx=(px(8), 0), sticky="ns")
        self.open_button.grid(row=0, column=2, padx=(px(8), 0), sticky="ns")
        self._add_placeholder()
        self.entry.bind("<Return>", lambda _event: self.submit())
        self.entry.bind("<KP_Enter>", lambda _event: self.submit())

    def submit(self) -> None:
        """Hear what stands in the entry line."""
        self._on_hear(self.text.get())

    def go(self) -> None:
        """Put the focus into the entry line, with everything in it selected."""
        self.entry.focus_set()
        self.entry.selection_range(0, "end")
        self.entry.icursor("end")

    def show(self, state: State) -> None:
        """Show the song of a state, if it came from elsewhere."""
        if state.source and state.source != self._source:
            self.text.set(state.source)
            # The end of a path is its file's name, which is what a person wants to see of it.
            self.entry.icursor("end")
            self.after_idle(self.entry.xview_moveto, 1.0)
        self._source = state.source

    def _add_placeholder(self) -> None:
        """Say in the empty line what belongs there; ttk's entry can't by itself."""
        label = ttk.Label(self.entry, text=PLACEHOLDER, style="Placeholder.TLabel", cursor="xterm")
        label.bind("<Button-1>", lambda _event: self.entry.focus_set())

        # The label takes part in the entry's states, or it would show as a box of another colour.
        states = {"FocusIn": "focus", "FocusOut": "!focus", "Enter": "active", "Leave": "!active"}

        def follow(event: tk.Event[tk.Misc]) -> None:
            label.state([states[event.type.name]])

        for name in states:
            self.entry.bind(f"<{name}>", follow, add=True)

        def update(*_: str) -> None:
            if self.text.get():
                label.place_forget()
            else:
                label.place(x=self._theme.px(13), rely=0.5, anchor="w")

        self.text.trace_add("write", update)
        update()
