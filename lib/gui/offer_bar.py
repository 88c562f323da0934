"""A quiet line that offers to hear a link from the clipboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.widgets import Line


class OfferBar(ttk.Frame):
    """The line with the offer; empty, and without height, where there is none.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_take, on_dismiss : callable
        Called when these buttons are pressed.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_take: Callable[[], None],
        on_dismiss: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._inside = ttk.Frame(self)
        self.columnconfigure(0, weight=1)
        self._inside.columnconfigure(0, weight=1)
        self.text = Line(self._inside, theme, "Body", style="MutedBody.TLabel")
        self.take_button = ttk.Button(self._inside, text="Hear this link", command=on_take)
        self.dismiss_button = ttk.Button(
            self._inside, text="Not now", style="Toolbutton", command=on_dismiss
        )
        self.text.grid(row=0, column=0, sticky="ew", padx=(px(14), 0))
        self.take_button.grid(row=0, column=1, padx=(px(12), px(4)))
        self.dismiss_button.grid(row=0, column=2)
        self._gap = px(14)

    def show(self, state: State) -> None:
        """Show the offer of a state."""
        if state.offer:
            kind = "playlist" if "playlist?" in state.offer else "song"
            link = state.offer.removeprefix("https://www.")
            self.text.show(f"The link of a {kind} lies in the clipboard:  {link}")
            self._inside.grid(row=0, column=0, sticky="ew", pady=(0, self._gap))
        else:
            self._inside.grid_remove()
            # A frame that holds nothing keeps the height it had.
            self.configure(height=1)
