"""The window: its parts put together, its life from opening to closing."""

from __future__ import annotations

import contextlib
import gc
import sys
import tkinter as tk
from collections.abc import Callable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from lib.gui.answering import Answering
from lib.gui.asking import Asking
from lib.gui.choosing import Choosing, Dialogs
from lib.gui.comfort import Comfort, Keeping
from lib.gui.data.shelf import TABLE
from lib.gui.data.side import Asks, DataSide
from lib.gui.deeds import Deeds
from lib.gui.density import make_aware_of_density
from lib.gui.dialogs import ask_for_folder, ask_for_song, ask_where_to_save, open_browser
from lib.gui.drag import let_drag
from lib.gui.face import Face
from lib.gui.frame import place
from lib.gui.icon import set_icon
from lib.gui.keys import bind_window
from lib.gui.library.side import Asks as LibraryAsks
from lib.gui.library.side import LibrarySide
from lib.gui.memory import Adoption, Memory
from lib.gui.menu import Item
from lib.gui.model_menu import ModelMenu
from lib.gui.sides import Sides
from lib.gui.state import Page, State
from lib.gui.theme import Theme
from lib.gui.training import Teaching, TrainingSide
from lib.gui.works import Works
from lib.places import config_folder
from lib.wording import clean, write_numbers

if TYPE_CHECKING:  # at run time it is imported in a thread, after the window stands
    from lib.playback import Player

POLL_MILLISECONDS = 20
# Each call of Tk gives the interpreter away; a thread that draws would keep it ten times as long.
SWITCH_SECONDS = 0.0005


