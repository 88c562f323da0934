"""The settings while the window is open: kept in its file, and taking effect."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from pathlib import Path
from typing import Any

from lib.gui.asking import Lines
from lib.gui.controller import Controller
from lib.gui.data.shelf import Shelf
from lib.gui.data.side import DataSide
from lib.gui.frame import remember
from lib.gui.hearing import Ear
from lib.gui.library.side import LibrarySide
from lib.gui.settings import Settings, read_settings, write_settings
from lib.gui.state import State, Store
from lib.wording import write_numbers


class Memory:
    """Holds the settings.

    Parameters
    ----------
    root : tk.Tk
        The window.
    path : Path
        Of their file.
    """

    def __init__(self, root: tk.Tk, path: Path) -> None:
        self._root, self._path = root, path
        self.settings = read_settings(path)

    def change(self, **changes: Any) -> None:  # noqa: ANN401 (each field has its type)
        """Replace the named settings, and keep all of them."""
        self.keep(replace(self.settings, **changes))

    def keep(self, settings: Settings) -> None:
        """Keep settings at once, with the window's place: a crash shall not forget them."""
        self.settings = settings
        write_settings(self._path, remember(self._root, settings))


class Adoption:
    """Lets other settings take effect.

    Parameters
    ----------
    memory : Memory
        Holds the settings.
    store : Store
        Holds the state.
    controller : Controller
        Hears a song again where its answer may have become another.
    lines : Lines
        To YouTube.
    ear : Ear
        Knows from what confidence on an answer is unsure.
    shelf : Shelf
        Knows where data sets lie.
    data : DataSide
        Shows them.
    library : LibrarySide
        Shows numbers and doubts.
    """

    def __init__(
        self,
        memory: Memory,
        store: Store[State],
        controller: Controller,
        *,
        lines: Lines,
        ear: Ear,
        shelf: Shelf,
        data: DataSide,
        library: LibrarySide,
    ) -> None:
        self._memory, self._store = memory, store
        self._controller, self._lines, self._ear = controller, lines, ear
        self._shelf, self._data, self._library = shelf, data, library

    def adopt(self, settings: Settings) -> None:
        """Let settings take effect, and keep them."""
        before = self._memory.settings
        self._memory.keep(settings)
        if settings.theme != before.theme:
            self._store.change(theme=settings.theme)
        if settings.browser != before.browser:
            self._lines.use_cookies(settings.browser)
            self._data.show_browser(settings.browser)
        if (settings.longest, settings.largest) != (before.longest, before.largest):
            self._lines.use_limits(settings.longest, settings.largest)
        if settings.sets != before.sets:
            self._shelf.root = Path(settings.sets)
            self._data.controller.choose(str(self._shelf.first("")))
        write_numbers(settings.numbers)
        self._ear.unsure_below = settings.unsure_below
        if (settings.numbers, settings.unsure_below) != (before.numbers, before.unsure_below):
            self._controller.hear_again()
            self._library.follow_settings()
