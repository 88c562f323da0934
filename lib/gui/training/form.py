"""The training page's face before a training: what is learned from, under what name, and how."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from pathlib import Path
from tkinter import ttk

from lib.gui.theme import Theme
from lib.gui.training.state import Survey, TrainingState
from lib.gui.training.wording import (
    RECIPES,
    along_words,
    data_line,
    obstacle,
    scarce_line,
    usual_recipe,
)
from lib.gui.widgets import Paragraph
from lib.gui.wording import genre_name

Start = Callable[[str, str, tuple[str, ...], bool], None]


class Form(ttk.Frame):
    """The face before a training.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_start : callable
        Called with the model's name, the recipe, the genres to leave out, and whether to take
        along what the person corrected.
    on_restore : callable
        Called when the model that ships is to answer again.
    folder_of : callable
        Given a model's name, returns where it would lie.
    shipped : sequence of str
        The names of the models that ship, which nothing replaces.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_start: Start,
        on_restore: Callable[[], None],
        folder_of: Callable[[str], Path],
        shipped: Sequence[str],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._on_start = on_start
        self._folder_of = folder_of
        self._shipped = shipped
        self._survey: Survey | None = None
        self.name = tk.StringVar(self)
        self.recipe = tk.StringVar(self, value=next(iter(RECIPES)))
        self.leave_out = tk.BooleanVar(self)
        self.along = tk.BooleanVar(self, value=True)
        self.columnconfigure(1, weight=1)
        self.data = Paragraph(self, style="TLabel")
        self.scarce = Paragraph(self, style="TLabel")
        self.leave_button = ttk.Checkbutton(
            self, text="Leave them out", variable=self.leave_out, command=self._update
        )
        self.along_button = ttk.Checkbutton(self, variable=self.along, command=self._update)
        self.data.grid(row=0, column=1, sticky="ew")
        self.scarce.grid(row=1, column=1, sticky="ew", pady=(px(10), 0))
        self.leave_button.grid(row=2, column=1, sticky="w", pady=(px(4), 0))
        self.along_button.grid(row=3, column=1, sticky="w", pady=(px(4), 0))
        self.entry = ttk.Entry(self, textvariable=self.name, font=theme.font("Body"), width=32)
        self.entry.grid(row=4, column=1, sticky="w", pady=(px(10), 0))
        self.hint = ttk.Label(self, style="MutedCaption.TLabel")
        self.hint.grid(row=5, column=1, sticky="w", pady=(px(2), px(6)))
        for row, label in ((0, "Data"), (4, "Name"), (6, "Recipe")):
            ttk.Label(self, text=label, style="MutedBody.TLabel").grid(
                row=row,
                column=0,
                sticky="nw",
                padx=(0, px(24)),
                pady=(px(19 if row == 4 else 0), 0),
            )
        self.recipes = self._make_recipes(theme)
        self.recipes.grid(row=6, column=1, sticky="ew")
        buttons = ttk.Frame(self)
        buttons.grid(row=7, column=1, sticky="ew", pady=(px(10), px(6)))
        buttons.columnconfigure(1, weight=1)
        self.start_button = ttk.Button(
            buttons, text="Start training", underline=0, style="Accent.TButton", command=self.start
        )
        self.start_button.grid(row=0, column=0)
        self.restore_button = ttk.Button(buttons, style="Quiet.Toolbutton", command=on_restore)
        self.restore_button.grid(row=0, column=1, sticky="e")
        self.why = Paragraph(self, style="MutedBody.TLabel")
        self.why.grid(row=8, column=1, sticky="ew")
        self.entry.bind("<Return>", lambda _event: self.start())
        self.entry.bind("<KP_Enter>", lambda _event: self.start())
        self.name.trace_add("write", lambda *_: self._update())

    @property
    def left_out(self) -> tuple[str, ...]:
        """The genres that are left out."""
        return self._found.scarce if self._found is not None and self.leave_out.get() else ()

    @property
    def _found(self) -> Survey | None:
        """What is known of the data, with the corrections if they are taken along."""
        return None if self._survey is None else self._survey.taking(self.along.get())

    @property
    def obstacle(self) -> str:
        """Why training can't begin; "" where it can."""
        if self._found is None:
            return "Reading the data …"
        return obstacle(
            self._found, self.name.get(), self.recipe.get(),
            left_out=self.leave_out.get(), shipped=self._shipped,
        )  # fmt: skip

    def start(self) -> None:
        """Begin, if nothing stands in the way."""
        if not self.obstacle:
            self._on_start(self.name.get(), self.recipe.get(), self.left_out, self.along.get())

    def show(self, state: TrainingState) -> None:
        """Show what is known of the data."""
        if state.survey is self._survey:
            return
        before, self._survey = self._survey, state.survey
        if state.survey is not None and (before is None or before.folder != state.survey.folder):
            self.name.set(state.survey.name)
            self.recipe.set(usual_recipe(state.survey))
        self._update()

    def _make_recipes(self, theme: Theme) -> ttk.Frame:
        """Make a button for each recipe, with what it does under it."""
        frame, px = ttk.Frame(self), theme.px
        frame.columnconfigure(0, weight=1)
        for number, (recipe, (name, does)) in enumerate(RECIPES.items()):
            button = ttk.Radiobutton(
                frame, text=name, variable=self.recipe, value=recipe, command=self._update
            )
            words = Paragraph(frame, style="MutedBody.TLabel")
            words.configure(text=does)
            button.grid(row=2 * number, sticky="w")
            words.grid(row=2 * number + 1, sticky="ew", padx=(px(28), 0), pady=(0, px(2)))
        return frame

    def _update(self) -> None:
        """Say what stands in the way, and what there is to learn from."""
        found, name = self._found, self.name.get()
        along = along_words(found) if found is not None else ""
        self.along_button.configure(text=along, underline=along.find("g"))
        self.data.configure(text="Reading …" if found is None else data_line(found, self.left_out))
        scarce = scarce_line(found) if found is not None else ""
        self.scarce.configure(text=scarce)
        few = found.scarce if found is not None else ()
        them = genre_name(few[0]) if len(few) == 1 else "them"
        words = f"Leave {them} out"
        # The L is taken: it turns to the page Listen.
        self.leave_button.configure(text=words, underline=len(words) - len("out"))
        present = found.present if found is not None else ""
        self.restore_button.configure(text=f"Answer with the model that ships again, not {present}")
        for widget, wanted in (
            (self.scarce, scarce), (self.leave_button, scarce), (self.restore_button, present),
            (self.along_button, along),
        ):  # fmt: skip
            if wanted:
                widget.grid()
            else:
                widget.grid_remove()
        self.why.configure(text=self.obstacle)
        self.start_button.state(["disabled" if self.obstacle else "!disabled"])
        there = bool(name.strip()) and not self.obstacle and self._folder_of(name).exists()
        self.hint.configure(
            text="A model of this name is there. It is replaced if you take the new one."
            if there
            else "Its folder in outputs/models is called so."
        )
