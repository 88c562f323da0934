"""The Data page: a data set's genres, its songs, and what is added to it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.data.controller import DataController
from lib.gui.data.form import Form
from lib.gui.data.genres import Genres
from lib.gui.data.run import RunTable
from lib.gui.data.songs import Songs
from lib.gui.data.state import DataState
from lib.gui.data.strip import Strip
from lib.gui.theme import Theme


class DataPage(ttk.Frame):
    """The page.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    controller : DataController
        Does what a person asks for.
    browser : str
        Whose cookies are sent; "" for none.
    on_browser : callable
        Called with the browser whose cookies are to be sent; "" for none.
    on_browse : callable
        Called with a link to open in the browser.
    on_notice : callable
        Called with a short sentence for the foot of the window.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        controller: DataController,
        *,
        browser: str,
        on_browser: Callable[[str], None],
        on_browse: Callable[[str], None],
        on_notice: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._collecting = False
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, weight=1)
        self.tabs = ttk.Notebook(self, width=1, height=1)
        self.songs = Songs(
            self.tabs, theme,
            on_play=controller.play,
            on_correct=controller.correct,
            on_remove=controller.leave_out,
        )  # fmt: skip
        self.genres = Genres(self, theme, on_choose=self._filter)
        adding = ttk.Frame(self.tabs, padding=px(12))
        adding.columnconfigure(0, weight=1)
        adding.rowconfigure(0, weight=1)
        self.form = Form(
            adding, theme, browser=browser,
            on_start=controller.collect, on_go_on=controller.go_on,
            on_browser=on_browser, on_wrong=on_notice,
        )  # fmt: skip
        self.run = RunTable(
            adding, theme,
            on_pause=controller.pause, on_stop=controller.stop,
            on_close=controller.put_away, on_again=controller.collect,
            on_remove=controller.leave_out, on_browse=on_browse,
        )  # fmt: skip
        self.strip = Strip(self, theme, on_dismiss=controller.dismiss)
        self.tabs.add(adding, text="Add from YouTube")
        self.tabs.add(self.songs, text="Songs")
        self.form.grid(row=0, column=0, sticky="new")
        self.genres.grid(row=0, column=0, sticky="nsew", padx=(0, px(16)))
        self.tabs.grid(row=0, column=1, sticky="nsew")
        self.strip.grid(row=1, column=0, columnspan=2, sticky="ew")

    def show(self, data: DataState) -> None:
        """Show a state."""
        self.genres.show(data)
        self.songs.show(data)
        self.form.show(data)
        self.run.show(data)
        self.strip.show(data.failure)
        collecting = data.collecting is not None
        if collecting != self._collecting:
            self._collecting = collecting
            self._turn()

    def go(self) -> None:
        """Put the focus where work begins: into the form, or the table of the run."""
        self.tabs.select(0)  # type: ignore[no-untyped-call]
        if self._collecting:
            self.run.table.tree.focus_set()
        else:
            self.form.go()

    def take(self, text: str) -> None:
        """Put a link that was dropped into the form."""
        if not self._collecting:
            self.form.link.set(text)
            self.go()

    def turn(self, step: int) -> None:
        """Show the tab that many places on, beginning anew after the last."""
        # The notebook turns by itself while it has the focus.
        if self.focus_displayof() is not self.tabs:
            count = len(self.tabs.tabs())  # type: ignore[no-untyped-call]
            shown = int(self.tabs.index("current"))  # type: ignore[no-untyped-call]
            self.tabs.select((shown + step) % count)  # type: ignore[no-untyped-call]

    def _turn(self) -> None:
        """Turn between the form and the run."""
        focused = self._holds_focus()
        if self._collecting:
            self.form.grid_remove()
            self.run.grid(row=0, column=0, sticky="nsew")
        else:
            self.run.grid_remove()
            self.form.grid()
        if focused:
            self.go()

    def _holds_focus(self) -> bool:
        focus = self.focus_lastfor()
        return focus is not None and str(focus).startswith(f"{self}.")

    def _filter(self, genre: str | None) -> None:
        self.songs.filter(genre)
        if genre is not None:
            self.tabs.select(1)  # type: ignore[no-untyped-call]
