"""The window's side for training: made when it is first looked at, and driven from outside."""

from __future__ import annotations

import os
import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from lib.gui.facts import ModelFacts
from lib.gui.figures import Shown
from lib.gui.hearing import Ear
from lib.gui.state import Store
from lib.gui.theme import Theme
from lib.gui.training.page import TrainingPage
from lib.gui.training.session import Session
from lib.gui.training.state import TrainingState
from lib.gui.worker import Workers
from lib.places import cache_folder

# As lib.collecting calls it, which takes too long to import before the window stands.
CORRECTIONS = "corrections"


@dataclass(frozen=True)
class Teaching:
    """How models are trained.

    Parameters
    ----------
    models : Path or None
        The folder that models lie in; None for the usual one.
    options : tuple of str
        More that 02_train.py is to be told.
    """

    models: Path | None = None
    options: tuple[str, ...] = ()


class TrainingSide:
    """The training page and what it needs.

    Parameters
    ----------
    theme : Theme
    workers : Workers
    ear : Ear
    teaching : Teaching
    sets : callable
        Returns the folder that data sets lie in.
    on_taken : callable
        Called with the folder of a model that was taken, None for the one that ships, and what
        it is.
    on_notice : callable
        Called with a line for the foot of the window.
    on_back : callable
        Called when a person wants to leave the page; a training goes on.
    """

    def __init__(
        self,
        theme: Theme,
        workers: Workers,
        ear: Ear,
        teaching: Teaching,
        *,
        sets: Callable[[], Path],
        on_taken: Callable[[Path | None, ModelFacts], None],
        on_notice: Callable[[str], None],
        on_back: Callable[[], None],
    ) -> None:
        self._theme = theme
        self._workers = workers
        self._on_back = on_back
        self.store = Store(TrainingState())
        self.session = Session(
            self.store, workers, ear,
            models=teaching.models, corrections=lambda: sets() / CORRECTIONS,
            # Of this program alone: another window may train as well.
            candidates=cache_folder() / "trained" / str(os.getpid()),
            on_taken=on_taken, on_notice=on_notice, options=teaching.options,
        )  # fmt: skip
        self.page: TrainingPage | None = None

    def make(self, body: tk.Misc) -> None:
        """Make the page where it belongs; the second time nothing."""
        if self.page is None:
            self.page = TrainingPage(
                body, self._theme, self._workers, self.session, on_back=self._on_back
            )
            self.page.grid(row=0, column=0, sticky="nsew")
            self.store.watch(self.page.show)

    @property
    def parts(self) -> tuple[ttk.Frame, ...]:
        """What is to leave the window when it turns to something else."""
        return () if self.page is None else (self.page,)

    @property
    def shown(self) -> Shown | None:
        """The plot that is shown, as it can be saved; None where there is none."""
        return None if self.page is None else self.page.shown

    def go(self) -> None:
        """Put the focus where work begins."""
        if self.page is not None:
            self.page.focus_first()

    def step_back(self) -> None:
        """Leave the page; a training goes on."""
        self._on_back()
