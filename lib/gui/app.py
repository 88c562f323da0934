"""The window: its parts put together, its life from opening to closing."""

from __future__ import annotations

import contextlib
import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path
from tkinter import ttk
from types import TracebackType
from typing import TYPE_CHECKING

from lib.gui.asking import Asking, Lines
from lib.gui.clipboard import ClipboardWatch
from lib.gui.comfort import Comfort, Keeping
from lib.gui.controller import Controller
from lib.gui.data.shelf import TABLE, Shelf
from lib.gui.data.side import Asks, DataSide
from lib.gui.data.state import DataState
from lib.gui.dialogs import ask_for_folder, ask_for_song, ask_where_to_save, open_browser
from lib.gui.drag import let_drag
from lib.gui.drop import accept_drops
from lib.gui.facts import ModelFacts
from lib.gui.frame import place, remember
from lib.gui.header import Header
from lib.gui.hearing import MOST_RESULTS, Ear
from lib.gui.icon import set_icon
from lib.gui.library.side import Asks as LibraryAsks
from lib.gui.library.side import LibrarySide
from lib.gui.menu import Item
from lib.gui.model_menu import ModelMenu
from lib.gui.offer_bar import OfferBar
from lib.gui.plot import STEP
from lib.gui.plot_tabs import TABS
from lib.gui.reasons import Reasons
from lib.gui.saving import Saving
from lib.gui.settings import Settings, read_settings, write_settings
from lib.gui.shortcuts import bind_idle_keys, bind_keys, modifier_sign
from lib.gui.sides import Sides
from lib.gui.song_page import Actions, SongPage
from lib.gui.source_bar import SourceBar
from lib.gui.state import Page, Phase, State, Store
from lib.gui.status_bar import StatusBar
from lib.gui.theme import Theme, make_aware_of_density
from lib.gui.training import Teaching, TrainingSide
from lib.gui.transport import SKIP
from lib.gui.turntable import Turntable
from lib.gui.worker import Workers
from lib.places import config_folder, data_folder
from lib.wording import clean, write_numbers

if TYPE_CHECKING:  # at run time it is imported in a thread, after the window stands
    from lib.playback import Player

