"""A strip of a page that says what went wrong, and what to do."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.failures import Failure
from lib.gui.theme import Theme
from lib.gui.widgets import Paragraph


class Strip(ttk.Frame):
    """The strip; without height where nothing went wrong.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_dismiss : callable
        Called when the failure is put away.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, *, on_dismiss: Callable[[], None]) -> None:
        super().__init__(parent)
        px = theme.px
        self._failure: Failure | None = None
        self._inside = ttk.Frame(self)
        self.columnconfigure(0, weight=1)
        self._inside.columnconfigure(0, weight=1)
        self.headline = ttk.Label(self._inside, style="TroubleStrong.TLabel")
        self.advice = Paragraph(self._inside)
        copy = ttk.Button(self._inside, text="Copy message", command=self.copy)
        self.dismiss_button = ttk.Button(self._inside, text="Dismiss", command=on_dismiss)
        self.headline.grid(row=0, column=0, sticky="ew")
        self.advice.grid(row=1, column=0, sticky="ew")
        copy.grid(row=0, column=1, rowspan=2, padx=(px(12), px(8)))
        self.dismiss_button.grid(row=0, column=2, rowspan=2)
        self._gap = px(12)

    def show(self, failure: Failure | None) -> None:
        """Show a failure; nothing for None."""
        if failure is self._failure:
            return
        self._failure = failure
        if failure is None:
            self._inside.grid_remove()
            self.configure(height=1)  # a frame that holds nothing keeps the height it had
            return
        self.headline.configure(text=failure.headline)
        self.advice.configure(text=failure.advice.replace("\n\n", "\n"))
        self._inside.grid(row=0, column=0, sticky="ew", pady=(self._gap, 0))

    def copy(self) -> None:
        """Put the message on the clipboard, for somebody who can help."""
        self.clipboard_clear()
        self.clipboard_append(f"{self.headline.cget('text')}\n{self.advice.cget('text')}\n")
