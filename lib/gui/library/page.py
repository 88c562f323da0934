"""The Library page: how far a folder is, what is done with it, its songs and its genres."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

from lib.gui.data.strip import Strip
from lib.gui.library.chart import Chart
from lib.gui.library.session import LibrarySession
from lib.gui.library.songs import Songs
from lib.gui.library.state import LibraryState, Pace
from lib.gui.library.wording import headline, standing
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, Line
from lib.gui.worker import Workers


class LibraryPage(ttk.Frame):
    """The page.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw the chart.
    session : LibrarySession
        Does what a person asks for.
    on_open : callable
        Called with the file of a song that a person wants to hear.
    on_export, on_playlists : callable
        Called when these buttons are pressed.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        workers: Workers,
        session: LibrarySession,
        *,
        on_open: Callable[[Path], None],
        on_export: Callable[[], None],
        on_playlists: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        self.headline = Line(self, theme, "Large", style="Large.TLabel")
        self.standing = Line(self, theme, "Body", style="MutedBody.TLabel")
        self.bar = ttk.Progressbar(self, mode="determinate", maximum=1.0)
        self.tabs = ttk.Notebook(self, width=1, height=1)
        self.songs = Songs(self.tabs, theme, on_open=on_open)
        self.chart = Chart(self.tabs, theme, workers)
        self.tabs.add(self.songs, text="Songs")
        self.tabs.add(self.chart, text="Genres")
        self.strip = Strip(self, theme, on_dismiss=session.dismiss)
        buttons = ttk.Frame(self)
        self.watching = tk.BooleanVar(self)
        self.watch_box = ttk.Checkbutton(
            buttons, text="Watch for new songs", underline=0, variable=self.watching,
            command=lambda: session.watch(self.watching.get()),
        )  # fmt: skip
        self.start_button = ttk.Button(
            buttons, text="Start", underline=0, width=8, style="Accent.TButton",
            command=session.start,
        )  # fmt: skip
        self.pause_button = ttk.Button(
            buttons, text="Pause", underline=0, width=8, command=session.pause
        )
        self.stop_button = ttk.Button(buttons, text="Cancel", underline=0, command=session.stop)
        self.export_button = ttk.Button(buttons, text="Export …", underline=0, command=on_export)
        self.lists_button = ttk.Button(
            buttons, text="Playlists …", underline=3, command=on_playlists
        )
        Hint(self.start_button, theme, "Hear what is new or has changed")
        Hint(self.stop_button, theme, "Stop; what was heard is kept, and Start goes on from there")
        Hint(self.watch_box, theme, "When all is heard, go on with what arrives in the folder")
        Hint(self.export_button, theme, "Write the table for other programs, as CSV or JSON")
        Hint(self.lists_button, theme, "Write a playlist (m3u8) for each genre")
        self.headline.grid(row=0, sticky="ew")
        self.standing.grid(row=1, sticky="ew", pady=(px(2), px(8)))
        self.bar.grid(row=2, sticky="ew", pady=(0, px(10)))
        self.tabs.grid(row=3, sticky="nsew")
        buttons.grid(row=4, sticky="ew", pady=(px(10), 0))
        self.strip.grid(row=5, sticky="ew")
        buttons.columnconfigure(3, weight=1)
        self.start_button.grid(row=0, column=0)
        self.pause_button.grid(row=0, column=0)
        self.stop_button.grid(row=0, column=1, padx=(px(8), 0))
        self.watch_box.grid(row=0, column=2, padx=(px(12), 0))
        self.export_button.grid(row=0, column=4)
        self.lists_button.grid(row=0, column=5, padx=(px(8), 0))

    def show(self, state: LibraryState) -> None:
        """Show a state."""
        self.headline.show(headline(state))
        self.standing.show(standing(state))
        self.songs.show(state)
        self.chart.show(state)
        self.strip.show(state.failure)
        self._show_bar(state)
        self._show_buttons(state)

    def go(self) -> None:
        """Put the focus where work begins."""
        for button in (self.start_button, self.pause_button):
            if button.winfo_manager() and not button.instate(["disabled"]):
                button.focus_set()
                return
        self.songs.go()

    def turn(self, step: int) -> None:
        """Show the tab that many places on."""
        # The notebook turns by itself while it has the focus.
        if self.focus_displayof() is not self.tabs:
            tabs = len(self.tabs.tabs())  # type: ignore[no-untyped-call]
            shown = int(self.tabs.index("current"))  # type: ignore[no-untyped-call]
            self.tabs.select((shown + step) % tabs)  # type: ignore[no-untyped-call]

    def _show_bar(self, state: LibraryState) -> None:
        if state.busy and (state.waiting or state.pace is Pace.STOPPING):
            self.bar.configure(value=state.fraction or 0.0)
            self.bar.grid()
        else:
            self.bar.grid_remove()

    def _show_buttons(self, state: LibraryState) -> None:
        """Show the buttons that make sense."""
        pausing = state.pace is Pace.HEARING and state.waiting > 0
        held = self.focus_displayof() in {self.start_button, self.pause_button}
        if pausing:
            self.start_button.grid_remove()
            self.pause_button.grid()
        else:
            self.pause_button.grid_remove()
            self.start_button.grid()
        if held:
            (self.pause_button if pausing else self.start_button).focus_set()
        paused = state.pace is Pace.PAUSED
        self.start_button.configure(text="Go on" if paused else "Start")
        ready = state.pace is Pace.IDLE and state.folder is not None
        able = {
            self.start_button: paused or (ready and bool(state.waiting or state.watching)),
            self.stop_button: state.pace in {Pace.HEARING, Pace.PAUSED},
            self.watch_box: not state.busy,
            self.export_button: bool(state.lines),
            self.lists_button: any(line.song.genre for line in state.lines),
        }
        for widget, is_able in able.items():
            widget.state(["!disabled" if is_able else "disabled"])