POLL_MILLISECONDS = 20


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
        self._choose, self._choose_folder = choose, choose_folder
        self._settings_path = config_folder() / "window.json"
        self._settings = read_settings(self._settings_path)
        write_numbers(self._settings.numbers)
        self.theme = Theme(self.root)
        self.theme.use(self._settings.theme)
        self.workers = Workers()
        self.lines = Lines(asking or Asking(), self._settings.browser)
        self.lines.use_limits(self._settings.longest, self._settings.largest, over_given=False)
        own = Path(self._settings.sets) if self._settings.sets else data_folder()
        shelf = self._shelf = Shelf(data or own, self.lines, player)
        data_set = DataState(shelf.first(self._settings.data_set))
        self.store = Store(State(theme=self.theme.name, data=data_set))
        self.ear = Ear(model or self._remembered(), self.lines)
        self.ear.unsure_below = self._settings.unsure_below
        self.controller = Controller(self.store, self.workers, self.ear, browse=browse)
        self.turntable = Turntable(self.workers, self.ear, shelf.sound)
        self.saving = Saving(
            self.workers, self.ear,
            ask=partial(choose_place, self.root), notify=self.controller.notify,
        )  # fmt: skip
        asks = Asks(
            folder=self._choose_data_set,
            browser=self.use_cookies,
            browse=self.controller.browse,
            notify=self.controller.notify,
            train=self.train,
        )
        self.data = DataSide(self.store, self.workers, shelf, asks)
        self.training = TrainingSide(
            self.theme, self.workers, self.ear, teaching,
            on_taken=self._take, on_notice=self.controller.notify,
            on_back=partial(self.turn, Page.DATA),
        )  # fmt: skip
        self.models = ModelMenu(
            self.root, self.theme, self.workers, self.ear,
            models=teaching.models, ask=self._choose_model, on_taken=self._answer,
            on_trouble=self._refuse,
        )  # fmt: skip
        self.library = LibrarySide(
            self.theme, self.workers, self.ear,
            LibraryAsks(
                folder=lambda title, begin: self._ask(self._choose_folder, begin, title),
                save=lambda: self._ask(choose_place, "library.csv", (".csv", ".json")),
                hear=self.controller.hear, notify=self.controller.notify,
            ),
            folder=Path(self._settings.library) if self._settings.library else None,
            tagging=self._settings.tagging,
        )  # fmt: skip
        self.reasons = Reasons(self.store, self.workers, lambda: shelf.root)
        self._closed = False
        self._build()
        self._bind()
        self.store.watch(self._show)
        self.store.watch(self.reasons.follow)
        set_icon(self.root)
        place(self.root, self._settings, self.theme)

    def open(self, source: str = "") -> None:
        """Show the window and begin to work; hear `source` at once if there is one."""
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

    def choose_song(self) -> None:
        """Ask for a song and hear it."""
        model = self.store.state.model
        suffixes = model.suffixes if model is not None else ()
        path = self._choose(self.root, self._settings.folder, suffixes)
        if path and not self._closed:  # the window can be closed under an open dialog
            self._settings = replace(self._settings, folder=str(Path(path).parent))
            self.controller.hear(path)

    def choose_model(self) -> None:
        """Let a person choose the model that answers."""
        self.models.show(self.status.models)

    def turn(self, page: Page) -> None:
        """Turn to another page."""
        if page is Page.DATA:
            self.data.make(self.header.line, self._body, self.theme, browser=self.lines.browser)
            self.data.controller.look()
        elif page is Page.LIBRARY:
            self.library.make(self.header.line, self._body)
        self.controller.turn(page)

    def train(self, folder: Path) -> None:
        """Turn to the training page, for the data set of a folder."""
        self.training.make(self._body)
        self.training.session.look(folder)
        self.controller.turn(Page.TRAINING)

    def use_cookies(self, browser: str) -> None:
        """Send the cookies of a browser to YouTube from now on; of none for ``""``."""
        self._settings = replace(self._settings, browser=browser)
        self.lines.use_cookies(browser)

    def copy(self, link: str) -> None:
        """Put a link on the clipboard, from where the window will not offer it."""
        self.clipboard.forget(link)
        self.root.clipboard_clear()
        self.root.clipboard_append(link)
        self.controller.notify("The link is copied.")

    def save_plot(self) -> None:
        """Save the plot that is shown as a picture."""
        tabs = self.page.tabs
        state = self.store.state
        heard = state.heard if tabs.winfo_viewable() else None
        self.saving.plot(heard, tabs.chosen, self.theme.name, tabs.view.span, state.why)

    def write_report(self) -> None:
        """Write a report of the song that is shown."""
        self.saving.report(self.store.state.heard if self.page.tabs.winfo_viewable() else None)

    def close(self) -> None:
        """Remember the window, end all work, and take the window away."""
        if self._closed:
            return
        self._closed = True
        now = replace(
            self._settings,
            theme=self.theme.name,
            tab=self.page.tabs.chosen,
            data_set=str(self.store.state.data.folder),
            library=str(self.library.store.state.folder or ""),
            tagging=self.library.tags.state.options,
        )
        write_settings(self._settings_path, remember(self.root, now))
        self.root.withdraw()
        self.training.session.close()
        self.workers.close()
        self.training.session.tidy()
        self.lines.close()
        # A callback that Tk still means to call would find its widget gone and say so on stderr.
        for waiting in self.root.tk.splitlist(self.root.tk.call("after", "info")):
            with contextlib.suppress(tk.TclError):
                self.root.tk.call("after", "cancel", waiting)
        self.root.destroy()

    def _build(self) -> None:
        """Put the parts of the window in their places."""
        px = self.theme.px
        outer = ttk.Frame(self.root, padding=(px(20), px(16), px(20), px(8)))
        outer.pack(fill="both", expand=True)
        outer.columnconfigure(0, weight=1)
        outer.rowconfigure(2, weight=1)
        self.can_drop = accept_drops(
            outer,
            on_drop=self._drop,
            on_hover=self._invite,
        )
        self.header = Header(
            outer, self.theme, on_page=self.turn, on_theme=self.controller.toggle_theme
        )
        self.bar = SourceBar(
            self.header.line, self.theme, on_hear=self.controller.hear, on_open=self.choose_song
        )
        self.offer = OfferBar(
            outer, self.theme,
            on_take=self.controller.take_offer, on_dismiss=self.controller.dismiss_offer,
        )  # fmt: skip
        # Together, so that Tab finds a page that is made later before the foot of the window.
        self._body = ttk.Frame(outer)
        self._body.columnconfigure(0, weight=1)
        self._body.rowconfigure(0, weight=1)
        self.page = SongPage(
            self._body, self.theme, self.workers, self._actions(), self.turntable,
            can_drop=self.can_drop,
        )  # fmt: skip
        self.sides = Sides(
            self.store, self.controller,
            bar=self.bar, offer=self.offer, page=self.page, data=self.data, training=self.training,
            library=self.library,
        )  # fmt: skip
        keeping = Keeping(
            settings=lambda: self._settings, adopt=self._adopt, usual=self.lines.usual,
            sets=lambda: self._shelf.root, choose_folder=self._choose_data_set,
        )  # fmt: skip
        self.comfort = Comfort(
            self.root, self.theme, self.store, self.controller,
            header=self.header, bar=self.bar, keeping=keeping, more=self._offers(),
        )  # fmt: skip
        let_drag(self.page.verdict.genre, lambda: self.comfort.told)
        self.status = StatusBar(
            outer, self.theme, on_models=self.choose_model, on_keys=self.comfort.keys.show
        )
        self.header.grid(row=0, sticky="ew", pady=(0, px(16)))
        self.bar.grid(row=0, column=0, sticky="nsew")
        self.offer.grid(row=1, sticky="ew")
        self._body.grid(row=2, sticky="nsew")
        self.page.grid(row=0, column=0, sticky="nsew")
        self.status.grid(row=3, sticky="ew", pady=(px(8), 0))
        self.page.tabs.chosen = self._settings.tab

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

    def _choose_data_set(self, folder: Path) -> str:
        """Ask for the folder of a data set."""
        return self._ask(self._choose_folder, folder)

    def _ask(self, dialog: Callable[..., str], *arguments: object) -> str:
        """Open a dialog; the window can be closed under it, and then nothing was chosen."""
        path = dialog(self.root, *arguments)
        return "" if self._closed else path

    def _choose_model(self, folder: Path) -> str:
        """Ask for the folder of a model."""
        return self._ask(self._choose_folder, folder, "Choose the folder of a model")

    def _offers(self) -> tuple[Item, ...]:
        """Return what the menu offers of the parts of the window."""
        sign = modifier_sign(self.root)
        heard = lambda: self.store.state.phase is Phase.HEARD  # noqa: E731
        return (
            Item("Save the plot …", self.save_plot, f"{sign}+S", heard),
            Item("Write a report …", self.write_report, f"{sign}+Shift+S", heard),
            Item("Choose the model …", self.choose_model, "F2"),
        )

    def _actions(self) -> Actions:
        """Return what the song page can ask for."""
        controller = self.controller
        return Actions(
            open=self.choose_song,
            cancel=controller.cancel,
            hurry=controller.hurry,
            dismiss=controller.dismiss,
            insist=controller.hear_all_the_same,
            back=controller.return_to_list,
            pick=controller.pick,
            open_song=controller.open_song,
            browse=controller.browse,
            copy=self.copy,
            picture=self.ear.picture,
            save=self.save_plot,
            report=self.write_report,
            correct=self.reasons.correct,
            take_back=self.reasons.take_back,
        )

    def _bind(self) -> None:
        """Give the window its keys."""
        bind_keys(self.root, {
            "Mod-o": self.choose_song,
            "Mod-l": self.sides.go,
            "Mod-t": self._train_on_shown,
            "Mod-r": self.page.tabs.read,
            "Mod-s": self.save_plot,
            "Mod-S": self.write_report,
            "Mod-q": self.close,
            "Escape": self._escape,
            "Control-Tab": partial(self.sides.turn_tab, 1),
            "Control-Shift-Tab": partial(self.sides.turn_tab, -1),
            "F2": self.choose_model,
            "F9": self.controller.toggle_theme,
            "F1": self.comfort.keys.show,
            "F10": self.comfort.menu.open,
            "Mod-h": self.comfort.open_recent,
            "Mod-comma": self.comfort.show_preferences,
            "Mod-Shift-C": self.comfort.copy,
            "question": self.comfort.keys.show,
        })  # fmt: skip
        transport, tabs = self.page.transport, self.page.tabs
        bind_idle_keys(
            self.root,
            {
                "space": transport.toggle,
                "Left": partial(transport.skip, -SKIP),
                "Right": partial(transport.skip, SKIP),
                "Shift-Left": partial(tabs.turn_page, -1),
                "Shift-Right": partial(tabs.turn_page, 1),
                "plus": partial(transport.zoom, STEP),
                "equal": partial(transport.zoom, STEP),
                "minus": partial(transport.zoom, 1 / STEP),
                "Key-0": tabs.whole,
            },
            over=tabs,  # Left and Right would turn them, which Ctrl+Tab does as well
        )
        for number, _ in enumerate(TABS, start=1):
            show = partial(self.page.tabs.choose, number - 1)
            bind_keys(self.root, {f"Mod-Key-{number}": show})
        for number in range(MOST_RESULTS):
            bind_keys(self.root, {f"Key-{number + 1}": partial(self.sides.pick, number)})
        self.clipboard = ClipboardWatch(self.root, self.store, on_link=self.controller.offer)
        self.root.protocol("WM_DELETE_WINDOW", self.close)

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
            self.workers.deliver()
        finally:
            if not self._closed:
                self.root.after(POLL_MILLISECONDS, self._poll)

    def _drop(self, texts: list[str]) -> None:
        """Take what was dropped."""
        self.sides.drop(texts)

    def _invite(self, inviting: bool) -> None:
        """Show, or no longer, that what is held over the window can be let go."""
        self.sides.invite(inviting)

    def _escape(self) -> None:
        """Step back from whatever is in front."""
        if not self.comfort.put_away():
            self.sides.step_back()

    def _adopt(self, settings: Settings) -> None:
        """Let other settings take effect, and keep them: a crash shall not forget them."""
        before, self._settings = self._settings, settings
        write_settings(self._settings_path, remember(self.root, settings))
        if settings.theme != before.theme:
            self.store.change(theme=settings.theme)
        if settings.browser != before.browser:
            self.use_cookies(settings.browser)
            self.data.show_browser(settings.browser)
        if (settings.longest, settings.largest) != (before.longest, before.largest):
            self.lines.use_limits(settings.longest, settings.largest)
        if settings.sets != before.sets:
            self._shelf.root = Path(settings.sets)
            self.data.controller.choose(str(self._shelf.first("")))
        write_numbers(settings.numbers)
        self.ear.unsure_below = settings.unsure_below
        if (settings.numbers, settings.unsure_below) != (before.numbers, before.unsure_below):
            self.controller.hear_again()

    def _remembered(self) -> Path | None:
        """Return the folder of the model that a person took, as long as there is one."""
        folder = Path(self._settings.model)
        return folder if self._settings.model and (folder / "model.json").is_file() else None

    def _take(self, folder: Path | None, facts: ModelFacts) -> None:
        """Answer with a model that was trained, or with the one that ships."""
        if folder is not None and self.store.state.page is Page.TRAINING:
            self.turn(Page.LISTEN)  # to hear with it
        self._answer(folder, facts)

    def _answer(self, folder: Path | None, facts: ModelFacts) -> None:
        """Answer with another model from now on, tomorrow too."""
        self._settings = replace(self._settings, model=str(folder or ""))
        self.controller.answer_with(facts)
        if self.store.state.page is Page.TRAINING:  # where the present one is compared with
            self.training.session.look(self.training.store.state.folder)
        self.library.look_anew()  # what another model heard doesn't count

    def _refuse(self, error: BaseException) -> None:
        """Say why a model can't answer, where there is room for it."""
        self.turn(Page.LISTEN)
        self.controller.report(error)

    def _report(
        self, _kind: type[BaseException], error: BaseException, _traceback: TracebackType | None
    ) -> None:
        """Show what went wrong in a callback; Ctrl+C in the terminal arrives here too."""
        if isinstance(error, KeyboardInterrupt):
            self.close()
        elif not self._closed:  # afterwards there is nothing left to show it in
            self.sides.report(error)
