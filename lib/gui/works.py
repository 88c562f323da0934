"""What works behind the window and shows nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.asking import Asking, Lines
from lib.gui.choosing import Choosing
from lib.gui.controller import Controller
from lib.gui.data.shelf import Shelf
from lib.gui.data.state import DataState
from lib.gui.hearing import Ear
from lib.gui.reasons import Reasons
from lib.gui.saving import Saving
from lib.gui.settings import Settings
from lib.gui.state import State, Store
from lib.gui.turntable import Turntable
from lib.gui.worker import Workers
from lib.places import data_folder

if TYPE_CHECKING:  # at run time it is imported in a thread, after the window stands
    from lib.playback import Player


class Works:
    """All of it, by the settings of the start.

    Parameters
    ----------
    settings : Settings
    choosing : Choosing
        Asks a person where to save something.
    theme : str
        ``"light"`` or ``"dark"``.
    model, asking, browse, data, player
        As `~lib.gui.app.App` has them.

    Attributes
    ----------
    workers : Workers
    lines : Lines
    shelf : Shelf
    store : Store of State
    ear : Ear
    controller : Controller
    turntable : Turntable
    saving : Saving
    reasons : Reasons
    """

    def __init__(
        self,
        settings: Settings,
        choosing: Choosing,
        theme: str,
        *,
        model: Path | None,
        asking: Asking,
        browse: Callable[[str], object],
        data: Path | None,
        player: Player | None,
    ) -> None:
        self.workers = Workers()
        self.lines = Lines(asking, settings.browser)
        self.lines.use_limits(settings.longest, settings.largest, over_given=False)
        own = Path(settings.sets) if settings.sets else data_folder()
        self.shelf = Shelf(data or own, self.lines, player)
        data_set = DataState(self.shelf.first(settings.data_set))
        self.store = Store(State(theme=theme, data=data_set))
        # What was asked for by name answers or says why not; what was remembered may be replaced.
        remembered = Path(settings.model) if settings.model else None
        self.ear = Ear(model or remembered, self.lines, forgiving=model is None)
        self.ear.unsure_below = settings.unsure_below
        self.controller = Controller(self.store, self.workers, self.ear, browse=browse)
        self.turntable = Turntable(self.workers, self.ear, self.shelf.sound)
        self.saving = Saving(
            self.workers, self.ear, ask=choosing.place, notify=self.controller.notify
        )
        self.reasons = Reasons(self.store, self.workers, lambda: self.shelf.root)
