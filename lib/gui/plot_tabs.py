"""The tabs: a plot each, drawn when it is first looked at, and the result in words."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from tkinter import ttk
from typing import cast

from lib.gui.drawing import PLOTS, Picture, Request, draw
from lib.gui.failures import explain
from lib.gui.figures import Shown, of_song, of_why
from lib.gui.messages import Done, Failed, Message
from lib.gui.plot import SongPlot, Touch
from lib.gui.plot_menu import song_menu
from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.told import Heard, song_file
from lib.gui.view import View
from lib.gui.why import WhyTab
from lib.gui.words import Words
from lib.gui.worker import Lane, Workers

# A window that is being pulled larger passes through sizes that nobody will look at.
SETTLE_MILLISECONDS = 120
TABS = (*PLOTS, "why", "words")
# As long as a second click may take, where it would mean something else than the first.
DOUBLE_MILLISECONDS = 250
LOW = 2.2  # inches; below it a plot has no room for the names of its axes
SMALLEST = 60  # pixels; below it there is nothing to see, and matplotlib finds no room for its axes


class PlotTabs(ttk.Notebook):
    """The plots of a song and its result in words.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw the plots.
    on_seek : callable
        Called with the second that was clicked.
    on_save, on_report : callable
        Called when a plot's menu is asked for a picture of it, or a report of the song.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        workers: Workers,
        *,
        on_seek: Callable[[float], None],
        on_save: Callable[[], None],
        on_report: Callable[[], None],
    ) -> None:
        super().__init__(parent, width=1, height=1)
        self._theme = theme
        self._drawing = Lane(workers, self._on_drawn)
        self._heard: Heard | None = None
        self._wanted: Request | None = None
        self._settling = self._seeking = ""
        self._on_seek = on_seek
        self.view = View.of(0.0)
        self._on_save, self._on_report = on_save, on_report
        self._menu: tk.Menu | None = None
        touch = Touch(self._seek, self._zoom, self.move, self.whole, self._pop_up)
        self.plots = {name: SongPlot(self, theme, touch) for name in PLOTS}
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

    @property
    def shown(self) -> Shown | None:
        """The plot that is shown, as it can be saved; None where there is none."""
        heard, why = self._heard, self.why.explanation
        if heard is None or not self.winfo_viewable():
            return None
        if self.chosen == "why" and why is not None:
            return Shown(f"{song_file(heard)} - Why", of_why(heard, why))
        if self.chosen not in self.plots:
            return None
        make = of_song(heard, self.chosen, self.view.span)
        return Shown(f"{song_file(heard)} - {PLOTS[self.chosen]}", make)

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
        self.why.follow(state)
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
            plot.point(None)
        self.view = View.of(state.heard.prediction.seconds if state.heard is not None else 0.0)
        if state.heard is not None:
            self.words.show(state.heard.prediction, state.model)
            self._settle()

    def point(self, seconds: float | None, *, follow: bool = False) -> None:
        """Put the playhead at a second in all plots; nowhere for None.

        Parameters
        ----------
        seconds : float or None
        follow : bool
            Whether to turn on to the stretch that it runs into.
        """
        for plot in self.plots.values():
            plot.point(seconds)
        if seconds is not None and follow and seconds > self.view.end:
            self._show_view(self.view.moved(seconds - self.view.start))

    def whole(self) -> None:
        """Show the whole song."""
        self._forget_click()
        self._show_view(View.of(self.view.seconds))

    def move(self, by: float) -> None:
        """Show what lies so many seconds later."""
        self._show_view(self.view.moved(by))

    def turn_page(self, step: int) -> None:
        """Show what lies half of the picture later, or earlier."""
        self.move(step * (self.view.end - self.view.start) / 2)

    def zoom_around(self, factor: float, seconds: float) -> None:
        """Show `factor` times as much, around a second where that is in sight."""
        view = self.view
        seen = seconds > 0.0 and view.start <= seconds <= view.end
        self._zoom(factor, seconds if seen else (view.start + view.end) / 2)

    def _zoom(self, factor: float, around: float) -> None:
        self._show_view(self.view.zoomed(factor, around))

    def _show_view(self, view: View) -> None:
        """Show a stretch at once, as well as what is drawn can show it, then have it drawn."""
        if view == self.view or self._heard is None or not view.seconds:
            return
        self.view = view
        if self.chosen in self.plots:
            self.plots[self.chosen].stretch(view)
        self.event_generate("<<Zoomed>>")
        self._settle()

    def _seek(self, seconds: float) -> None:
        """Take a click for what it is: of a zoomed plot, it may become a double one."""
        self.focus_set()
        self._forget_click()
        if self.view.is_whole:
            self._on_seek(seconds)
        else:
            self._seeking = self.after(DOUBLE_MILLISECONDS, self._on_seek, seconds)

    def _forget_click(self) -> None:
        if self._seeking:
            self.after_cancel(self._seeking)
            self._seeking = ""

    def _pop_up(self, x: int, y: int, seconds: float | None) -> None:
        """Show the menu of a plot."""
        # Anew each time: the window opens without waiting for it, and the theme may have changed.
        if self._menu is not None:
            self._menu.destroy()
        self._menu = song_menu(
            self,
            self._theme,
            play=partial(self._on_seek, seconds) if seconds is not None else None,
            whole=None if self.view.is_whole else self.whole,
            save=self._on_save,
            report=self._on_report,
        )
        self._menu.tk_popup(x, y)

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
            name, self._theme.name, plot.winfo_width(), plot.winfo_height(),
            96 * self._theme.scale, self.view.span,
        )  # fmt: skip
        if min(request.width, request.height) < SMALLEST or request in (plot.request, self._wanted):
            return
        if plot.request is None or plot.request.theme != request.theme:
            plot.clear("Drawing …")
        plot.stretch(self.view)
        self._wanted = request
        make = of_song(heard, name, request.span, low=request.height < LOW * request.dpi)
        self._drawing.start(lambda progress: draw(make, request, progress, boxes=True))

    def _on_drawn(self, message: Message) -> None:
        """Show the picture that was wanted last, or say why there is none."""
        request = self._wanted
        if request is None or not isinstance(message, Done | Failed):
            return
        self._wanted = None
        if isinstance(message, Done):
            self.plots[request.plot].show_view(cast("Picture", message.result), self.view)
        else:
            failure = explain(message.error)
            self.plots[request.plot].clear(f"This plot can't be drawn. {failure.advice}")