class App:
    """The window of Earmark.

    Parameters
    ----------
    model : Path or None
        Folder of the model that answers; None for the one that ships.
    choose : callable
        Asks a person for a song: given the window, a folder and the suffixes to offer, returns a
        path, or ``""`` if none was chosen.
    asking : Asking or None
        How YouTube is asked; None for the usual way.
    browse : callable
        Opens a link in the browser; returns False if that did not work.
    data : Path or None
        The folder that data sets lie in; None for the usual one.
    choose_folder : callable
        Asks a person for a folder: given the window, where to begin and, but for that of a data
        set, a title, returns a path, or ``""`` if none was chosen.
    player : Player or None
        Plays songs and excerpts; None for one on this machine's device.
    choose_place : callable
        Asks a person where to save something: given the window, a file's name and the suffixes it
        may have, returns a path, or ``""`` if none was chosen.
    teaching : Teaching
        How models are trained.
    """

    def __init__(
        self,
        *,
        model: Path | None = None,
        choose: Callable[[tk.Tk, str, tuple[str, ...]], str] = ask_for_song,
        asking: Asking | None = None,
        browse: Callable[[str], object] = open_browser,
        data: Path | None = None,
        choose_folder: Callable[..., str] = ask_for_folder,
        player: Player | None = None,
        choose_place: Callable[[tk.Tk, str, tuple[str, ...]], str] = ask_where_to_save,
        teaching: Teaching = Teaching(),  # noqa: B008 (it is frozen)
    ) -> None:
        make_aware_of_density()
        self.root = tk.Tk(className="Earmark")
        self.root.withdraw()  # until it stands complete: a window that builds itself up flickers
        self.root.report_callback_exception = self._report
        self._closed = False
        dialogs = Dialogs(choose, choose_folder, choose_place)
        self._choosing = Choosing(self.root, dialogs, lambda: self._closed)
        self._memory = Memory(self.root, config_folder() / "window.json")
        write_numbers(self._memory.settings.numbers)
        self.theme = Theme(self.root)
        self.theme.use(self._memory.settings.theme)
        works = self._works = Works(
            self._memory.settings, self._choosing, self.theme.name,
            model=model, asking=asking or Asking(), browse=browse, data=data, player=player,
        )  # fmt: skip
        self.store, self.controller, self.ear = works.store, works.controller, works.ear
        self.lines, self.turntable = works.lines, works.turntable
        self.deeds = Deeds(
            self.root, self.theme, self.store, self.controller,
            choosing=self._choosing, memory=self._memory, saving=works.saving,
            sides=lambda: self.sides,
        )  # fmt: skip
        self.answering = Answering(
            self._memory, self.store, self.controller,
            turn=self._turn_openly, on_other=self._look_anew,
        )  # fmt: skip
        self._make_sides(teaching)
        self._build()
        self.store.watch(self._show)
        self.store.watch(works.reasons.follow)
        set_icon(self.root)
        place(self.root, self._memory.settings, self.theme)

    def open(self, source: str = "") -> None:
        """Show the window and begin to work; hear `source` at once if there is one."""
        sys.setswitchinterval(SWITCH_SECONDS)
        self.root.deiconify()
        self.bar.entry.focus_force()
        self._poll()
        # The window is drawn before the first import competes with it for the interpreter.
        self.root.update()
        if not self._closed:
            self.controller.prepare()
        if source and not self._closed:
            self.controller.hear(source)

    def run(self, source: str = "") -> None:
        """Show the window and return when it is closed."""
        self.open(source)
        try:
            if not self._closed:
                self.root.mainloop()
        except KeyboardInterrupt:  # Ctrl+C in the terminal, between two callbacks
            self.close()

    def choose_model(self) -> None:
        """Let a person choose the model that answers."""
        self.models.show(self.status.models)

    def turn(self, page: Page) -> None:
        """Turn to another page."""
        if page is Page.DATA:
            self.data.make(
                self.header.line, self._face.body, self.theme, browser=self.lines.browser
            )
            self.data.controller.look()
        elif page is Page.LIBRARY:
            self.library.make(self.header.line, self._face.body)
        self.controller.turn(page)

    def train(self, folder: Path) -> None:
        """Turn to the training page, for the data set of a folder."""
        self.training.make(self._face.body)
        self.training.session.look(folder)
        self.controller.turn(Page.TRAINING)

    def use_cookies(self, browser: str) -> None:
        """Send the cookies of a browser to YouTube from now on; of none for ``""``."""
        self._memory.change(browser=browser)
        self.lines.use_cookies(browser)

    def close(self) -> None:
        """Remember the window, end all work, and take the window away."""
        if self._closed:
            return
        self._closed = True
        self._memory.change(
            theme=self.theme.name,
            tab=self.page.tabs.chosen,
            data_set=str(self.store.state.data.folder),
            library=str(self.library.store.state.folder or ""),
            tagging=self.library.tags.state.options,
        )
        self.root.withdraw()
        self.training.session.close()
        self._works.workers.close()
        self.training.session.tidy()
        self.lines.close()
        # A callback that Tk still means to call would find its widget gone and say so on stderr.
        for waiting in self.root.tk.splitlist(self.root.tk.call("after", "info")):
            with contextlib.suppress(tk.TclError):
                self.root.tk.call("after", "cancel", waiting)
        self.root.destroy()
        gc.unfreeze()  # see `Controller`: the window itself is garbage now

    def _make_sides(self, teaching: Teaching) -> None:
        """Make the sides that are built when they are first looked at."""
        choosing, notify = self._choosing, self.controller.notify
        asks = Asks(
            folder=choosing.data_set,
            browser=self.use_cookies,
            browse=self.controller.browse,
            notify=notify,
            train=self.train,
        )
        self.data = DataSide(self.store, self._works.workers, self._works.shelf, asks)
        self.training = TrainingSide(
            self.theme, self._works.workers, self.ear, teaching,
            sets=lambda: self._works.shelf.root, on_taken=self.answering.take, on_notice=notify,
            on_back=partial(self.turn, Page.DATA),
        )  # fmt: skip
        self.models = ModelMenu(
            self.root, self.theme, self._works.workers, self.ear,
            models=teaching.models, ask=choosing.model, on_taken=self.answering.answer,
            on_trouble=self.answering.refuse,
        )  # fmt: skip
        library_asks = LibraryAsks(
            folder=choosing.folder, save=choosing.table, hear=self.controller.hear, notify=notify,
            remember=lambda folder: self._memory.change(library=str(folder)),
        )  # fmt: skip
        last = self._memory.settings.library
        self.library = LibrarySide(
            self.theme,
            self._works.workers,
            self.ear,
            library_asks,
            folder=Path(last) if last else None,
            sets=lambda: self._works.shelf.root,
            tagging=self._memory.settings.tagging,
        )

    def _build(self) -> None:
        """Build what is always there, and bind it together."""
        face = self._face = Face(
            self.root, self.theme, self._works.workers, self.controller, self.turntable,
            self.deeds.actions(self.ear.picture, self._works.reasons),
            on_page=self.turn, on_open=self.deeds.choose_song, on_models=self.choose_model,
            on_keys=self._show_keys, on_drop=self._drop, on_hover=self._invite,
        )  # fmt: skip
        self.header, self.bar, self.offer = face.header, face.bar, face.offer
        self.page, self.status = face.page, face.status
        self.page.tabs.chosen = self._memory.settings.tab
        self.sides = Sides(
            self.store, self.controller,
            bar=self.bar, offer=self.offer, page=self.page, data=self.data, training=self.training,
            library=self.library,
        )  # fmt: skip
        adoption = Adoption(self._memory, self._works, data=self.data, library=self.library)
        keeping = Keeping(
            settings=lambda: self._memory.settings, adopt=adoption.adopt, usual=self.lines.usual,
            sets=lambda: self._works.shelf.root, choose_folder=self._choosing.data_set,
            choose_model=self.models.show,
        )  # fmt: skip
        self.comfort = Comfort(
            self.root, self.theme, self.store, self.controller,
            header=self.header, bar=self.bar, keeping=keeping,
            more=(*self.deeds.offers(), Item("Choose the model …", self.choose_model, "F2")),
        )  # fmt: skip
        let_drag(self.page.verdict.genre, lambda: self.comfort.told)
        own = {
            **self.deeds.keys(),
            "Mod-t": self._train_on_shown,
            "Mod-q": self.close,
            "F2": self.choose_model,
        }
        bind_window(self.root, own, page=self.page, sides=self.sides, comfort=self.comfort)
        self.root.protocol("WM_DELETE_WINDOW", self.close)

    def _train_on_shown(self) -> None:
        """Turn to a training that goes on, or to one on the data set of the Data page."""
        data = self.store.state.data
        known = data.contents
        learnable = known.learnable if known else (data.folder / TABLE).is_file()
        if learnable or self.training.session.busy:
            self.train(data.folder)
        else:
            self.controller.notify(
                f"“{clean(data.folder.name, longest=40)}” holds no two genres to learn from yet. "
                f"Add songs, or choose another data set, on the page Data."
            )

    def _show(self, state: State) -> None:
        """Show a state: the one place where the window follows it."""
        if state.theme != self.theme.name:
            self.theme.use(state.theme)
        self.header.show(state)
        self.sides.show(state)
        self.status.show(state)
        self.comfort.note(state)
        self.root.title(self.sides.title(state))

    def _poll(self) -> None:
        """Fetch what the threads have to say, again and again."""
        try:
            self._works.workers.deliver()
        finally:
            if not self._closed:
                self.root.after(POLL_MILLISECONDS, self._poll)

    # These are known to parts of the window that are built before those that do it.

    def _show_keys(self) -> None:
        self.comfort.keys.show()

    def _drop(self, texts: list[str]) -> None:
        self.sides.drop(texts)

    def _invite(self, inviting: bool) -> None:
        self.sides.invite(inviting)

    def _turn_openly(self, page: Page) -> None:
        """Turn to a page where a person is to see it, so no sheet may lie over it."""
        self.comfort.put_away()
        self.turn(page)

    def _look_anew(self) -> None:
        """Let the pages follow that another model answers."""
        if self.store.state.page is Page.TRAINING:  # where the present one is compared with
            self.training.session.look(self.training.store.state.folder)
        self.library.look_anew()  # what another model heard doesn't count

    def _report(
        self, _kind: type[BaseException], error: BaseException, _traceback: TracebackType | None
    ) -> None:
        """Show what went wrong in a callback; Ctrl+C in the terminal arrives here too."""
        if isinstance(error, KeyboardInterrupt):
            self.close()
        elif not self._closed:  # afterwards there is nothing left to show it in
            self.sides.report(error)
