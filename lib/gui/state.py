"""What the window shows, in one frozen value that changes in one place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from lib.gui.data.state import DataState
from lib.gui.facts import ModelFacts
from lib.gui.failures import Failure
from lib.gui.told import About, Corrected, Explained, Heard, Results

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.explanation import Explanation
    from lib.prediction import Outcome
    from lib.youtube import Listing


class Page(Enum):
    """What the window is turned to."""

    LISTEN = auto()
    LIBRARY = auto()  # a folder of songs
    DATA = auto()
    TRAINING = auto()  # a model, on a data set


class Phase(Enum):
    """Which of its faces the song page shows."""

    EMPTY = auto()
    HEARING = auto()
    HEARD = auto()
    FAILED = auto()
    CHOOSING = auto()  # among what a search found
    PLAYLIST = auto()


@dataclass(frozen=True)
class Run:
    """A playlist that is being heard, or was.

    Parameters
    ----------
    listing : Listing
        Its title and its videos.
    outcomes : tuple of Outcome
        What came of the first of them, in their order.
    running : bool
        Whether the others are still to come.
    step : str
        What is being done.
    fraction : float or None
        How much of that is done.
    """

    listing: Listing
    outcomes: tuple[Outcome, ...] = ()
    running: bool = True
    step: str = ""
    fraction: float | None = None


@dataclass(frozen=True)
class State:
    """Everything that the widgets show.

    Parameters
    ----------
    page : Page
        What the window is turned to.
    phase : Phase
        Which face the song page shows.
    source : str
        What was given: a path, a link or words.
    about : About or None
        What that turned out to be, while it is being heard.
    origin : Phase or None
        The list that the song was picked from, and where a person can go back to.
    step : str
        What is being done to it.
    fraction : float or None
        How much of that is done, between 0 and 1; None where nobody can know.
    heard : Heard or None
        The last result.  It stays while another song is being heard, and shows again if that one
        is cancelled or fails and its failure is put away.
    explained : Explained or None
        Why a song was given its genre; see `why`.
    corrected : Corrected or None
        What a person says that a song is; see `correction`.
    refusal : str
        Why the genre that a person gave the last song was not kept.
    results : Results or None
        What was found last.
    run : Run or None
        The last playlist.
    failure : Failure or None
        Why the last song could not be heard.
    offer : str
        A link that lies in the clipboard, to be heard if the person likes.
    notice : str
        One quiet line at the foot of the window.
    model : ModelFacts or None
        None until the model is read.
    theme : str
        ``"light"`` or ``"dark"``.
    data : DataState
        What the Data page shows.
    """

    page: Page = Page.LISTEN
    phase: Phase = Phase.EMPTY
    source: str = ""
    about: About | None = None
    origin: Phase | None = None
    step: str = ""
    fraction: float | None = None
    heard: Heard | None = None
    explained: Explained | None = None
    corrected: Corrected | None = None
    refusal: str = ""
    results: Results | None = None
    run: Run | None = None
    failure: Failure | None = None
    offer: str = ""
    notice: str = ""
    model: ModelFacts | None = None
    theme: str = "light"
    data: DataState = field(default_factory=lambda: DataState(Path()))

    @property
    def why(self) -> Explanation | None:
        """Why the last song was given its genre; None until that is known."""
        known = self.explained is not None and self.explained.heard is self.heard
        return self.explained.explanation if self.explained is not None and known else None

    @property
    def correction(self) -> str:
        """The genre that a person gave the last song; empty where they gave none."""
        known = self.corrected is not None and self.corrected.heard is self.heard
        return self.corrected.genre if self.corrected is not None and known else ""


Value = TypeVar("Value", bound="DataclassInstance")


class Store(Generic[Value]):
    """Holds a state and tells those who watch it of every change.

    Parameters
    ----------
    state : State, or another frozen dataclass
        The one to begin with.
    """

    def __init__(self, state: Value) -> None:
        self._state = state
        self._watchers: list[Callable[[Value], None]] = []

    @property
    def state(self) -> Value:
        """The present state."""
        return self._state

    def watch(self, watcher: Callable[[Value], None]) -> None:
        """Call `watcher` with the present state now, and with each new one."""
        self._watchers.append(watcher)
        watcher(self._state)

    def change(self, **changes: Any) -> None:  # noqa: ANN401 (each field has its type)
        """Replace the named fields, and tell all watchers if that made a difference."""
        state = replace(self._state, **changes)
        if state == self._state:
            return
        self._state = state
        for watcher in self._watchers:
            watcher(state)
