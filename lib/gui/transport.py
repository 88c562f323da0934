"""The line under the plots: play and pause, where the song is, and what can be kept of it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.plot_tabs import PlotTabs
from lib.gui.theme import Theme
from lib.gui.turntable import Turntable
from lib.gui.widgets import Hint, Paragraph
from lib.wording import clock

TICK_MILLISECONDS = 33
SKIP = 5.0  # seconds that an arrow key goes


class Transport(ttk.Frame):
    """Drives a turntable, and moves the playhead in the plots.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    turntable : Turntable
    tabs : PlotTabs
        Whose playhead it moves.
    on_save, on_report : callable
        Called when a picture of the plot, and a report of the song, are asked for.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        turntable: Turntable,
        tabs: PlotTabs,
        *,
        on_save: Callable[[], None],
        on_report: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._turntable, self._tabs = turntable, tabs
        self._ticking = ""
        self.columnconfigure(2, weight=1)
        self.play_button = ttk.Button(
            self, text="▶  Play", underline=3, width=9, command=turntable.toggle
        )
        self.time = ttk.Label(self, style="MutedBody.TLabel")
        self.trouble = Paragraph(self, style="TroubleCaption.TLabel")
        self.whole_button = ttk.Button(
            self, text="Whole song", underline=0, style="Quiet.Toolbutton", command=tabs.whole
        )
        self.save_button = ttk.Button(
            self, text="Save plot …", underline=0, style="Quiet.Toolbutton", command=on_save
        )
        self.report_button = ttk.Button(
            self, text="Report …", underline=0, style="Quiet.Toolbutton", command=on_report
        )
        Hint(self.play_button, theme, "Space plays and pauses; a click in a plot plays from there.")
        Hint(self.save_button, theme, "Save this plot as a picture, PNG or SVG (Ctrl+S)")
        Hint(self.report_button, theme, "Write a page about this song, to keep or print")
        self.play_button.grid(row=0, column=0)
        self.time.grid(row=0, column=1, padx=px(12))
        # In as many lines as it takes: whoever reads it has to do something.
        self.trouble.grid(row=0, column=2, sticky="ew")
        self.whole_button.grid(row=0, column=3, padx=(px(12), 0))
        self.save_button.grid(row=0, column=4, padx=(px(16), 0))
        self.report_button.grid(row=0, column=5, padx=(px(16), 0))
        tabs.bind("<<Zoomed>>", lambda _event: self._show_whole(), add=True)
        turntable.watch(self.show)

    def show(self) -> None:
        """Show what the turntable does."""
        playing = self._turntable.playing
        self.play_button.configure(
            text="❚❚  Pause" if playing else "▶  Play", underline=4 if playing else 3
        )
        self.trouble.configure(text=self._turntable.trouble)
        self._show_whole()
        self._tick()

    def toggle(self) -> None:
        """Play or pause by key, where that can be seen."""
        if self.winfo_viewable():
            self._turntable.toggle()

    def skip(self, by: float) -> None:
        """Go so many seconds on by key, where that can be seen."""
        if self.winfo_viewable():
            self._turntable.skip(by)

    def zoom(self, factor: float) -> None:
        """Zoom by key, around the playhead where it is in sight."""
        if self.winfo_viewable():
            self._tabs.zoom_around(factor, self._turntable.position)

    def _show_whole(self) -> None:
        """Offer the way back to the whole song where a part of it is shown."""
        if self._tabs.view.is_whole:
            self.whole_button.grid_remove()
        else:
            self.whole_button.grid()

    def _tick(self) -> None:
        """Move the playhead; only a few lines of the canvas, whatever the plot shows."""
        if self._ticking:
            self.after_cancel(self._ticking)
            self._ticking = ""
        turntable = self._turntable
        position, playing = turntable.position, turntable.playing
        self.time.configure(text=f"{clock(int(position))} / {clock(turntable.seconds)}")
        self._tabs.point(position if playing or position else None, follow=playing)
        if playing:
            self._ticking = self.after(TICK_MILLISECONDS, self._tick)
