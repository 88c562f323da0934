"""A playlist that is gone through in the background, song by song."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from lib.errors import EarmarkError
from lib.gui.hearing import Ear
from lib.gui.messages import Done, Failed, Message, Part, Step
from lib.gui.state import Phase, Run, State, Store
from lib.gui.worker import Lane, Workers

if TYPE_CHECKING:  # at run time these are imported in the thread, after the window stands
    from lib.prediction import Prediction


class Playing:
    """Goes through one playlist at a time.

    A person may look at a song of it, or hear something else, while it goes on.

    Parameters
    ----------
    store : Store
        Holds the state.
    workers : Workers
        Run what takes long.
    ear : Ear
        Hears the songs.
    on_face : callable
        Called with a face and what was given, to turn to it.
    on_fail : callable
        Called with the reason why there is no list at all.
    """

    def __init__(
        self,
        store: Store[State],
        workers: Workers,
        ear: Ear,
        *,
        on_face: Callable[[Phase, str], None],
        on_fail: Callable[[BaseException], None],
    ) -> None:
        self._store = store
        self._ear = ear
        self._on_face = on_face
        self._on_fail = on_fail
        self._lane = Lane(workers, self._on_message)
        self._link = ""  # of the list that is being read, and does not stand in the state yet

    def start(self, link: str) -> None:
        """Begin with a playlist, in place of the one before."""
        self.stop()
        self._link = link
        self._lane.start(lambda progress: self._ear.go_through(link, progress))

    def stop(self) -> None:
        """End it; what was heard stays."""
        run = self._store.state.run
        if run is not None and run.running:
            self._lane.cancel()
            self._end(notice="Stopped. What was heard is kept, and what was fetched too.")

    def give_up(self) -> None:
        """End the reading of a list of which nothing can be seen yet."""
        if self._link:
            self._link = ""
            self._lane.cancel()

    def correct(self, number: int, prediction: Prediction) -> None:
        """Put what was heard of a song in the place of what stood there."""
        run = self._store.state.run
        if run is not None and number < len(run.outcomes):
            outcomes = list(run.outcomes)
            outcomes[number] = replace(outcomes[number], result=prediction)
            self._store.change(run=replace(run, outcomes=tuple(outcomes)))

    def _on_message(self, message: Message) -> None:
        run = self._store.state.run
        match message:
            case Step() if self._link:
                self._store.change(step=message.name, fraction=message.fraction)
            case Step() if run is not None:
                step = replace(run, step=message.name, fraction=message.fraction)
                self._store.change(run=step)
            case Part():
                self._take(message.result)
            case Failed():
                self._end()
                self._on_fail(message.error)
            case Done():
                self._end()
            case _:
                pass

    def _take(self, event: object) -> None:
        """Take in the list, or what came of a song."""
        # The thread that tells it has imported these already.
        from lib.prediction import Outcome
        from lib.youtube import Listing

        run = self._store.state.run
        match event:
            case Listing():
                link, self._link = self._link, ""
                self._store.change(run=Run(event))
                self._on_face(Phase.PLAYLIST, link)
            case Outcome(place=None, result=EarmarkError() as error):
                self._link = ""
                self._on_fail(error)
            case Outcome() if run is not None:
                self._store.change(run=replace(run, outcomes=(*run.outcomes, event)))

    def _end(self, *, notice: str = "") -> None:
        """Mark the list as done."""
        self._link = ""
        run = self._store.state.run
        if run is not None:
            self._store.change(run=replace(run, running=False, step="", fraction=None))
        if notice:
            self._store.change(notice=notice)
