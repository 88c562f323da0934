"""Why a song was given its genre, and what a person says it is: found and kept in threads."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from lib.gui.failures import explain as explain_failure
from lib.gui.messages import Done, Failed, Message, Part
from lib.gui.state import State, Store
from lib.gui.told import Corrected, Explained, Heard
from lib.gui.worker import Lane, Workers
from lib.progress import Progress
from lib.wording import clean


class Reasons:
    """Follows the song that is shown: says why as soon as it was heard, and keeps corrections.

    Parameters
    ----------
    store : Store
        Holds the state.
    workers : Workers
        Run what takes long.
    root : callable
        Returns the folder that data sets lie in.
    """

    def __init__(self, store: Store[State], workers: Workers, root: Callable[[], Path]) -> None:
        self._store = store
        self._root = root
        self._looking = Lane(workers, self._on_found)
        self._keeping = Lane(workers, self._on_kept)
        self._heard: Heard | None = None

    def follow(self, state: State) -> None:
        """Look for the reasons of the song of a state, if it is another one.

        Changes nothing at once, so that it may watch the store.
        """
        if state.heard is self._heard:
            return
        heard = self._heard = state.heard
        self._looking.cancel()
        if heard is not None:
            root = self._root()
            self._looking.start(lambda progress: _look(heard, root, progress))

    def correct(self, genre: str) -> None:
        """Keep the song that is shown with the genre that it has, for the next training."""
        heard = self._store.state.heard
        if heard is None or heard.given is None or heard.model is None or self._keeping.busy:
            return
        given, known, root = heard.given, heard.model.labels, self._root()

        def keep(progress: Progress) -> Corrected:
            progress("Keeping the correction", None)
            from lib.collecting import Misheard, correct_song, corrections

            song = Misheard.of(heard.prediction, given.features, given.activations)
            right = correct_song(root / corrections.NAME, song, genre, known=known)
            return Corrected(heard, right)

        self._store.change(refusal="")
        self._keeping.start(keep)

    def take_back(self) -> None:
        """Forget the correction of the song that is shown."""
        heard = self._store.state.heard
        if heard is None or self._keeping.busy:
            return
        track, root = _track(heard), self._root()

        def forget(progress: Progress) -> Corrected:
            progress("Taking the correction back", None)
            from lib.collecting import corrections, take_back

            take_back(root / corrections.NAME, track)
            return Corrected(heard, "")

        self._keeping.start(forget)

    def _on_found(self, message: Message) -> None:
        match message:
            case Part(result=Explained() as found):
                self._store.change(explained=found)
            case Part(result=Corrected() as found):
                self._store.change(corrected=found)
            case Failed():
                self._store.change(notice=explain_failure(message.error).advice)
            case _:
                pass

    def _on_kept(self, message: Message) -> None:
        match message:
            case Done(result=Corrected() as found):
                title = clean(found.heard.prediction.title, longest=40)
                told = f"“{title}” is kept as {clean(found.genre)} for the next training, in the "
                told += "data set corrections."
                gone = f"The correction of “{title}” is taken back."
                self._store.change(corrected=found, notice=told if found.genre else gone)
            case Failed():
                self._store.change(notice=str(message.error), refusal=str(message.error))
            case _:
                pass


def _look(heard: Heard, root: Path, progress: Progress) -> Iterator[Explained | Corrected]:
    """Find out why, and whether a person has corrected the song before."""
    progress("Looking for reasons", None)
    from lib.collecting import correction_of, corrections
    from lib.explanation import explain

    if heard.model is not None and heard.given is not None:
        yield Explained(heard, explain(heard.model, heard.given.X))
    progress("Looking for reasons", None)
    yield Corrected(heard, correction_of(root / corrections.NAME, _track(heard)))


def _track(heard: Heard) -> str:
    from lib.collecting import corrected_track

    video = heard.prediction.video
    return corrected_track(heard.prediction.source, video.id if video is not None else "")
