"""“No, it is …”: the line by which a person tells what a song is."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, Line
from lib.wording import clean

_LONGEST_NAME = 16  # characters of a genre
WHAT_FOR = (
    "Keep this song with the genre that it has, in the data set “corrections”, for the next "
    "training. The page Data shows it; it can be taken back."
)


class CorrectionLine(ttk.Frame):
    """A button that becomes a field for the genre, and then what was said.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_correct : callable
        Called with the genre.
    on_take_back : callable
        Called when the correction is not to count any more.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_correct: Callable[[str], None],
        on_take_back: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        self._on_correct = on_correct
        self._state = State()
        self._asking = False
        self.columnconfigure(2, weight=1)
        small = "Link.Toolbutton"
        self.no_button = ttk.Button(self, text="No, it is …", style=small, command=self.ask)
        self.genre = tk.StringVar(self)
        self.entry = ttk.Combobox(
            self, textvariable=self.genre, font=theme.font("Body"), width=12, height=12
        )
        self.keep_button = ttk.Button(self, text="Keep", style=small, command=self._keep)
        self.leave_button = ttk.Button(self, text="Never mind", style=small, command=self._rest)
        self.said = ttk.Label(self)
        self.trouble = Line(self, theme, "Caption", style="TLabel")
        self.back_button = ttk.Button(self, text="Take back", style=small, command=on_take_back)
        Hint(self.no_button, theme, WHAT_FOR)
        Hint(self.keep_button, theme, WHAT_FOR)
        for key in ("<Return>", "<KP_Enter>"):
            self.entry.bind(key, lambda _event: self._keep())
        self.entry.bind("<Escape>", self._leave)
        self._gap = theme.px(10)
        self._lay()

    def show(self, state: State) -> None:
        """Show what a person says of the song of a state."""
        before, self._state = self._state, state
        if state.heard is not before.heard or state.correction != before.correction:
            self._asking = False
            self._lay()
        elif self._asking and state.refusal != before.refusal:
            self._complain(state.refusal)

    def ask(self) -> None:
        """Ask for the genre."""
        heard = self._state.heard
        if heard is None or heard.given is None:
            return
        said = heard.prediction.genre
        # Likeliest first, as they stand in the bars.
        others = [genre for genre in heard.prediction.probabilities if genre != said]
        self.entry.configure(values=[genre for genre in others if clean(genre) == genre])
        self.genre.set("")
        self._asking = True
        self._lay()
        self.entry.focus_set()

    def _keep(self) -> None:
        if self.genre.get().strip():
            self._on_correct(self.genre.get())
        else:
            self._complain("Name the genre first.")
            self.entry.focus_set()

    def _complain(self, text: str) -> None:
        """Say below the field what is wrong: the window's foot is far from there."""
        self.trouble.show(text)
        if text:
            self.trouble.grid(row=1, column=0, columnspan=3, sticky="ew")
        else:
            self.trouble.grid_remove()

    def _leave(self, _event: object) -> str:
        self._rest()
        return "break"  # the window's Escape would go back to the list

    def _rest(self) -> None:
        self._asking = False
        self._lay()
        self.no_button.focus_set()

    def _lay(self) -> None:
        """Show the parts that are wanted now."""
        for part in self.grid_slaves():
            part.grid_remove()
        if self._asking:
            self.entry.grid(row=0, column=0)
            self.keep_button.grid(row=0, column=1, padx=self._gap)
            self.leave_button.grid(row=0, column=2, sticky="w")
        elif self._state.correction:
            told = clean(self._state.correction, longest=_LONGEST_NAME)
            self.said.configure(text=f"You say it is {told}.")
            self.said.grid(row=0, column=0)
            self.back_button.grid(row=0, column=1, padx=self._gap)
        elif self._state.heard is not None and self._state.heard.given is not None:
            self.no_button.grid(row=0, column=0, sticky="w")
