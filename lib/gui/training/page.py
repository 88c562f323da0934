"""The training page: one of its faces, by its state."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.figures import Shown
from lib.gui.theme import Theme
from lib.gui.training.form import Form
from lib.gui.training.result import ResultFace
from lib.gui.training.running import Running
from lib.gui.training.session import Session
from lib.gui.training.state import Stage, TrainingState
from lib.gui.training.wording import headline
from lib.gui.widgets import Line, Paragraph
from lib.gui.worker import Workers
from lib.wording import clean

SHIPPED = ("ear", "mlp85")
"""The names of `lib.model.EAR_MODEL` and `lib.model.DEFAULT_MODEL`, which can't be imported here:
numpy would come with them."""


class TrainingPage(ttk.Frame):
    """Everything about the training of a model on one data set.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Draw the curves.
    session : Session
        Does what the page is asked for.
    on_back : callable
        Called when a person wants to leave the page; a training goes on.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        workers: Workers,
        session: Session,
        *,
        on_back: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self.columnconfigure(0, weight=1)
        self.rowconfigure(2, weight=1)
        self.back_button = ttk.Button(
            self, text="‹  Back", underline=3, style="Quiet.Toolbutton", command=on_back
        )
        self.headline = Line(self, theme, "Title", smaller=("Large",), style="Title.TLabel")
        self.back_button.grid(row=0, sticky="w", pady=(0, px(6)))
        self.headline.grid(row=1, sticky="ew", pady=(0, px(14)))
        self.form = Form(
            self, theme,
            on_start=lambda name, recipe, without, along: session.start(
                name, recipe, without=without, along=along
            ),
            on_restore=session.restore, folder_of=session.model_folder, shipped=SHIPPED,
        )  # fmt: skip
        self.running = Running(self, theme, workers, on_cancel=session.cancel)
        self.result = ResultFace(self, theme, on_use=session.use, on_keep=session.keep)
        self.trouble = Trouble(self, theme, on_back=session.back)
        self._faces: dict[Stage, ttk.Frame] = {
            Stage.READING: self.form,
            Stage.READY: self.form,
            Stage.TRAINING: self.running,
            Stage.TRAINED: self.result,
            Stage.FAILED: self.trouble,
        }
        self._face: ttk.Frame | None = None

    def show(self, state: TrainingState) -> None:
        """Show a state."""
        data = clean(state.folder.name) or clean(str(state.folder))
        match state:
            case TrainingState(stage=Stage.TRAINING):
                self.headline.show(f"Training “{clean(state.name)}”")
            case TrainingState(stage=Stage.TRAINED) if state.result is not None:
                self.headline.show(headline(state.result, state.name))
            case TrainingState(stage=Stage.FAILED) if state.failure is not None:
                self.headline.show(state.failure.headline)
            case _:
                self.headline.show(f"Train a model on “{data}”")
        self.form.show(state)
        self.running.show(state)
        self.result.show(state)
        self.trouble.show(state)
        self._turn(self._faces[state.stage])

    @property
    def shown(self) -> Shown | None:
        """The plot that is shown, as it can be saved; None where there is none."""
        if self._face is self.running:
            return self.running.shown
        return self.result.bars.shown if self._face is self.result else None

    def focus_first(self) -> None:
        """Put the focus on what a person does first on the face that is shown."""
        first: dict[ttk.Frame | None, tk.Misc] = {
            self.form: self.form.entry,
            self.running: self.running.cancel_button,
            self.result: self.result.use_button,
            self.trouble: self.trouble.again_button,
        }
        first.get(self._face, self.back_button).focus_set()

    def _turn(self, face: ttk.Frame) -> None:
        """Turn to a face; the others leave the window, and with it the tab order."""
        if face is self._face:
            return
        focus = self.focus_lastfor()
        held = focus is not None and str(focus).startswith(f"{self}.")
        if self._face is not None:
            self._face.grid_remove()
        self._face = face
        face.grid(row=2, column=0, sticky="nsew")
        if held:
            self.focus_first()


class Trouble(ttk.Frame):
    """The face that says why a data set can't be read, or a training came to nothing."""

    def __init__(self, parent: tk.Misc, theme: Theme, *, on_back: Callable[[], None]) -> None:
        super().__init__(parent)
        self.columnconfigure(0, weight=1)
        self.advice = Paragraph(self, style="Large.TLabel")
        self.again_button = ttk.Button(
            self, text="Read the data again", underline=0, style="Accent.TButton", command=on_back
        )
        self.advice.grid(row=0, sticky="ew", pady=(0, theme.px(20)))
        self.again_button.grid(row=1, sticky="w")

    def show(self, state: TrainingState) -> None:
        """Show a failure."""
        if state.failure is not None:
            self.advice.configure(text=state.failure.advice)
