"""The settings while the window is open: kept in its file, and taking effect."""

from __future__ import annotations

import tkinter as tk
from dataclasses import replace
from pathlib import Path
from typing import Any

from lib.gui.data.side import DataSide
from lib.gui.frame import remember
from lib.gui.library.side import LibrarySide
from lib.gui.settings import Settings, read_settings, write_settings
from lib.gui.works import Works
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
    works : Works
        Go by them.
    data : DataSide
        Shows whose cookies are sent, and a set.
    library : LibrarySide
        Shows numbers and doubts.
    """

    def __init__(
        self, memory: Memory, works: Works, *, data: DataSide, library: LibrarySide
    ) -> None:
        self._memory, self._works = memory, works
        self._data, self._library = data, library

    def adopt(self, settings: Settings) -> None:
        """Let settings take effect, and keep them."""
        before = self._memory.settings
        self._memory.keep(settings)
        if settings.theme != before.theme:
            self._works.store.change(theme=settings.theme)
        if settings.browser != before.browser:
            self._works.lines.use_cookies(settings.browser)
            self._data.show_browser(settings.browser)
        if (settings.longest, settings.largest) != (before.longest, before.largest):
            self._works.lines.use_limits(settings.longest, settings.largest)
        if settings.sets != before.sets:
            self._works.shelf.root = Path(settings.sets)
            self._data.controller.choose(str(self._works.shelf.first("")))
        write_numbers(settings.numbers)
        self._works.ear.unsure_below = settings.unsure_below
        if (settings.numbers, settings.unsure_below) != (before.numbers, before.unsure_below):
            self._works.controller.hear_again()
            self._library.follow_settings()
