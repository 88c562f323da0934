"""The quiet line at the foot: which model answers and how good it is, and short notices."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import font as tkfont
from tkinter import ttk

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.widgets import Line
from lib.gui.wording import about_model


class StatusBar(ttk.Frame):
    """The foot of the window.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_models : callable
        Called when another model is asked for.
    on_keys : callable
        Called when the list of keys is asked for.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_models: Callable[[], None],
        on_keys: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self.notice = Line(self, theme, "Caption", style="Caption.TLabel", anchor="e")
        self.model = Line(self, theme, "Caption", style="MutedCaption.TLabel")
        self.models = ttk.Button(
            self, text="Models  F2", style="Small.Toolbutton", command=on_models
        )
        keys = self._keys = ttk.Button(
            self, text="Keys  F1", style="Small.Toolbutton", command=on_keys
        )
        self.model.grid(row=0, column=0, sticky="ew")
        self.notice.grid(row=0, column=1, sticky="ew", padx=px(12))
        self.models.grid(row=0, column=2)
        keys.grid(row=0, column=3)
        self.bind("<Configure>", lambda _event: self._share(), add=True)

    def show(self, state: State) -> None:
        """Show the model and the notice of a state."""
        self.model.show("" if state.model is None else about_model(state.model))
        self.notice.show(state.notice)
        self._share()

    def _share(self) -> None:
        """Share the line while there is a notice: one that is long may have all of it."""
        notice = self.notice.full
        both = self.winfo_width() - self.models.winfo_reqwidth() - self._keys.winfo_reqwidth()
        font = tkfont.nametofont(self._theme.font("Caption"), root=self)
        long = self.winfo_width() > 1 and font.measure(notice) > (both * 2) // 5 - self._theme.px(
            24
        )
        if long:
            self.model.grid_remove()
        else:
            self.model.grid()
        shared = "shared" if notice and not long else ""
        self.columnconfigure(0, weight=0 if long else 3, uniform=shared)
        self.columnconfigure(1, weight=2 if notice else 0, uniform=shared)
