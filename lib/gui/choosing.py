"""The dialogs in which a person chooses a file or a folder."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from lib.gui.dialogs import ask_for_folder, ask_for_song, ask_where_to_save


@dataclass(frozen=True)
class Dialogs:
    """How a person is asked; each is given the window first.

    Parameters
    ----------
    song : callable
        Given a folder and the suffixes to offer, returns the path of a song.
    folder : callable
        Given where to begin and, but for that of a data set, a title, returns that of a folder.
    place : callable
        Given a file's name and the suffixes it may have, returns where to save it.
    """

    song: Callable[[tk.Tk, str, tuple[str, ...]], str] = ask_for_song
    folder: Callable[..., str] = ask_for_folder
    place: Callable[[tk.Tk, str, tuple[str, ...]], str] = ask_where_to_save


class Choosing:
    """Opens the dialogs; each method returns a path, or ``""`` if none was chosen.

    Parameters
    ----------
    root : tk.Tk
        The window.
    dialogs : Dialogs
    closed : callable
        Tells whether the window is closed: that can happen under an open dialog, and then nothing
        was chosen.
    """

    def __init__(self, root: tk.Tk, dialogs: Dialogs, closed: Callable[[], bool]) -> None:
        self._root, self._dialogs, self._closed = root, dialogs, closed

    def song(self, begin: str, suffixes: tuple[str, ...]) -> str:
        """Ask for a song."""
        return self._ask(self._dialogs.song, begin, suffixes)

    def data_set(self, begin: Path) -> str:
        """Ask for the folder of a data set, or the one that data sets lie in."""
        return self._ask(self._dialogs.folder, begin)

    def model(self, begin: Path) -> str:
        """Ask for the folder of a model."""
        return self.folder("Choose the folder of a model", begin)

    def folder(self, title: str, begin: Path) -> str:
        """Ask for a folder."""
        return self._ask(self._dialogs.folder, begin, title)

    def table(self) -> str:
        """Ask where a library's table is to be written."""
        return self.place("library.csv", (".csv", ".json"))

    def place(self, name: str, kinds: tuple[str, ...]) -> str:
        """Ask where something is to be saved, given a name and the suffixes it may have."""
        return self._ask(self._dialogs.place, name, kinds)

    def _ask(self, dialog: Callable[..., str], *arguments: object) -> str:
        path = dialog(self._root, *arguments)
        return "" if self._closed() else path
