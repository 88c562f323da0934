"""The song page's face while a song is being heard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.told import About
from lib.gui.widgets import Line
from lib.gui.wording import step_line
from lib.wording import clean


class Working(ttk.Frame):
    """The face while a song is being heard.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_cancel : callable
        Called when Cancel is pressed.
    on_hurry : callable
        Called when the middle of a long song is enough.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_cancel: Callable[[], None],
        on_hurry: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self.columnconfigure((0, 2), weight=1)
        self.columnconfigure(1, weight=6)
        self.rowconfigure((0, 5), weight=1)
        self.doing = ttk.Label(self, style="MutedLarge.TLabel", anchor="center")
        self.doing.grid(row=1, column=1, sticky="ew")
        self.title = Line(self, theme, "Title", smaller=("Large",), anchor="center")
        self.title.grid(row=2, column=1, sticky="ew", pady=(px(4), px(28)))
        self.bar = ttk.Progressbar(self, mode="determinate", maximum=1.0, length=px(420))
        self.bar.grid(row=3, column=1, pady=(0, px(10)))
        foot = ttk.Frame(self)
        foot.grid(row=4, column=1)
        self.step = ttk.Label(foot, style="MutedBody.TLabel", anchor="center")
        self.step.grid(row=0, columnspan=2, pady=(0, px(28)))
        self.hurry_button = ttk.Button(
            foot, text="Hear only the middle", underline=len("Hear only the "), command=on_hurry
        )
        self.hurry_button.grid(row=1, column=0, padx=(0, px(8)))
        self.cancel_button = ttk.Button(foot, text="Cancel", underline=0, command=on_cancel)
        self.cancel_button.grid(row=1, column=1)
        self._running = False

    def show(self, state: State) -> None:
        """Show how far the work has come."""
        about = state.about or About(state.source)
        self.doing.configure(text=about.doing)
        self.title.show(clean(about.title))
        if about.long:
            self.hurry_button.grid()
        else:
            self.hurry_button.grid_remove()
        if state.fraction is None:
            self._run()
        else:
            self._stand()
            self.bar.configure(value=state.fraction)
        self.step.configure(text=step_line(state.step, state.fraction))

    def rest(self) -> None:
        """Stop moving, because nobody looks."""
        self._stand()
        self.bar.configure(value=0)

    def _run(self) -> None:
        """Move the bar to and fro: work goes on, and nobody knows how long."""
        if not self._running:
            self._running = True
            self.bar.configure(mode="indeterminate")
            self.bar.start(30)

    def _stand(self) -> None:
        if self._running:
            self._running = False
            self.bar.stop()
            self.bar.configure(mode="determinate")
