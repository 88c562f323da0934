"""The Library page's line at the top: which folder."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from lib.gui.library.state import LibraryState
from lib.gui.theme import Theme
from lib.gui.widgets import Hint
from lib.wording import clean


class FolderBar(ttk.Frame):
    """The folder with its button.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_choose : callable
        Called with a folder, as typed.
    on_folder : callable
        Called when the button to choose a folder is pressed.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_choose: Callable[[str], None],
        on_folder: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._folder: Path | None = None
        self.text = tk.StringVar(self)
        self.entry = ttk.Entry(self, textvariable=self.text, font=theme.font("Body"), width=1)
        self.folder_button = ttk.Button(self, text="Folder …", underline=0, command=on_folder)
        Hint(self.entry, theme, "Type the path of a folder with songs, and press Enter")
        Hint(self.folder_button, theme, "Choose the folder whose songs are to be put in order")
        label = ttk.Label(self, text="Folder", style="MutedBody.TLabel")
        self.columnconfigure(1, weight=1)
        self.rowconfigure(0, weight=1)
        label.grid(row=0, column=0, padx=(0, px(8)))
        self.entry.grid(row=0, column=1, sticky="nsew")
        self.folder_button.grid(row=0, column=2, padx=(px(8), 0), sticky="ns")
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda _event: on_choose(self.text.get()), add=True)

    def show(self, state: LibraryState) -> None:
        """Show the folder of a state."""
        if state.folder is not None and state.folder != self._folder:
            self._folder = state.folder
            self.text.set(clean(str(state.folder), longest=4096))
            self.entry.icursor("end")
            self.entry.xview_moveto(1.0)
