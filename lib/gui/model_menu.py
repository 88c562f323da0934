"""The menu of models, from which a person chooses the one that answers."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from lib.gui.facts import ModelFacts
from lib.gui.hearing import Ear
from lib.gui.messages import Done, Failed, Message
from lib.gui.theme import Theme
from lib.gui.widgets import make_menu
from lib.gui.worker import Lane, Workers
from lib.progress import Progress
from lib.wording import clean

ANOTHER = "Another folder …"
LONGEST = 50  # letters of a name


@dataclass(frozen=True)
class Choice:
    """The models that there are.

    Parameters
    ----------
    folders : tuple of Path
        Of the models where models lie, by name, and of the present one wherever that lies.
    present : Path
        Of the model that answers.
    """

    folders: tuple[Path, ...]
    present: Path


class ModelMenu:
    """Shows which models there are, and lets the window answer with the chosen one.

    Parameters
    ----------
    root : tk.Tk
    theme : Theme
    workers : Workers
        Look for models and read the chosen one.
    ear : Ear
        Has the present model, and takes the new one.
    models : Path or None
        The folder that models lie in; None for the usual one.
    ask : callable
        Asks a person for the folder of a model: given where to begin, returns a path or ``""``.
    on_taken : callable
        Called with the folder of the model that answers now, None for the one that ships, and what
        it is.
    on_trouble : callable
        Called with the reason why a model can't be used; the one from before answers still.

    Attributes
    ----------
    menu : tk.Menu or None
        As it was shown last.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        workers: Workers,
        ear: Ear,
        *,
        models: Path | None,
        ask: Callable[[Path], str],
        on_taken: Callable[[Path | None, ModelFacts], None],
        on_trouble: Callable[[BaseException], None],
    ) -> None:
        self._root, self._theme, self._ear = root, theme, ear
        self._models = models
        self._ask = ask
        self._on_taken, self._on_trouble = on_taken, on_trouble
        self._looking = Lane(workers, self._on_look)
        self._taking = Lane(workers, self._on_take)
        self._beside: tk.Misc | None = None
        self.menu: tk.Menu | None = None

    def show(self, beside: tk.Misc) -> None:
        """Show the menu above a widget as soon as it is known which models there are."""
        self._beside = beside
        self._looking.start(lambda progress: look(self._ear, self._models, progress))

    def _on_look(self, message: Message) -> None:
        match message:
            case Done():
                self._post(cast("Choice", message.result))
            case Failed():
                self._on_trouble(message.error)
            case _:
                pass

    def _post(self, choice: Choice) -> None:
        """Put the menu up, with the present model marked and the first to be chosen by keys."""
        if self.menu is not None:
            self.menu.destroy()
        self.menu = menu = self._make(choice)
        beside = self._beside or self._root
        menu.update_idletasks()
        menu.tk_popup(
            beside.winfo_rootx(),
            max(beside.winfo_rooty() - menu.winfo_reqheight(), 0),
            choice.folders.index(choice.present),
        )

    def _make(self, choice: Choice) -> tk.Menu:
        menu = make_menu(self._root, self._theme)
        present = tk.StringVar(menu, str(choice.present))
        menu.configure(postcommand=lambda: present.set(str(choice.present)))
        for folder in choice.folders:
            menu.add_radiobutton(
                label=clean(folder.name, longest=LONGEST), variable=present, value=str(folder),
                command=lambda folder=folder: self.take(folder),  # type: ignore[misc]
            )  # fmt: skip
        menu.add_separator()
        menu.add_command(label=ANOTHER, command=lambda: self._ask_for(choice.present.parent))
        return menu

    def _ask_for(self, where: Path) -> None:
        found = self._ask(where)
        if found:
            self.take(Path(found))

    def take(self, folder: Path) -> None:
        """Let the model of a folder answer, if it can be used."""
        self._taking.start(lambda progress: take(folder, self._ear, progress))

    def _on_take(self, message: Message) -> None:
        match message:
            case Done():
                folder, facts = cast("tuple[Path | None, ModelFacts]", message.result)
                self._on_taken(folder, facts)
            case Failed():
                self._on_trouble(message.error)
            case _:
                pass


def look(ear: Ear, models: Path | None, progress: Progress) -> Choice:
    """Find the models among which a person can choose."""
    progress("Looking for models", None)
    from lib.model import MODELS_FOLDER

    present = ear.folder.resolve()
    found = {path.parent.resolve() for path in (models or MODELS_FOLDER).glob("*/model.json")}
    named = sorted(
        (folder for folder in found | {present} if not folder.name.startswith(".")),
        key=lambda folder: (folder.name.casefold(), folder),
    )
    return Choice(tuple(named), present)


def take(folder: Path, ear: Ear, progress: Progress) -> tuple[Path | None, ModelFacts]:
    """Let the window answer with the model of a folder.

    Returns
    -------
    folder : Path or None
        None where it is the one that answers where none is named: that may be another tomorrow.
    facts : ModelFacts

    Raises
    ------
    EarmarkError
        If it can't be used; the window then answers with the model from before.
    """
    progress("Reading the model", None)
    from lib.model import usual_model

    chosen = None if folder.resolve() == usual_model()[0].resolve() else folder
    ear.use(chosen)
    return chosen, ear.facts(progress)
