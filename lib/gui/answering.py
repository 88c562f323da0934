"""Which model answers: the one that ships, or one that a person took."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lib.gui.controller import Controller
from lib.gui.facts import ModelFacts
from lib.gui.memory import Memory
from lib.gui.state import Page, State, Store


class Answering:
    """Lets the window go on with another model, and remembers it.

    Parameters
    ----------
    memory : Memory
        Remembers it.
    store : Store
        Holds the state.
    controller : Controller
        Hears the song that is shown again.
    turn : callable
        Turns to a page, and takes away what lies over it.
    on_other : callable
        Called when another model answers.
    """

    def __init__(
        self,
        memory: Memory,
        store: Store[State],
        controller: Controller,
        *,
        turn: Callable[[Page], None],
        on_other: Callable[[], None],
    ) -> None:
        self._memory, self._store, self._controller = memory, store, controller
        self._turn, self._on_other = turn, on_other

    def take(self, folder: Path | None, facts: ModelFacts) -> None:
        """Answer with a model that was trained, or with the one that ships."""
        if folder is not None and self._store.state.page is Page.TRAINING:
            self._turn(Page.LISTEN)  # to hear with it
        self.answer(folder, facts)

    def answer(self, folder: Path | None, facts: ModelFacts) -> None:
        """Answer with another model from now on, tomorrow too."""
        self._memory.change(model=str(folder or ""))
        self._controller.answer_with(facts)
        self._on_other()

    def refuse(self, error: BaseException) -> None:
        """Say why a model can't answer, where there is room for it."""
        self._turn(Page.LISTEN)
        self._controller.report(error)
