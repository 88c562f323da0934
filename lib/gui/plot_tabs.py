"""The tabs: a plot each, drawn when it is first looked at, and the result in words."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import cast

from lib.gui.drawing import PLOTS, Picture, Request, draw
from lib.gui.failures import explain
from lib.gui.messages import Done, Failed, Message
from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.told import Heard
from lib.gui.why import WhyTab
from lib.gui.words import Words
from lib.gui.worker import Lane, Workers

# A window that is being pulled larger passes through sizes that nobody will look at.
SETTLE_MILLISECONDS = 120
TABS = (*PLOTS, "why", "words")
SMALLEST = 60  # pixels; below it there is nothing to see, and matplotlib finds no room for its axes


class Plot(tk.Canvas):
    """One picture on its tab, or a word in its place while it is being drawn."""

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(
            parent, highlightthickness=0, borderwidth=0, takefocus=0, width=1, height=1
        )
        self._theme = theme
        self._image: tk.PhotoImage | None = None
        self.request: Request | None = None  # of the picture that is shown
        for event in ("<Configure>", "<<ThemeChanged>>"):
            self.bind(event, lambda _event: self._fit(), add=True)

    def clear(self, text: str) -> None:
        """Show a text in place of a picture."""
        self._image, self.request = None, None
        self.delete("all")
        font = self._theme.font("Body")
        self.create_text(0, 0, text=text, justify="center", font=font, tags="text")
        self._fit()

    def show(self, picture: Picture) -> None:
        """Show a picture."""
        self.delete("all")
        self.configure(background=self._theme.palette.background)
        self._image = tk.PhotoImage(master=self, data=picture.data, format="ppm")
        self.create_image(0, 0, image=self._image, anchor="nw")
        self.request = picture.request

    def _fit(self) -> None:
        """Give the text the middle of the canvas as it is now, and both the theme's colours."""
        colours, width, height = self._theme.palette, self.winfo_width(), self.winfo_height()
        self.configure(background=colours.background)
        self.coords("text", width // 2, height // 2)
        self.itemconfigure("text", width=max(width - 40, 40), fill=colours.muted)


class PlotTabs(ttk.Notebook):
    """The plots of a song and its result in words.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw the plots.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, workers: Workers) -> None:
        super().__init__(parent, width=1, height=1)
        self._theme = theme
        self._drawing = Lane(workers, self._on_drawn)
        self._heard: Heard | None = None
        self._wanted: Request | None = None
        self._settling = ""
        self.plots = {name: Plot(self, theme) for name in PLOTS}
        for name, title in PLOTS.items():
            self.add(self.plots[name], text=title)
        self.why = WhyTab(self, theme, workers)
        self.add(self.why, text="Why")
        self.words = Words(self, theme)
        self.add(self.words, text="In words")
        self.bind("<<NotebookTabChanged>>", lambda _event: self._look(), add=True)
        # <Map>, because what changed while another face hid the plots was not drawn then.
        for event in ("<<ThemeChanged>>", "<Configure>", "<Map>"):
            self.bind(event, lambda _event: self._settle(), add=True)

    @property
    def chosen(self) -> str:
        """The name of the tab that is shown: a plot's, or ``"words"``."""
        return TABS[int(self.index("current"))]  # type: ignore[no-untyped-call]

    @chosen.setter
    def chosen(self, name: str) -> None:
        if name in TABS:
            self.select(TABS.index(name))  # type: ignore[no-untyped-call]

    def choose(self, index: int) -> None:
        """Show the tab at a place, counted from 0, and put the focus on the tabs."""
        if self.winfo_viewable():
            self.chosen = TABS[index]
            self.focus_set()

    def turn(self, step: int) -> None:
        """Show the tab that many places on, beginning anew after the last."""
        focus = self.focus_displayof()
        # The notebook turns by itself while it has the focus.
        if self.winfo_viewable() and focus is not self:
            self.chosen = TABS[(TABS.index(self.chosen) + step) % len(TABS)]
            if focus is self.words.text:
                self.focus_set()

    def read(self) -> None:
        """Show the result in words, with the focus in it, for a person who reads by keyboard."""
        if self.winfo_viewable():
            self.chosen = "words"
            self.words.focus_text()

    def show(self, state: State) -> None:
        """Show the plots of the song that was heard last."""
        self.why.show(state)
        self._show_song(state)
        self.words.tell_why(state.why, state.heard)

    def _show_song(self, state: State) -> None:
        if state.heard is self._heard:
            return
        self._heard = state.heard
        self._drawing.cancel()
        self._wanted = None
        for plot in self.plots.values():
            plot.clear("")
        if state.heard is not None:
            self.words.show(state.heard.prediction, state.model)
            self._settle()

    def _settle(self) -> None:
        """Look again once the window has come to rest."""
        if self._settling:
            self.after_cancel(self._settling)
        self._settling = self.after(SETTLE_MILLISECONDS, self._look)

    def _look(self) -> None:
        """Have the plot that is looked at drawn, if it does not stand there already."""
        if self._settling:
            self.after_cancel(self._settling)
            self._settling = ""
        heard, name = self._heard, self.chosen
        if heard is None or name not in self.plots or not self.winfo_viewable():
            return
        plot = self.plots[name]
        request = Request(
            name, self._theme.name, plot.winfo_width(), plot.winfo_height(), 96 * self._theme.scale
        )
        if min(request.width, request.height) < SMALLEST or request in (plot.request, self._wanted):
            return
        if plot.request is None or plot.request.theme != request.theme:
            plot.clear("Drawing …")
        self._wanted = request
        self._drawing.start(lambda progress: draw(heard, request, progress))

    def _on_drawn(self, message: Message) -> None:
        """Show the picture that was wanted last, or say why there is none."""
        request = self._wanted
        if request is None or not isinstance(message, Done | Failed):
            return
        self._wanted = None
        if isinstance(message, Done):
            self.plots[request.plot].show(cast("Picture", message.result))
        else:
            failure = explain(message.error)
            self.plots[request.plot].clear(f"This plot can't be drawn. {failure.advice}")
