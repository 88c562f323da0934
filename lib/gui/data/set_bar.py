"""The Data page's line at the top: which data set, and what is done with all of it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from lib.gui.data.state import DataState
from lib.gui.theme import Theme
from lib.gui.widgets import Hint


class SetBar(ttk.Frame):
    """The data set's name with its buttons.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    name_of : callable
        Given a folder, says how a data set is named.
    on_choose : callable
        Called with the name or the path of a data set.
    on_folder : callable
        Called when the button to choose a folder is pressed.
    on_train : callable or None
        Called with the folder of the set when a network is to learn from it; None for no button.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        name_of: Callable[[Path], str],
        on_choose: Callable[[str], None],
        on_folder: Callable[[], None],
        on_train: Callable[[Path], None] | None,
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._name_of = name_of
        self._on_choose = on_choose
        self._folder = Path()
        self.text = tk.StringVar(self)
        label = ttk.Label(self, text="Data set", style="MutedBody.TLabel")
        self.entry = ttk.Combobox(
            self, textvariable=self.text, font=theme.font("Body"), width=1, height=12
        )
        self.folder_button = ttk.Button(self, text="Folder …", underline=0, command=on_folder)
        Hint(self.entry, theme, "Choose a data set, or type the name of a new one and press Enter")
        Hint(self.folder_button, theme, "Choose the folder of a data set that lies elsewhere")
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, weight=1)
        label.grid(row=0, column=0, padx=(0, px(8)))
        self.entry.grid(row=0, column=1, sticky="ew")
        self.folder_button.grid(row=0, column=2, padx=(px(8), 0), sticky="ns")
        self.train_button = ttk.Button(
            self, text="Train …", underline=0,
            command=lambda: on_train(self._folder) if on_train else None,
        )  # fmt: skip
        Hint(self.train_button, theme, "Have a network learn this data set's genres")
        if on_train is not None:
            self.train_button.grid(row=0, column=3, padx=(px(8), 0), sticky="ns")
        for event in ("<Return>", "<KP_Enter>", "<<ComboboxSelected>>"):
            self.entry.bind(event, lambda _event: self._choose(), add=True)
        self.entry.bind("<FocusOut>", lambda _event: self._show_name(), add=True)

    def show(self, data: DataState) -> None:
        """Show which data set a state is about, and whether it can be learned from."""
        self.entry.configure(values=data.sets)
        if data.folder != self._folder:
            self._folder = data.folder
            self._show_name()
        learnable = data.contents is not None and data.contents.learnable
        self.train_button.state(["!disabled" if learnable else "disabled"])

    def _choose(self) -> None:
        self._on_choose(self.text.get())
        self.entry.selection_clear()

    def _show_name(self) -> None:
        """Show the name again where a person typed another and then thought better of it."""
        self.text.set(self._name_of(self._folder))
        self.entry.icursor("end")
        self.entry.xview_moveto(1.0)
