"""What a person chooses of how tags are written."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import replace
from tkinter import ttk

from lib.gui.library.tags.options import ANY_NUMBER, LEAST, MOST, SHARES, TagOptions
from lib.gui.library.tags.state import TagState
from lib.gui.theme import Theme
from lib.gui.widgets import Hint
from lib.wording import percent

ANY = "any"
# In the order of the form.
HINTS = (
    "Leave alone the files that name a genre already",
    "Write unsure answers, and those of songs unlike all that the model learned, too",
    "How many genres of a song are written at most, likeliest first",
    "How likely a genre must be to be written beside the first",
    "Leave out answers that are less sure than this",
)


class Form(ttk.Frame):
    """The options, but for the names; it has room for more at the end of its first line.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_choose : callable
        Called with other options.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, *, on_choose: Callable[[TagOptions], None]
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_choose = on_choose
        self._shown = TagOptions(), True
        self.only_empty, self.doubtful = tk.BooleanVar(self), tk.BooleanVar(self)
        ticks, fields = ttk.Frame(self), ttk.Frame(self)
        self.empty_box = self._tick(ticks, "Only where empty", self.only_empty)
        self.doubtful_box = self._tick(ticks, "Also unsure and outliers", self.doubtful)
        numbers = ["all" if most == ANY_NUMBER else str(most) for most in MOST]
        self.most_box = self._choices(fields, "Genres", numbers, 4)
        shares = [percent(p) if p else ANY for p in SHARES]
        self.share_box = self._choices(fields, "of at least", shares, 6)
        sure = [percent(p) if p else ANY for p in LEAST]
        self.least_box = self._choices(fields, "Confidence from", sure, 6)
        boxes = (
            self.empty_box, self.doubtful_box, self.most_box, self.share_box, self.least_box,
        )  # fmt: skip
        for box, hint in zip(boxes, HINTS, strict=True):
            Hint(box, theme, hint)
        self.columnconfigure(0, weight=1)
        ticks.grid(row=0, column=0, sticky="w", pady=(0, theme.px(8)))
        fields.grid(row=1, column=0, columnspan=3, sticky="w")

    def show(self, state: TagState) -> None:
        """Show the options of a state."""
        if (state.options, state.at_work) == self._shown:
            return
        self._shown = state.options, state.at_work
        options = state.options
        self.only_empty.set(options.only_empty)
        self.doubtful.set(options.doubtful)
        self.least_box.current(LEAST.index(options.least))
        self.most_box.current(MOST.index(options.most))
        self.share_box.current(SHARES.index(options.share))
        for box in (self.empty_box, self.doubtful_box, self.least_box, self.most_box):
            box.state(["disabled" if state.at_work else "!disabled"])
        unused = state.at_work or options.most == 1
        self.share_box.state(["disabled" if unused else "!disabled"])

    def go(self) -> None:
        """Put the focus on the first option."""
        self.empty_box.focus_set()

    def _tick(self, parent: ttk.Frame, text: str, variable: tk.BooleanVar) -> ttk.Checkbutton:
        """Add something that is so or not; Alt with its first letter changes it."""
        box = ttk.Checkbutton(
            parent, text=text, underline=0, variable=variable, command=self._choose
        )
        before = len(parent.grid_slaves())
        box.grid(row=0, column=before, padx=(self._theme.px(12) if before else 0, 0))
        return box

    def _choices(
        self, parent: ttk.Frame, name: str, values: Sequence[str], width: int
    ) -> ttk.Combobox:
        """Add a value to be chosen, behind its name."""
        px = self._theme.px
        box = ttk.Combobox(
            parent, values=list(values), state="readonly", width=width,
            font=self._theme.font("Body"),
        )  # fmt: skip

        def choose(_event: object) -> None:
            box.selection_clear()
            self._choose()

        box.bind("<<ComboboxSelected>>", choose)
        before = len(parent.grid_slaves())
        label = ttk.Label(parent, text=name, style="MutedBody.TLabel")
        label.grid(row=0, column=before, padx=(px(12) if before else 0, px(8)))
        box.grid(row=0, column=before + 1)
        return box

    def _choose(self) -> None:
        self._on_choose(
            replace(
                self._shown[0],
                only_empty=self.only_empty.get(),
                doubtful=self.doubtful.get(),
                least=LEAST[self.least_box.current()],
                most=MOST[self.most_box.current()],
                share=SHARES[self.share_box.current()],
            )
        )
