"""The Library page: how far a folder is, what is done with it, its songs, genres and tags."""

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
from lib.gui.library.tags.session import TagSession
from lib.gui.library.tags.state import Doing, TagState
from lib.gui.library.tags.tab import TagsTab
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
    tags : TagSession
        Do what a person asks for.
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
        tags: TagSession,
        *,
        on_open: Callable[[Path], None],
        on_export: Callable[[], None],
        on_playlists: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._on_export, self._on_playlists = on_export, on_playlists
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        self.headline = Line(self, theme, "Large", style="Large.TLabel")
        self.standing = Line(self, theme, "Body", style="MutedBody.TLabel")
        self.bar = ttk.Progressbar(self, mode="determinate", maximum=1.0)
        self.tabs = ttk.Notebook(self, width=1, height=1)
        self.songs = Songs(self.tabs, theme, on_open=on_open)
        self.chart = Chart(self.tabs, theme, workers)
        self.tags = TagsTab(self.tabs, theme, tags)
        for tab, name in ((self.songs, "Songs"), (self.chart, "Genres"), (self.tags, "Tags")):
            self.tabs.add(tab, text=name)
        self._library, self._tagging = session.state, tags.state
        self._able: dict[ttk.Widget, bool] = {}
        self.strip = Strip(self, theme, on_dismiss=session.dismiss)
        buttons = self._make_buttons(theme, session, tags)
        self.headline.grid(row=0, sticky="ew")
        self.standing.grid(row=1, sticky="ew", pady=(px(2), px(8)))
        self.bar.grid(row=2, sticky="ew", pady=(0, px(10)))
        self.tabs.grid(row=3, sticky="nsew")
        buttons.grid(row=4, sticky="ew", pady=(px(10), 0))
        self.strip.grid(row=5, sticky="ew")

    def show(self, state: LibraryState) -> None:
        """Show the state of the library."""
        self._library = state
        self.headline.show(headline(state))
        self.standing.show(standing(state))
        self.songs.show(state)
        self.chart.show(state)
        self.strip.show(state.failure)
        self.tags.show(self._tagging, state)
        self._show_work()

    def show_tags(self, tags: TagState) -> None:
        """Show the state of its tab Tags."""
        self._tagging = tags
        self.tags.show(tags, self._library)
        self._show_work()

    def turn_to_tags(self) -> None:
        """Show the tab Tags."""
        self.tabs.select(self.tags)  # type: ignore[no-untyped-call]
        self.tags.go()

    def go(self) -> None:
        """Put the focus where work begins."""
        for button in (self.start_button, self.pause_button):
            if button.winfo_manager() and not button.instate(["disabled"]):
                button.focus_set()
                return
        if str(self.tabs.select()) == str(self.tags):  # type: ignore[no-untyped-call]
            self.tags.go()
        else:
            self.songs.go()

    def turn(self, step: int) -> None:
        """Show the tab that many places on."""
        # The notebook turns by itself while it has the focus.
        if self.focus_displayof() is not self.tabs:
            tabs = len(self.tabs.tabs())  # type: ignore[no-untyped-call]
            shown = int(self.tabs.index("current"))  # type: ignore[no-untyped-call]
            self.tabs.select((shown + step) % tabs)  # type: ignore[no-untyped-call]

    def _make_buttons(self, theme: Theme, session: LibrarySession, tags: TagSession) -> ttk.Frame:
        """Make the buttons for all songs."""
        px, buttons = theme.px, ttk.Frame(self)

        def stop() -> None:
            session.stop()
            tags.stop()

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
        self.stop_button = ttk.Button(buttons, text="Cancel", underline=0, command=stop)
        self.tags_button = ttk.Button(
            buttons, text="Tags …", underline=0, command=self.turn_to_tags
        )
        self.export_button = ttk.Button(
            buttons, text="Export …", underline=0, command=self._on_export
        )
        self.lists_button = ttk.Button(
            buttons, text="Playlists …", underline=3, command=self._on_playlists
        )
        Hint(self.start_button, theme, "Hear what is new or has changed")
        Hint(self.stop_button, theme, "Stop; what was heard or written until then is kept")
        Hint(self.tags_button, theme, "Write genres into the files; a preview comes first")
        Hint(self.watch_box, theme, "When all is heard, go on with what arrives, until unticked")
        Hint(self.export_button, theme, "Write the table for other programs, as CSV or JSON")
        Hint(self.lists_button, theme, "Write a playlist (m3u8) for each genre")
        buttons.columnconfigure(3, weight=1)
        self.start_button.grid(row=0, column=0)
        self.pause_button.grid(row=0, column=0)
        self.stop_button.grid(row=0, column=1, padx=(px(8), 0))
        self.watch_box.grid(row=0, column=2, padx=(px(12), 0))
        more = (self.tags_button, self.export_button, self.lists_button)
        for column, button in enumerate(more, start=4):
            button.grid(row=0, column=column, padx=(px(8), 0))
        return buttons

    def _show_work(self) -> None:
        """Show how far that is which goes on, and the buttons that make sense."""
        state, tags = self._library, self._tagging
        tagging = tags.doing is not Doing.NOTHING
        if tagging or (state.busy and (state.waiting or state.pace is Pace.STOPPING)):
            self.bar.configure(value=(tags.fraction if tagging else state.fraction) or 0.0)
            if not self.bar.winfo_manager():
                self.bar.grid()
        elif self.bar.winfo_manager():
            self.bar.grid_remove()
        paused = state.pace is Pace.PAUSED
        ready = state.pace is Pace.IDLE and state.folder is not None and not tags.at_work
        hearing = state.pace in {Pace.HEARING, Pace.PAUSED}
        heard = any(line.song.genre for line in state.lines)
        self.watching.set(state.watching)
        self._show_start(state)
        able = {
            self.start_button: paused or (ready and bool(state.waiting or state.watching)),
            self.stop_button: hearing or (tagging and not tags.stopping),
            self.watch_box: state.folder is not None and not tags.at_work,
            self.tags_button: heard,
            self.export_button: bool(state.lines or state.former),
            self.lists_button: heard,
        }
        for widget, is_able in able.items():
            if self._able.get(widget) != is_able:
                widget.state(["!disabled" if is_able else "disabled"])
        self._able = able

    def _show_start(self, state: LibraryState) -> None:
        """Show the button that begins, or the one that pauses in its place."""
        pausing = state.pace is Pace.HEARING and state.waiting > 0
        text = "Go on" if state.pace is Pace.PAUSED else "Start"
        if str(self.start_button.cget("text")) != text:
            self.start_button.configure(text=text)
        gone, there = self.start_button, self.pause_button
        if not pausing:
            gone, there = there, gone
        if gone.winfo_manager():
            held = self.focus_displayof() is gone
            gone.grid_remove()
            there.grid()
            if held:
                there.focus_set()
