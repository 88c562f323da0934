"""A library by genre, as a picture."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import ttk
from typing import TYPE_CHECKING, cast

from lib.gui.drawing import Picture, Request, draw
from lib.gui.failures import explain
from lib.gui.figures import Shown, of_totals
from lib.gui.library.state import LibraryState, Line
from lib.gui.messages import Done, Failed, Message
from lib.gui.plot import Plot
from lib.gui.plot_menu import offer_saving
from lib.gui.plot_tabs import SMALLEST
from lib.gui.theme import Theme
from lib.gui.worker import Lane, Workers
from lib.wording import file_name, grouped

if TYPE_CHECKING:
    from lib.library import Total

# While songs come in, nobody sees more pictures.
BETWEEN_MILLISECONDS = 500


class Chart(ttk.Frame):
    """The picture, drawn in a thread when it is looked at.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw it.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, workers: Workers) -> None:
        super().__init__(parent)
        self._theme = theme
        self._drawing = Lane(workers, self._on_drawn)
        self._lines: tuple[Line, ...] = ()
        self._folder: Path | None = None
        self._wanted: Request | None = None
        self._waiting = ""
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.plot = Plot(self, theme)
        offer_saving(self.plot, theme, lambda: self.plot.request is not None)
        self.plot.grid(sticky="nsew")
        for event in ("<<ThemeChanged>>", "<Configure>", "<Map>"):
            self.bind(event, lambda _event: self._soon(), add=True)

    def show(self, state: LibraryState) -> None:
        """Show the songs of a state."""
        if state.lines is not self._lines or not (self.plot.request or self.plot.find_all()):
            self._lines, self._folder = state.lines, state.folder
            self._soon()

    @property
    def shown(self) -> Shown | None:
        """The chart, as it can be saved; None where it is not looked at, or not drawn yet."""
        if self.plot.request is None or self._folder is None or not self.plot.winfo_viewable():
            return None
        return Shown(file_name(f"{self._folder.name} - Genres"), of_totals(self._totals()))

    def _soon(self) -> None:
        """Draw in a while, unless that is coming anyway."""
        if not self._waiting:
            self._waiting = self.after(BETWEEN_MILLISECONDS, self._draw)

    def _draw(self) -> None:
        """Have the picture drawn, if it doesn't stand there already."""
        self._waiting = ""
        if not self.plot.winfo_viewable():
            return
        if not any(line.song.genre for line in self._lines):
            self._drawing.cancel()
            self._wanted = None
            self.plot.clear("The chart begins with the first song that is heard.")
            return
        if self._drawing.busy:
            self._soon()  # or a slow machine would begin many pictures and end none
            return
        found = self._totals()
        # A number in another style makes another picture.
        request = Request(
            f"totals {found} {grouped(1000)}", self._theme.name,
            self.plot.winfo_width(), self.plot.winfo_height(), 96 * self._theme.scale,
        )  # fmt: skip
        known = (self.plot.request, self._wanted)
        if min(request.width, request.height) < SMALLEST or request in known:
            return
        self._wanted = request
        self._drawing.start(lambda progress: draw(of_totals(found), request, progress))

    def _totals(self) -> tuple[Total, ...]:
        # The thread that read the songs has imported it already.
        from lib.library import totals

        return totals(line.song for line in self._lines)

    def _on_drawn(self, message: Message) -> None:
        self._wanted = None
        if isinstance(message, Done):
            self.plot.show(cast("Picture", message.result))
        elif isinstance(message, Failed):
            self.plot.clear(f"The chart can't be drawn. {explain(message.error).advice}")
