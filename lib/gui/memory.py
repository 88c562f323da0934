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
from lib.gui.settings import Settings, read_settings, write_settings
from lib.gui.state import State, Store
from lib.wording import write_numbers


class Memory:
    """Holds the settings.

    Parameters
    ----------
    path : Path
        Of their file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.settings = read_settings(path)

    def change(self, **changes: Any) -> None:  # noqa: ANN401 (each field has its type)
        """Replace the named settings; the file follows when the window keeps them."""
        self.settings = replace(self.settings, **changes)

    def keep(self, root: tk.Tk) -> None:
        """Write the settings, with the window's size and place as they are now."""
        write_settings(self._path, remember(root, self.settings))


class Adoption:
    """Lets other settings take effect.

    Parameters
    ----------
    root : tk.Tk
        The window.
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
    """

    def __init__(
        self,
        root: tk.Tk,
        memory: Memory,
        store: Store[State],
        controller: Controller,
        *,
        lines: Lines,
        ear: Ear,
        shelf: Shelf,
        data: DataSide,
    ) -> None:
        self._root, self._memory, self._store = root, memory, store
        self._controller, self._lines, self._ear = controller, lines, ear
        self._shelf, self._data = shelf, data

    def adopt(self, settings: Settings) -> None:
        """Let settings take effect, and keep them: a crash shall not forget them."""
        before, self._memory.settings = self._memory.settings, settings
        self._memory.keep(self._root)
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
