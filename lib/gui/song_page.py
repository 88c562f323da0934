"""The page of a song, or of a list of songs: one of its faces, by the state."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from tkinter import ttk

from lib.gui.cover import Fetch
from lib.gui.playlist_page import PlaylistPage
from lib.gui.plot_tabs import PlotTabs
from lib.gui.results_page import ResultsPage
from lib.gui.state import Page, Phase, State
from lib.gui.theme import Theme
from lib.gui.transport import Transport
from lib.gui.trouble import Trouble
from lib.gui.turntable import Turntable
from lib.gui.verdict import Verdict
from lib.gui.welcome import Welcome
from lib.gui.wording import list_name
from lib.gui.worker import Workers
from lib.gui.working import Working
from lib.wording import clean

LONGEST_NAME = 70  # characters of a list's name on the button that leads back to it


@dataclass(frozen=True)
class Actions:
    """What the page can ask for.

    Parameters
    ----------
    open, cancel, hurry, dismiss, insist, back : callable
        Called when these buttons are pressed: choose a file, stop, hear the middle alone, put away,
        hear it all the same, return to the list.
    pick, open_song : callable
        Called with the place, from 0, of a search's result and of a song of a playlist.
    browse, copy : callable
        Called with a link, to open it in the browser and to put it on the clipboard.
    picture : callable
        Given the id of a video, returns its picture; called in a thread.
    save, report : callable
        Called to keep a picture of the plot that is shown, and a report of the song.
    correct, take_back : callable
        Called with the genre that a song has, and when that is not to count any more.
    """

    open: Callable[[], None]
    cancel: Callable[[], None]
    hurry: Callable[[], None]
    dismiss: Callable[[], None]
    insist: Callable[[], None]
    back: Callable[[], None]
    pick: Callable[[int], None]
    open_song: Callable[[int], None]
    browse: Callable[[str], None]
    copy: Callable[[str], None]
    picture: Fetch
    save: Callable[[], None]
    report: Callable[[], None]
    correct: Callable[[str], None]
    take_back: Callable[[], None]


class SongPage(ttk.Frame):
    """Everything about one song, or the list it is picked from.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw the plots.
    actions : Actions
        What it can ask for.
    turntable : Turntable
        Plays the song.
    can_drop : bool
        Whether files can be dropped on this window.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        workers: Workers,
        actions: Actions,
        turntable: Turntable,
        *,
        can_drop: bool,
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.welcome = Welcome(self, theme, on_open=actions.open, can_drop=can_drop)
        self.working = Working(self, theme, on_cancel=actions.cancel, on_hurry=actions.hurry)
        self.trouble = Trouble(
            self, theme,
            on_open=actions.open, on_dismiss=actions.dismiss, on_insist=actions.insist,
        )  # fmt: skip
        self.results = ResultsPage(self, theme, on_pick=actions.pick)
        self.playlist = PlaylistPage(
            self, theme, on_open=actions.open_song, on_cancel=actions.cancel
        )
        self.result = ttk.Frame(self)
        self.result.columnconfigure(0, weight=1)
        self.result.rowconfigure(2, weight=1)
        self.back_button = ttk.Button(self.result, style="Quiet.Toolbutton", command=actions.back)
        self.verdict = Verdict(
            self.result, theme, workers,
            on_browse=actions.browse, on_copy=actions.copy, picture=actions.picture,
            on_correct=actions.correct, on_take_back=actions.take_back,
        )  # fmt: skip
        self._turntable = turntable
        self.tabs = PlotTabs(
            self.result, theme, workers,
            on_seek=turntable.play, on_save=actions.save, on_report=actions.report,
        )  # fmt: skip
        self.transport = Transport(
            self.result, theme, turntable, self.tabs,
            on_save=actions.save, on_report=actions.report,
        )  # fmt: skip
        self.back_button.grid(row=0, sticky="w", pady=(0, px(8)))
        self.verdict.grid(row=1, sticky="ew", pady=(px(6), px(18)))
        self.tabs.grid(row=2, sticky="nsew")
        self.transport.grid(row=3, sticky="ew", pady=(px(6), 0))
        self._faces: dict[Phase, ttk.Frame] = {
            Phase.EMPTY: self.welcome,
            Phase.HEARING: self.working,
            Phase.FAILED: self.trouble,
            Phase.HEARD: self.result,
            Phase.CHOOSING: self.results,
            Phase.PLAYLIST: self.playlist,
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
        self.verdict.tell(state)
        self.results.show(state)
        self.playlist.show(state)
        self._show_back(state)
        self._turn(state.phase)
        self.tabs.show(state)
        self._turntable.put(state.heard)
        if state.phase is not Phase.HEARD or state.page is not Page.LISTEN:
            self._turntable.pause()  # where it can't be seen, it can't be stopped

    def _show_back(self, state: State) -> None:
        """Show the way back to the list, if the song was picked from one."""
        name = list_name(state)
        if name:
            self.back_button.configure(text=f"‹  {clean(name, longest=LONGEST_NAME)}")
            self.back_button.grid()
        else:
            self.back_button.grid_remove()

    def _turn(self, phase: Phase) -> None:
        """Turn to the face of a phase; the others leave the window, and with it the tab order."""
        if phase is self._phase:
            return
        # Who gave words or a playlist goes on in its list, by keyboard too.
        focused = self._holds_focus() or phase in {Phase.CHOOSING, Phase.PLAYLIST}
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
            Phase.CHOOSING: self.results.first,
            Phase.PLAYLIST: self.playlist.table,
        }[phase]
