"""The window's side for data sets: made when it is first looked at, and driven from outside."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from lib.gui.data.controller import DataController
from lib.gui.data.page import DataPage
from lib.gui.data.set_bar import SetBar
from lib.gui.data.shelf import Shelf
from lib.gui.data.state import DataState
from lib.gui.state import State, Store
from lib.gui.theme import Theme
from lib.gui.worker import Workers


@dataclass(frozen=True)
class Asks:
    """What the side asks of the window.

    Parameters
    ----------
    folder : callable
        Given where to begin, asks a person for a folder; returns ``""`` if none was chosen.
    browser : callable
        Called with the browser whose cookies are to be sent to YouTube; "" for none.
    browse : callable
        Called with a link to open in the browser.
    notify : callable
        Called with a short sentence for the foot of the window.
    train : callable or None
        Called with the folder of a data set that a network is to learn from; None if none can.
    """

    folder: Callable[[Path], str]
    browser: Callable[[str], None]
    browse: Callable[[str], None]
    notify: Callable[[str], None]
    train: Callable[[Path], None] | None


class DataSide:
    """The page, and its line at the top of the window.

    Parameters
    ----------
    store : Store
        Holds the state.
    workers : Workers
        Run what takes long.
    shelf : Shelf
        Does it.
    asks : Asks
        What it asks of the window.
    """

    def __init__(self, store: Store[State], workers: Workers, shelf: Shelf, asks: Asks) -> None:
        self._store = store
        self._shelf = shelf
        self._asks = asks
        self.controller = DataController(store, workers, shelf)
        self.bar: SetBar | None = None
        self.page: DataPage | None = None

    def make(self, line: tk.Misc, body: tk.Misc, theme: Theme, *, browser: str) -> None:
        """Make the widgets; the second time nothing.

        Parameters
        ----------
        line, body : tk.Misc
            Where the line and the page belong.
        theme : Theme
        browser : str
            Whose cookies are sent; "" for none.
        """
        if self.page is not None:
            return
        self.bar = SetBar(
            line, theme,
            name_of=self._shelf.name_of,
            on_choose=self.controller.choose,
            on_folder=self._choose_folder,
            on_train=self._asks.train,
        )  # fmt: skip
        self.page = DataPage(
            body, theme, self.controller,
            browser=browser, on_browser=self._asks.browser,
            on_browse=self._asks.browse, on_notice=self._asks.notify,
        )  # fmt: skip
        self.bar.grid(row=0, column=0, sticky="nsew")
        self.page.grid(row=0, column=0, sticky="nsew")

    @property
    def parts(self) -> tuple[ttk.Frame, ...]:
        """What is to leave the window when it turns to something else."""
        return () if self.bar is None or self.page is None else (self.bar, self.page)

    def show(self, data: DataState) -> None:
        """Show a state."""
        if self.bar is not None and self.page is not None:
            self.bar.show(data)
            self.page.show(data)

    def show_browser(self, browser: str) -> None:
        """Show whose cookies are sent, where another part of the window has changed that."""
        if self.page is not None:
            self.page.form.show_browser(browser)

    def go(self) -> None:
        """Put the focus where work begins."""
        if self.page is not None:
            self.page.go()

    def turn_tab(self, step: int) -> None:
        """Show the tab that many places on."""
        if self.page is not None:
            self.page.turn(step)

    def take(self, texts: list[str]) -> None:
        """Take a link that was dropped."""
        if self.page is not None and texts:
            self.page.take(texts[0])

    def _choose_folder(self) -> None:
        """Ask a person for the folder of a data set and turn to it."""
        path = self._asks.folder(self._store.state.data.folder)
        if path:
            self.controller.choose(path)
