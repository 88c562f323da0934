"""The song page's face that says why a song could not be heard, and what to do."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.widgets import Line, Paragraph


class Trouble(ttk.Frame):
    """The face that says why a song could not be heard, and what to do.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_open, on_dismiss, on_insist : callable
        Called when these buttons are pressed.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_open: Callable[[], None],
        on_dismiss: Callable[[], None],
        on_insist: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._gap = px(8)
        self.columnconfigure((0, 2), weight=1)
        self.columnconfigure(1, weight=5)
        # A little above the middle, where a page of one paragraph looks centred.
        self.rowconfigure(0, weight=2)
        self.rowconfigure(4, weight=3)
        self.headline = Line(self, theme, "Title", smaller=("Large",), style="Trouble.TLabel")
        self.headline.grid(row=1, column=1, sticky="ew")
        self.advice = Paragraph(self, style="Large.TLabel")
        self.advice.grid(row=2, column=1, sticky="ew", pady=(px(14), px(26)))
        buttons = ttk.Frame(self)
        buttons.grid(row=3, column=1, sticky="w")
        self.open_button = ttk.Button(
            buttons, text="Choose another song …", style="Accent.TButton", command=on_open
        )
        self.open_button.pack(side="left")
        self.insist_button = ttk.Button(buttons, text="Hear it all the same", command=on_insist)
        ttk.Button(buttons, text="Copy message", command=self.copy).pack(side="left", padx=px(8))
        ttk.Button(buttons, text="Dismiss", command=on_dismiss).pack(side="left")

    def show(self, state: State) -> None:
        """Show the failure of a state."""
        if state.failure is not None:
            self.headline.show(state.failure.headline)
            self.advice.configure(text=state.failure.advice)
            if state.failure.beyond_limits:
                gap = (self._gap, 0)
                self.insist_button.pack(side="left", padx=gap, after=self.open_button)
            else:
                self.insist_button.pack_forget()

    def copy(self) -> None:
        """Put the message on the clipboard, for somebody who can help."""
        self.clipboard_clear()
        self.clipboard_append(f"{self.headline.full}\n{self.advice.cget('text')}\n")
