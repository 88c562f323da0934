"""The window's side for libraries: made when it is first looked at, and driven from outside."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from tkinter import ttk

from lib.gui.figures import Shown
from lib.gui.hearing import Ear
from lib.gui.library.bar import FolderBar
from lib.gui.library.page import LibraryPage
from lib.gui.library.session import LibrarySession
from lib.gui.library.state import LibraryState
from lib.gui.library.tags.options import TagOptions
from lib.gui.library.tags.session import TagSession
from lib.gui.library.tags.state import TagState
from lib.gui.state import Store
from lib.gui.theme import Theme
from lib.gui.training.side import CORRECTIONS
from lib.gui.worker import Workers
from lib.wording import clean


@dataclass(frozen=True)
class Asks:
    """What the side asks of the window.

    Parameters
    ----------
    folder : callable
        Given a title and where to begin, asks a person for a folder; returns ``""`` if none was
        chosen.
    save : callable
        Asks a person for the name of a table; returns ``""`` likewise.
    hear : callable
        Called with the path of a song to hear.
    notify : callable
        Called with a short sentence for the foot of the window.
    remember : callable
        Called with another folder that was turned to, to be kept at once.
    """

    folder: Callable[[str, Path], str]
    save: Callable[[], str]
    hear: Callable[[str], None]
    notify: Callable[[str], None]
    remember: Callable[[Path], None]


class LibrarySide:
    """The page, and its line at the top of the window.

    Parameters
    ----------
    theme : Theme
    workers : Workers
        Run what takes long.
    ear : Ear
        Knows the model that answers.
    asks : Asks
        What it asks of the window.
    folder : Path or None
        The one that was looked at last.
    sets : callable
        Returns the folder that data sets lie in.
    tagging : TagOptions
        How genre tags were written last.
    """

    def __init__(
        self,
        theme: Theme,
        workers: Workers,
        ear: Ear,
        asks: Asks,
        *,
        folder: Path | None,
        sets: Callable[[], Path],
        tagging: TagOptions,
    ) -> None:
        self._theme = theme
        self._workers = workers
        self._asks = asks
        self.store = Store(LibraryState(folder=folder))
        self.session = LibrarySession(self.store, workers, ear, on_notice=asks.notify)
        self._tag_store = Store(TagState(tagging))
        self.tags = TagSession(
            self._tag_store, workers, self.store,
            corrections=lambda: sets() / CORRECTIONS,
            on_changed=self.session.look, on_failure=self.session.report,
        )  # fmt: skip
        self.bar: FolderBar | None = None
        self.page: LibraryPage | None = None

    def make(self, line: tk.Misc, body: tk.Misc) -> None:
        """Make the widgets where they belong, and look into the folder; the second time nothing."""
        if self.page is not None:
            return
        self.bar = FolderBar(
            line, self._theme, on_choose=self.choose, on_folder=self._choose_folder
        )
        self.page = LibraryPage(
            body, self._theme, self._workers, self.session, self.tags,
            on_open=lambda path: self._asks.hear(str(path)),
            on_export=self._export, on_playlists=self._write_playlists,
        )  # fmt: skip
        self.bar.grid(row=0, column=0, sticky="nsew")
        self.page.grid(row=0, column=0, sticky="nsew")
        self.store.watch(self._show)
        self._tag_store.watch(self.page.show_tags)
        self.session.look()

    @property
    def parts(self) -> tuple[ttk.Frame, ...]:
        """What is to leave the window when it turns to something else."""
        return () if self.bar is None or self.page is None else (self.bar, self.page)

    @property
    def name(self) -> str:
        """The folder's name, for the window's title."""
        folder = self.store.state.folder
        return folder.name if folder is not None else ""

    def choose(self, text: str) -> None:
        """Turn to a folder, by its path."""
        folder = Path(text).expanduser() if text.strip() else None
        # What is typed has no control characters; what was chosen may.
        known = self.store.state.folder
        if folder is None or (known is not None and text == clean(str(known), longest=4096)):
            self._asks.notify("")  # what was said of another folder is over
            self.session.look()
        elif folder.is_dir():
            self._turn_to(folder)
        else:
            self._asks.notify(f"There is no folder “{clean(text, longest=60)}”.")

    def go(self) -> None:
        """Put the focus where work begins."""
        if self.bar is not None and self.page is not None:
            if self.store.state.folder is None:
                self.bar.entry.focus_set()
            else:
                self.page.go()

    def turn_tab(self, step: int) -> None:
        """Show the tab that many places on."""
        if self.page is not None:
            self.page.turn(step)

    @property
    def shown(self) -> Shown | None:
        """The plot that is shown, as it can be saved; None where there is none."""
        return None if self.page is None else self.page.chart.shown

    def look_anew(self) -> None:
        """Look into the folder again for another model, where anybody has looked."""
        if self.page is not None:
            self.session.follow_model()
            self.tags.follow_model()

    def follow_settings(self) -> None:
        """Show numbers and doubts as the settings have them by now."""
        if self.page is not None:
            self._show(self.store.state)
            self.session.reword()

    def take(self, texts: list[str]) -> None:
        """Take a folder that was dropped."""
        if texts:
            self.choose(texts[0])

    def _show(self, state: LibraryState) -> None:
        if self.bar is not None and self.page is not None:
            self.bar.show(state)
            self.page.show(state)

    def _choose_folder(self) -> None:
        """Ask a person for a folder and turn to it."""
        begin = self.store.state.folder or Path.home()
        path = self._asks.folder("Choose a folder of songs", begin)
        if path:
            self._turn_to(Path(path))

    def _turn_to(self, folder: Path) -> None:
        """Turn to another folder, unless tags are being written in this one."""
        if self.tags.state.at_work:
            self._asks.notify("Wait until the tags are written, or cancel that, first.")
        else:
            self._asks.notify("")
            self.session.choose(folder.absolute())
            if (turned := self.store.state.folder) is not None:  # it does not while it hears
                self._asks.remember(turned)

    def _export(self) -> None:
        path = self._asks.save()
        if path:
            self.session.export(Path(path))

    def _write_playlists(self) -> None:
        begin = self.store.state.folder or Path.home()
        path = self._asks.folder("Choose a folder for the playlists", begin)
        if path:
            self.session.write_playlists(Path(path))
