"""The page of one song: one of four faces, by the state."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.plot_tabs import PlotTabs
from lib.gui.state import Phase, State
from lib.gui.theme import Theme
from lib.gui.trouble import Trouble
from lib.gui.verdict import Verdict
from lib.gui.welcome import Welcome
from lib.gui.worker import Workers
from lib.gui.working import Working


class SongPage(ttk.Frame):
    """Everything about one song.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw the plots.
    on_open, on_cancel, on_dismiss : callable
        Called when these buttons are pressed.
    can_drop : bool
        Whether files can be dropped on this window.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        workers: Workers,
        *,
        on_open: Callable[[], None],
        on_cancel: Callable[[], None],
        on_dismiss: Callable[[], None],
        can_drop: bool,
    ) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.welcome = Welcome(self, theme, on_open=on_open, can_drop=can_drop)
        self.working = Working(self, theme, on_cancel=on_cancel)
        self.trouble = Trouble(self, theme, on_open=on_open, on_dismiss=on_dismiss)
        self.result = ttk.Frame(self)
        self.result.columnconfigure(0, weight=1)
        self.result.rowconfigure(1, weight=1)
        self.verdict = Verdict(self.result, theme)
        self.tabs = PlotTabs(self.result, theme, workers)
        self.verdict.grid(row=0, sticky="ew", pady=(theme.px(6), theme.px(18)))
        self.tabs.grid(row=1, sticky="nsew")
        self._faces: dict[Phase, ttk.Frame] = {
            Phase.EMPTY: self.welcome,
            Phase.HEARING: self.working,
            Phase.FAILED: self.trouble,
            Phase.HEARD: self.result,
        }
        self._phase: Phase | None = None

    def show(self, state: State) -> None:
        """Show a state."""
        self.welcome.show(state)
        if state.phase is Phase.HEARING:
            self.working.show(state)
        else:
            self.working.rest()
        if state.phase is Phase.FAILED:
            self.trouble.show(state)
        if state.heard is not None:
            self.verdict.show(state.heard.prediction)
        self._turn(state.phase)
        self.tabs.show(state)

    def _turn(self, phase: Phase) -> None:
        """Turn to the face of a phase; the others leave the window, and with it the tab order."""
        if phase is self._phase:
            return
        focused = self._holds_focus()
        if self._phase is not None:
            self._faces[self._phase].grid_remove()
        self._phase = phase
        self._faces[phase].grid(row=0, column=0, sticky="nsew")
        if focused:
            self._first_of(phase).focus_set()

    def _holds_focus(self) -> bool:
        # The last focus: the person may be in another program by the time a song is heard.
        focus = self.focus_lastfor()
        return focus is not None and str(focus).startswith(f"{self}.")

    def _first_of(self, phase: Phase) -> tk.Misc:
        """Return what the focus goes to when the widget that had it leaves the window."""
        return {
            Phase.EMPTY: self.welcome.open_button,
            Phase.HEARING: self.working.cancel_button,
            Phase.FAILED: self.trouble.open_button,
            Phase.HEARD: self.tabs,
        }[phase]
