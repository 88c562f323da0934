"""What a person can ask of the window as a whole, by keys, the menu and the song page."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path

from lib.gui.choosing import Choosing
from lib.gui.clipboard import ClipboardWatch
from lib.gui.controller import Controller
from lib.gui.memory import Memory
from lib.gui.menu import Item
from lib.gui.plot_menu import SAVE
from lib.gui.reasons import Reasons
from lib.gui.saving import Saving
from lib.gui.shortcuts import modifier_sign
from lib.gui.sides import Sides
from lib.gui.song_page import Actions
from lib.gui.state import State, Store
from lib.gui.theme import Theme


class Deeds:
    """Does it.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
        Plots are saved in its colours.
    store : Store
        Holds the state.
    controller : Controller
        Hears songs.
    choosing : Choosing
        Asks for one.
    memory : Memory
        Remembers where it lay.
    saving : Saving
        Saves plots and reports.
    sides : callable
        Returns the sides of the window, which are built later: they know what is shown.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        store: Store[State],
        controller: Controller,
        *,
        choosing: Choosing,
        memory: Memory,
        saving: Saving,
        sides: Callable[[], Sides],
    ) -> None:
        self._root, self._theme, self._store = root, theme, store
        self._controller, self._choosing, self._memory = controller, choosing, memory
        self._saving, self._sides = saving, sides
        root.bind(SAVE, lambda _event: self.save_plot())
        self.clipboard = ClipboardWatch(root, store, on_link=controller.offer)

    def choose_song(self) -> None:
        """Ask for a song and hear it."""
        model = self._store.state.model
        suffixes = model.suffixes if model is not None else ()
        path = self._choosing.song(self._memory.settings.folder, suffixes)
        if path:
            self._memory.change(folder=str(Path(path).parent))
            self._controller.hear(path)

    def copy(self, link: str) -> None:
        """Put a link on the clipboard, from where the window will not offer it."""
        self.clipboard.forget(link)
        self._root.clipboard_clear()
        self._root.clipboard_append(link)
        self._controller.notify("The link is copied.")

    def save_plot(self) -> None:
        """Save the plot that is shown as a picture."""
        self._saving.plot(self._sides().plot, self._theme.name)

    def write_report(self) -> None:
        """Write a report of the song that is shown."""
        self._saving.report(self._sides().heard)

    def actions(self, picture: Callable[..., bytes], reasons: Reasons) -> Actions:
        """Return what the song page can ask for, given what fetches pictures and corrects."""
        controller = self._controller
        return Actions(
            open=self.choose_song,
            cancel=controller.cancel,
            hurry=controller.hurry,
            dismiss=controller.dismiss,
            insist=controller.hear_all_the_same,
            back=controller.return_to_list,
            pick=controller.pick,
            open_song=controller.open_song,
            browse=controller.browse,
            copy=self.copy,
            picture=picture,
            save=self.save_plot,
            report=self.write_report,
            correct=reasons.correct,
            take_back=reasons.take_back,
        )

    def offers(self) -> tuple[Item, ...]:
        """Return what the menu offers of it."""
        sign = modifier_sign(self._root)
        sides = self._sides
        return (
            Item("Save the plot …", self.save_plot, f"{sign}+S", lambda: sides().plot is not None),
            Item(
                "Write a report …",
                self.write_report,
                f"{sign}+Shift+S",
                lambda: sides().heard is not None,
            ),
        )

    def keys(self) -> dict[str, Callable[[], object]]:
        """Return the keys of it."""
        return {
            "Mod-o": self.choose_song,
            "Mod-s": self.save_plot,
            "Mod-S": self.write_report,
            "F9": self._controller.toggle_theme,
        }
