"""What makes the window comfortable: menu and sheets, songs heard lately, results to copy."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from lib.gui.about import About, Log
from lib.gui.controller import Controller
from lib.gui.header import Header
from lib.gui.menu import Item, Menu
from lib.gui.overlay import Overlay
from lib.gui.preferences import Preferences
from lib.gui.settings import Recent, Settings, add_recent
from lib.gui.shortcuts import ShortcutList, modifier_sign
from lib.gui.source_bar import SourceBar
from lib.gui.state import Phase, State, Store
from lib.gui.theme import Theme
from lib.gui.told import Heard
from lib.gui.wording import describe


@dataclass(frozen=True)
class Keeping:
    """How the settings are looked up and changed.

    Parameters
    ----------
    settings : callable
        Returns the present ones.
    adopt : callable
        Takes new ones: they take effect, and are kept.
    usual : callable
        Returns minutes of a song and megabytes of a download where a person has set none.
    sets : callable
        Returns the folder that data sets lie in.
    choose_folder : callable
        Asks for a folder, given where to begin; returns "" if none was chosen.
    choose_model : callable
        Shows the menu of models beside a widget.
    """

    settings: Callable[[], Settings]
    adopt: Callable[[Settings], None]
    usual: Callable[[], tuple[int, int]]
    sets: Callable[[], Path]
    choose_folder: Callable[[Path], str]
    choose_model: Callable[[tk.Misc], None]


class Comfort:
    """The menu and the sheets that it opens.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
    store : Store
        Holds the state.
    controller : Controller
        Hears a song again that was heard lately.
    header, bar : Header, SourceBar
        Where the menu's button is, and below which the songs heard lately open.
    keeping : Keeping
        The settings.
    more : sequence of Item
        What other parts of the window offer in the menu.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        store: Store[State],
        controller: Controller,
        *,
        header: Header,
        bar: SourceBar,
        keeping: Keeping,
        more: Sequence[Item] = (),
    ) -> None:
        self._root, self._store, self._controller = root, store, controller
        self._keeping, self._bar = keeping, bar
        self._noted: Heard | None = None
        self.keys = ShortcutList(root, theme)
        self.about, self.log = About(root, theme), Log(root, theme)
        self.preferences = Preferences(
            root, theme,
            settings=keeping.settings, usual=keeping.usual, sets=keeping.sets,
            choose_folder=keeping.choose_folder, on_change=keeping.adopt,
            on_model=keeping.choose_model,
        )  # fmt: skip
        sign = modifier_sign(root)
        items = (
            Item("Copy the result as text", self.copy, f"{sign}+Shift+C", lambda: bool(self.told)),
            *more,
            Item("Settings …", self.show_preferences, f"{sign}+,"),
            Item("Keys", self.keys.show, "F1"),
            Item("Log", lambda: self._show(self.log)),
            Item("About Earmark", lambda: self._show(self.about)),
        )
        self.menu = Menu(
            header, theme, items,
            recent=lambda: keeping.settings().recent, on_recent=controller.hear,
        )  # fmt: skip
        header.add(self.menu.button)
        bar.entry.bind("<Down>", lambda _event: self.open_recent())

    @property
    def told(self) -> str:
        """The result that the window shows, as text; "" where it shows none."""
        state = self._store.state
        if state.phase is not Phase.HEARD or state.heard is None:
            return ""
        return describe(state.heard.prediction, state.model)

    def copy(self) -> None:
        """Put the result on the clipboard."""
        if not self.told:
            self._controller.notify("There is no result to copy yet.")
            return
        self._root.clipboard_clear()
        self._root.clipboard_append(self.told)
        self._controller.notify("The result is copied as text.")

    def show_preferences(self) -> None:
        """Show the settings."""
        self._show(self.preferences)

    def open_recent(self) -> None:
        """Show what was heard lately, below the entry line."""
        self.menu.open_recent(self._bar.entry)

    def put_away(self) -> bool:
        """Put away the sheet that lies over the window; say whether there was one."""
        shown = next((sheet for sheet in self._sheets if sheet.shown), None)
        if shown is not None:
            shown.hide()
        return shown is not None

    def note(self, state: State) -> None:
        """Follow a state: show which model answers, and remember a song that was heard."""
        self.preferences.show_model(state.model)
        heard = state.heard
        if heard is None or heard is self._noted or state.phase is not Phase.HEARD:
            return
        self._noted = heard
        prediction = heard.prediction
        by = f"{prediction.artist} – " if prediction.artist else ""
        song = Recent(prediction.source, by + prediction.title, prediction.genre)
        self._keeping.adopt(add_recent(self._keeping.settings(), song))

    @property
    def _sheets(self) -> tuple[Overlay, ...]:
        return self.keys, self.preferences, self.about, self.log

    def _show(self, sheet: Overlay) -> None:
        """Show one sheet, and no other beneath it."""
        for other in self._sheets:
            if other is not sheet:
                other.hide()
        sheet.show()
