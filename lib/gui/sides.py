"""The window's sides, one for each of its pages: to which keys, drops and errors go."""

from __future__ import annotations

from tkinter import ttk

from lib.gui.controller import Controller
from lib.gui.data.side import DataSide
from lib.gui.figures import Shown
from lib.gui.library.side import LibrarySide
from lib.gui.offer_bar import OfferBar
from lib.gui.plot_tabs import PlotTabs
from lib.gui.song_page import SongPage
from lib.gui.source_bar import SourceBar
from lib.gui.state import Page, Phase, State, Store
from lib.gui.told import Heard
from lib.gui.training import TrainingSide
from lib.wording import clean


class Sides:
    """Turns the window from one side to the other.

    Parameters
    ----------
    store : Store
        Holds the state.
    controller : Controller
        Does what is asked for on the side that listens.
    bar, offer, page : SourceBar, OfferBar, SongPage
        What that side consists of.
    data : DataSide
    training : TrainingSide
    library : LibrarySide
        The other ones.
    """

    def __init__(
        self,
        store: Store[State],
        controller: Controller,
        *,
        bar: SourceBar,
        offer: OfferBar,
        page: SongPage,
        data: DataSide,
        training: TrainingSide,
        library: LibrarySide,
    ) -> None:
        self._store = store
        self._controller = controller
        self._bar, self._offer, self._page, self._data = bar, offer, page, data
        self._training = training
        self._library = library
        self._shown = Page.LISTEN

    def show(self, state: State) -> None:
        """Show a state on both sides, and turn to the one that it is about."""
        self._bar.show(state)
        self._offer.show(state)
        self._page.show(state)
        self._data.show(state.data)
        if state.page is not self._shown:
            self._turn(state.page)

    def title(self, state: State) -> str:
        """Return the window's title."""
        name = ""
        if state.page is Page.TRAINING:
            name = self._training.store.state.folder.name
        elif state.page is Page.DATA:
            name = state.data.folder.name
        elif state.page is Page.LIBRARY:
            name = self._library.name
        elif state.phase is Phase.HEARD and state.heard is not None:
            name = state.heard.prediction.title
        return f"{clean(name)} – Earmark" if name else "Earmark"

    def go(self) -> None:
        """Put the focus where work begins."""
        if self._shown is Page.DATA:
            self._data.go()
        elif self._shown is Page.TRAINING:
            self._training.go()
        elif self._shown is Page.LIBRARY:
            self._library.go()
        else:
            self._bar.go()

    def turn_tab(self, step: int) -> None:
        """Show the tab that many places on."""
        if self._shown is Page.DATA:
            self._data.turn_tab(step)
        elif self._shown is Page.LIBRARY:
            self._library.turn_tab(step)
        elif self._shown is Page.LISTEN:
            self._page.tabs.turn(step)

    def drop(self, texts: list[str]) -> None:
        """Take what was dropped: a song to hear, a folder, or a link to add."""
        if self._shown is Page.DATA:
            self._data.take(texts)
        elif self._shown is Page.LIBRARY:
            self._library.take(texts)
        elif self._shown is Page.LISTEN:
            self._controller.hear_first(texts)

    @property
    def heard(self) -> Heard | None:
        """The song that is shown; None where none is."""
        return self._store.state.heard if self._page.tabs.winfo_viewable() else None

    @property
    def plot(self) -> Shown | None:
        """The plot that is shown, as it can be saved; None where there is none."""
        sides: dict[Page, PlotTabs | LibrarySide | TrainingSide] = {
            Page.LISTEN: self._page.tabs,
            Page.LIBRARY: self._library,
            Page.TRAINING: self._training,
        }
        side = sides.get(self._shown)
        return None if side is None else side.shown

    def invite(self, inviting: bool) -> None:
        """Show, or no longer, that what is held over the window can be let go."""
        self._page.welcome.invite(inviting)
        doing = {Page.LISTEN: "hear this", Page.LIBRARY: "look into this folder"}.get(
            self._shown, "take this link"
        )
        self._controller.notify(f"Let go to {doing}." if inviting else "")

    def pick(self, number: int) -> None:
        """Hear a result of a search, where that is what the window shows."""
        if self._shown is Page.LISTEN:
            self._controller.pick(number)

    def step_back(self) -> None:
        """Stop what is being heard or played, or put a message away."""
        state = self._store.state
        going_on = state.run is not None and state.run.running
        if self._shown is Page.TRAINING:
            self._training.step_back()
        elif self._shown is Page.DATA:
            self._data.controller.dismiss()
        elif self._shown is Page.LIBRARY:
            self._library.session.dismiss()
        elif state.phase is Phase.HEARING or (state.phase is Phase.PLAYLIST and going_on):
            self._controller.cancel()
        else:
            self._controller.dismiss()

    def report(self, error: BaseException) -> None:
        """Show a failure that nobody expected where it can be seen."""
        if self._shown is Page.DATA:
            self._data.controller.report(error)
        elif self._shown is Page.TRAINING:
            self._training.session.report(error)
        elif self._shown is Page.LIBRARY:
            self._library.session.report(error)
        else:
            self._controller.report(error)

    def _turn(self, page: Page) -> None:
        """Take the other side out of the window, and with it out of the tab order."""
        self._shown = page
        parts: dict[Page, tuple[ttk.Frame, ...]] = {
            Page.LISTEN: (self._bar, self._offer, self._page),
            Page.LIBRARY: self._library.parts,
            Page.DATA: self._data.parts,
            Page.TRAINING: self._training.parts,
        }
        for part in (part for other in parts if other is not page for part in parts[other]):
            part.grid_remove()
        for part in parts[page]:
            part.grid()
        self.go()
