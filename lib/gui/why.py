"""The tab “Why”: what pulled a song towards its genre, drawn when it is looked at."""

from __future__ import annotations

import tkinter as tk
from typing import cast

from lib.gui.drawing import Picture, Request, draw_why
from lib.gui.failures import explain
from lib.gui.messages import Done, Failed, Message
from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.worker import Lane, Workers

SETTLE_MILLISECONDS = 120  # as the plots beside it
SMALLEST = 60  # pixels
_MARGIN = 40  # pixels beside a text


class WhyTab(tk.Canvas):
    """A picture of why, or a word in its place until it is known and drawn.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw it.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, workers: Workers) -> None:
        super().__init__(
            parent, highlightthickness=0, borderwidth=0, takefocus=0, width=1, height=1
        )
        self._theme = theme
        self._drawing = Lane(workers, self._on_drawn)
        self._state = State()
        self._image: tk.PhotoImage | None = None
        self._wanted: Request | None = None
        self._settling = ""
        self.request: Request | None = None  # of the picture that is shown
        for event in ("<<ThemeChanged>>", "<Configure>", "<Map>"):
            self.bind(event, lambda _event: self._settle(), add=True)

    def show(self, state: State) -> None:
        """Show why the song that was heard last was given its genre."""
        before, self._state = self._state, state
        if state.heard is not before.heard or state.why is not before.why:
            self._drawing.cancel()
            self._wanted = None
            self._say("" if state.heard is None else "Weighing what it heard …")
            self._settle()

    def _settle(self) -> None:
        """Look again once the window has come to rest."""
        self._place()
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
            self._say("Drawing …")
        self._wanted = request
        self._drawing.start(lambda progress: draw_why(heard, why, request, progress))

    def _on_drawn(self, message: Message) -> None:
        """Show the picture that was wanted last, or say why there is none."""
        if self._wanted is None or not isinstance(message, Done | Failed):
            return
        self._wanted = None
        if isinstance(message, Failed):
            self._say(f"This plot can't be drawn. {explain(message.error).advice}")
            return
        picture = cast("Picture", message.result)
        self.delete("all")
        self.configure(background=self._theme.palette.background)
        self._image = tk.PhotoImage(master=self, data=picture.data, format="ppm")
        self.create_image(0, 0, image=self._image, anchor="nw")
        self.request = picture.request

    def _say(self, text: str) -> None:
        """Show a text in place of the picture."""
        self._image, self.request = None, None
        self.delete("all")
        font = self._theme.font("Body")
        self.create_text(0, 0, text=text, justify="center", font=font, tags="text")
        self._place()

    def _place(self) -> None:
        """Give the text the middle of the canvas as it is now, and both the theme's colours."""
        colours, width, height = self._theme.palette, self.winfo_width(), self.winfo_height()
        self.configure(background=colours.background)
        self.coords("text", width // 2, height // 2)
        self.itemconfigure("text", width=max(width - _MARGIN, _MARGIN), fill=colours.muted)
