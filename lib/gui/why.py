"""The tab “Why”: what pulled a song towards its genre, drawn when it is looked at."""

from __future__ import annotations

import tkinter as tk
from typing import TYPE_CHECKING, cast

from lib.gui.drawing import Picture, Request, draw
from lib.gui.failures import explain
from lib.gui.figures import of_why
from lib.gui.messages import Done, Failed, Message
from lib.gui.plot import Plot
from lib.gui.plot_menu import offer_saving
from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.worker import Lane, Workers

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.explanation import Explanation

SETTLE_MILLISECONDS = 120  # as the plots beside it
SMALLEST = 60  # pixels
LOW = 2.4  # inches; below it the picture leaves some of it to “In words”


class WhyTab(Plot):
    """A picture of why, or a word in its place until it is known and drawn.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw it.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, workers: Workers) -> None:
        super().__init__(parent, theme)
        offer_saving(self, theme, lambda: self.request is not None)
        self._drawing = Lane(workers, self._on_drawn)
        self._state = State()
        self._wanted: Request | None = None
        self._settling = ""
        for event in ("<<ThemeChanged>>", "<Configure>", "<Map>"):
            self.bind(event, lambda _event: self._settle(), add=True)

    def follow(self, state: State) -> None:
        """Show why the song that was heard last was given its genre."""
        before, self._state = self._state, state
        if state.heard is not before.heard or state.why is not before.why:
            self._drawing.cancel()
            self._wanted = None
            self.clear("" if state.heard is None else "Weighing what it heard …")
            self._settle()

    @property
    def explanation(self) -> Explanation | None:
        """Why, where that is known."""
        return self._state.why

    def _settle(self) -> None:
        """Look again once the window has come to rest."""
        if self._settling:
            self.after_cancel(self._settling)
        self._settling = self.after(SETTLE_MILLISECONDS, self._look)

    def _look(self) -> None:
        """Have it drawn, if it is looked at and does not stand there already."""
        self._settling = ""
        heard, why = self._state.heard, self._state.why
        if heard is None or why is None or not self.winfo_viewable():
            return
        request = Request(
            "why", self._theme.name, self.winfo_width(), self.winfo_height(),
            96 * self._theme.scale,
        )  # fmt: skip
        if min(request.width, request.height) < SMALLEST or request in (self.request, self._wanted):
            return
        if self.request is None or self.request.theme != request.theme:
            self.clear("Drawing …")
        self._wanted = request
        make = of_why(heard, why, low=request.height < LOW * request.dpi)
        self._drawing.start(lambda progress: draw(make, request, progress))

    def _on_drawn(self, message: Message) -> None:
        """Show the picture that was wanted last, or say why there is none."""
        if self._wanted is None or not isinstance(message, Done | Failed):
            return
        self._wanted = None
        if isinstance(message, Failed):
            self.clear(f"This plot can't be drawn. {explain(message.error).advice}")
        else:
            self.show(cast("Picture", message.result))
