"""What a person can make the window do.  All changes of its state are made here, and no Tk is."""

from __future__ import annotations

from pathlib import Path
from typing import cast

from lib.errors import EarmarkError
from lib.gui.drawing import warm_up
from lib.gui.failures import Failure, explain
from lib.gui.hearing import Ear, Heard, ModelFacts
from lib.gui.messages import Done, Failed, Message, Step
from lib.gui.sources import read_source
from lib.gui.state import Phase, Store
from lib.gui.wording import one_line
from lib.gui.worker import Lane, Workers


class Controller:
    """Turns what a person asks for, and what the threads report, into changes of the state.

    Parameters
    ----------
    store : Store
        Holds the state.
    workers : Workers
        Run what takes long.
    ear : Ear
        Hears the songs.
    """

    def __init__(self, store: Store, workers: Workers, ear: Ear) -> None:
        self._store = store
        self._ear = ear
        self._hearing = Lane(workers, self._on_hearing)
        self._reading = Lane(workers, self._on_model)
        self._warming = Lane(workers, self._on_warm)

    def prepare(self) -> None:
        """Read the model, so that it is there before the first song is."""
        self._reading.start(self._ear.facts)

    def hear(self, text: str) -> None:
        """Hear the song that a line of text means, in place of the one being heard."""
        if not text.strip():
            self.notify("Type or paste the path of a song first, or press Ctrl+O to choose one.")
            return
        self._hearing.cancel()
        try:
            path = read_source(text)
        except EarmarkError as error:
            self._store.change(
                phase=Phase.FAILED, failure=Failure("This can't be heard", str(error)), notice=""
            )
            return
        self._store.change(
            phase=Phase.HEARING,
            source=str(path),
            step="Opening",
            fraction=None,
            failure=None,
            notice="",
        )
        self._hearing.start(lambda progress: self._ear.hear(path, progress))

    def hear_first(self, texts: list[str]) -> None:
        """Hear the first of several songs that were given at once, and say so."""
        if not texts:
            return
        self.hear(texts[0])
        if len(texts) > 1 and self._store.state.phase is Phase.HEARING:
            self.notify(f"Hearing the first of {len(texts)} files.")

    def cancel(self) -> None:
        """Stop hearing, and show what was there before."""
        if self._store.state.phase is not Phase.HEARING:
            return
        self._hearing.cancel()
        name = one_line(Path(self._store.state.source).name)
        self._back(notice=f"Stopped hearing “{name}”.")

    def dismiss(self) -> None:
        """Put a failure away."""
        if self._store.state.phase is Phase.FAILED:
            self._back(notice="")

    def toggle_theme(self) -> None:
        """Change between light and dark."""
        self._store.change(theme="light" if self._store.state.theme == "dark" else "dark")

    def notify(self, notice: str) -> None:
        """Say something in the quiet line at the foot of the window."""
        self._store.change(notice=notice)

    def report(self, error: BaseException) -> None:
        """Show a failure that nobody expected."""
        self._hearing.cancel()
        self._fail(explain(error))

    def _back(self, *, notice: str) -> None:
        """Return to the last result, or to the beginning."""
        heard = self._store.state.heard
        self._store.change(
            phase=Phase.HEARD if heard else Phase.EMPTY,
            source=heard.prediction.source if heard else "",
            step="",
            fraction=None,
            failure=None,
            notice=notice,
        )

    def _fail(self, failure: Failure) -> None:
        self._store.change(phase=Phase.FAILED, step="", fraction=None, failure=failure, notice="")

    def _on_hearing(self, message: Message) -> None:
        match message:
            case Step():
                self._store.change(step=message.name, fraction=message.fraction)
            case Done():
                self._store.change(
                    phase=Phase.HEARD, step="", fraction=None, heard=cast("Heard", message.result)
                )
            case Failed():
                self._fail(explain(message.error))
            case _:
                self._back(notice="")

    def _on_model(self, message: Message) -> None:
        match message:
            case Done():
                self._store.change(model=cast("ModelFacts", message.result))
                self._warming.start(warm_up)
            case Failed() if self._store.state.phase is Phase.EMPTY:
                self._fail(explain(message.error))
            case _:
                pass  # a song that is being heard fails for the same reason, and says so

    def _on_warm(self, message: Message) -> None:
        """Leave it to the first plot to say what is wrong with drawing."""
