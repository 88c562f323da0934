"""The training page's face while a training runs: its curves, how long it takes, its log."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import cast

from lib.gui.drawing import Picture, Request, draw
from lib.gui.failures import explain
from lib.gui.figures import Shown, of_epochs
from lib.gui.messages import Done, Failed, Message
from lib.gui.plot import Plot
from lib.gui.plot_menu import offer_saving
from lib.gui.plot_tabs import SMALLEST
from lib.gui.theme import Theme
from lib.gui.training.state import Stage, TrainingState
from lib.gui.training.wording import progress_line
from lib.gui.widgets import Line
from lib.gui.words import keep_from_writing
from lib.gui.worker import Lane, Workers
from lib.wording import clean, file_name

# Each picture takes the training a tenth of a second, and nobody sees more of them.
BETWEEN_MILLISECONDS = 700
LOG_LINES = 3


class Running(ttk.Frame):
    """The face while a training runs.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw the curves.
    on_cancel : callable
        Called when Cancel is pressed.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, workers: Workers, *, on_cancel: Callable[[], None]
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._drawing = Lane(workers, self._on_drawn)
        self._state = TrainingState()
        self._wanted: Request | None = None
        self._waiting = ""
        self._log: tuple[str, ...] = ()
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        self.step = Line(self, theme, "Body", style="TLabel")
        self.cancel_button = ttk.Button(self, text="Cancel", underline=0, command=on_cancel)
        self.bar = ttk.Progressbar(self, mode="determinate", maximum=1.0)
        self.curves = Plot(self, theme)
        offer_saving(self.curves, theme, lambda: self.shown is not None)
        self.log = tk.Text(
            self, font=theme.font("Caption"), wrap="word", borderwidth=0, relief="flat", undo=False,
            padx=px(10), pady=px(6), highlightthickness=px(2), width=1, height=LOG_LINES,
        )  # fmt: skip
        keep_from_writing(self.log)
        self.step.grid(row=0, column=0, sticky="ew", pady=(0, px(6)))
        self.cancel_button.grid(row=0, column=1, rowspan=2, padx=(px(12), 0))
        self.bar.grid(row=1, column=0, sticky="ew")
        self.curves.grid(row=2, column=0, columnspan=2, sticky="nsew", pady=px(10))
        self.log.grid(row=3, column=0, columnspan=2, sticky="ew")
        for event in ("<<ThemeChanged>>", "<Configure>", "<Map>"):
            self.bind(event, lambda _event: self._soon(), add=True)
        self.bind("<<ThemeChanged>>", lambda _event: self._recolour(), add=True)
        self._recolour()

    def show(self, state: TrainingState) -> None:
        """Show how far a training is."""
        fresh = state.epochs != self._state.epochs
        begins = not state.epochs
        self._state = state
        self.step.show(progress_line(state))
        self._move(state.fraction if state.stage is Stage.TRAINING else 0.0)
        if begins and (self.curves.request or not self.curves.find_all()):
            self._drawing.cancel()
            self._wanted = None
            self.curves.clear("The curves begin with the first epoch.")
        if state.log != self._log:
            self._log = state.log
            self.log.delete("1.0", "end")
            self.log.insert("1.0", "\n".join(state.log))
            self.log.see("end")
        if fresh:
            self._soon()

    @property
    def shown(self) -> Shown | None:
        """The curves, as they can be saved; None before the first epoch."""
        state = self._state
        if not state.epochs:
            return None
        name = file_name(f"{clean(state.name)} - Learning curves")
        return Shown(name, of_epochs(state.epochs))

    def _move(self, fraction: float | None) -> None:
        """Move the bar; to and fro where nobody knows how far the work is."""
        running = str(self.bar.cget("mode")) == "indeterminate"
        if fraction is None and not running:
            self.bar.configure(mode="indeterminate")
            self.bar.start(30)
        elif fraction is not None:
            if running:
                self.bar.stop()
                self.bar.configure(mode="determinate")
            self.bar.configure(value=fraction)

    def _soon(self) -> None:
        """Draw in a while, unless that is coming anyway."""
        if not self._waiting:
            self._waiting = self.after(BETWEEN_MILLISECONDS, self._draw)

    def _draw(self) -> None:
        """Have the curves drawn, if they don't stand there already."""
        self._waiting = ""
        epochs = self._state.epochs
        if not epochs or not self.curves.winfo_viewable():
            return
        request = Request(
            f"curves of {len(epochs)} epochs", self._theme.name,
            self.curves.winfo_width(), self.curves.winfo_height(), 96 * self._theme.scale,
        )  # fmt: skip
        known = (self.curves.request, self._wanted)
        if min(request.width, request.height) < SMALLEST or request in known:
            return
        if self._drawing.busy:
            self._soon()  # or a slow machine would begin many pictures and end none
            return
        self._wanted = request
        self._drawing.start(lambda progress: draw(of_epochs(epochs), request, progress))

    def _on_drawn(self, message: Message) -> None:
        if isinstance(message, Done):
            self.curves.show(cast("Picture", message.result))
        elif isinstance(message, Failed):
            self.curves.clear(f"The curves can't be drawn. {explain(message.error).advice}")

    def _recolour(self) -> None:
        colours = self._theme.palette
        self.log.configure(
            background=colours.background, foreground=colours.muted,
            selectbackground=colours.selection, selectforeground=colours.text,
            inactiveselectbackground=colours.selection, insertbackground=colours.text,
            highlightbackground=colours.line, highlightcolor=colours.accent,
        )  # fmt: skip
