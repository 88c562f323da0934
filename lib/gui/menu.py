"""The menu: what is wanted now and then, and the songs that were heard lately."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk

from lib.gui.settings import Recent
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, make_menu
from lib.gui.wording import genre_name
from lib.wording import clean

LONGEST_TITLE = 60  # characters


@dataclass(frozen=True)
class Item:
    """A line of the menu.

    Parameters
    ----------
    text : str
        What it says.
    does : callable
        What happens.
    keys : str
        What does the same.
    can : callable
        Whether it can be done now.
    """

    text: str
    does: Callable[[], object]
    keys: str = ""
    can: Callable[[], bool] = lambda: True


class Menu:
    """The menu's button, and the menu itself, made anew whenever it opens.

    Parameters
    ----------
    parent : tk.Misc
        Where the button is.
    theme : Theme
        Gives it its look.
    items : sequence of Item
        Its lines, below the songs.
    recent : callable
        Returns the songs that were heard lately.
    on_recent : callable
        Called with the source of one that is to be heard again.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        items: Sequence[Item],
        *,
        recent: Callable[[], Sequence[Recent]],
        on_recent: Callable[[str], None],
    ) -> None:
        self._theme = theme
        self._items = items
        self._recent, self._on_recent = recent, on_recent
        self.button = ttk.Button(parent, text="☰", style="Toolbutton", command=self.open)
        Hint(self.button, theme, "Menu (F10)")
        self.menu = make_menu(self.button, theme)
        self.songs = make_menu(self.button, theme)

    def open(self) -> None:
        """Open the menu below its button."""
        self._fill()
        button = self.button
        self._post(self.menu, button.winfo_rootx(), button.winfo_rooty() + button.winfo_height())

    def open_recent(self, below: tk.Misc) -> None:
        """Open the list of songs heard lately below a widget, where there are any."""
        if not self._recent():
            return
        self.songs.destroy()
        # One of its own: the part of the menu would not close by Escape.
        self.songs = make_menu(self.button, self._theme)
        self._fill_songs(self.songs)
        x, y = below.winfo_rootx(), below.winfo_rooty() + below.winfo_height()
        self._post(self.songs, x, y)

    def _post(self, menu: tk.Menu, x: int, y: int) -> None:
        try:
            menu.tk_popup(x, y, 0)
        finally:
            menu.grab_release()

    def _fill(self) -> None:
        """Make the lines as they are now."""
        self.menu.destroy()
        self.menu = make_menu(self.button, self._theme)
        part = make_menu(self.menu, self._theme)
        self._fill_songs(part)
        self.menu.add_cascade(
            label="Heard lately", menu=part,
            state="normal" if self._recent() else "disabled",
        )  # fmt: skip
        self.menu.add_separator()
        for item in self._items:
            self.menu.add_command(
                label=item.text, command=item.does, accelerator=item.keys,
                state="normal" if item.can() else "disabled",
            )  # fmt: skip

    def _fill_songs(self, menu: tk.Menu) -> None:
        for song in self._recent():
            title = clean(song.title or song.source, longest=LONGEST_TITLE)
            menu.add_command(
                label=title, accelerator=genre_name(song.genre),
                command=lambda song=song: self._on_recent(song.source),  # type: ignore[misc]
            )  # fmt: skip
