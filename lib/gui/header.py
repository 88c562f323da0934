"""The top of the window: which page, the line that belongs to it, and the theme."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.state import Page, State
from lib.gui.theme import Theme
from lib.gui.widgets import Hint

NAMES = {Page.LISTEN: ("Listen", 0), Page.LIBRARY: ("Library", 1), Page.DATA: ("Data", 0)}
"""What stands on the switch, and which letter is underlined."""


class Header(ttk.Frame):
    """The switch between the pages, room for a line of each page, and the theme's button.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_page : callable
        Called with the page that a person wants.
    on_theme : callable
        Called when the theme's button is pressed.

    Attributes
    ----------
    line : ttk.Frame
        Where the pages put their lines.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_page: Callable[[Page], None],
        on_theme: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        switch = ttk.Frame(self)
        self._chosen = tk.StringVar(self)
        self._shown: tuple[Page, str] | None = None
        self.switches: dict[Page, ttk.Radiobutton] = {}
        for column, (page, (name, underline)) in enumerate(NAMES.items()):
            button = ttk.Radiobutton(
                switch, text=name, underline=underline, style="Switch.Toolbutton",
                variable=self._chosen, value=page.name,
                command=lambda page=page: on_page(page),  # type: ignore[misc]
            )  # fmt: skip
            button.grid(row=0, column=column, sticky="nsew")
            for key in ("<Return>", "<KP_Enter>"):
                button.bind(key, lambda _event, page=page: on_page(page))
            self.switches[page] = button
        switch.rowconfigure(0, weight=1)
        self._mark = tk.Frame(switch, height=px(2))
        self._mark.bind("<<ThemeChanged>>", lambda _event: self._recolour(), add=True)
        self._theme = theme
        self._recolour()
        self.line = ttk.Frame(self)
        self.line.columnconfigure(0, weight=1)
        self.line.rowconfigure(0, weight=1)
        self.theme_button = ttk.Button(self, style="Toolbutton", command=on_theme)
        Hint(self.theme_button, theme, "Change between light and dark (F9)")
        self.columnconfigure(1, weight=1)
        switch.grid(row=0, column=0, sticky="ns", padx=(0, px(12)))
        self.line.grid(row=0, column=1, sticky="nsew")
        self.theme_button.grid(row=0, column=2, padx=(px(8), 0), sticky="ns")

    def add(self, button: ttk.Button) -> None:
        """Put a button at the end of the line."""
        button.grid(row=0, column=3, padx=(self._theme.px(4), 0), sticky="ns")

    def show(self, state: State) -> None:
        """Show which page a state is on, and name the other theme."""
        if (state.page, state.theme) == self._shown:  # else every step of the work lays it out anew
            return
        self._shown = (state.page, state.theme)
        # Training belongs to the data: it is reached from there, and leads back there.
        page = Page.DATA if state.page is Page.TRAINING else state.page
        self._chosen.set(page.name)
        side = self._theme.px(12)
        self._mark.grid(row=1, column=list(NAMES).index(page), sticky="ew", padx=side)
        self.theme_button.configure(text="☀ Light" if state.theme == "dark" else "☾ Dark")

    def _recolour(self) -> None:
        self._mark.configure(background=self._theme.palette.accent)
