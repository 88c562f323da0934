"""What a person can make the training page do.  Its state changes here alone, and no Tk is here."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import cast

from lib.errors import EarmarkError
from lib.events import Epoch, Event, Judged, Started
from lib.events import Step as Progressed
from lib.gui.facts import ModelFacts
from lib.gui.failures import explain
from lib.gui.hearing import Ear
from lib.gui.messages import Done, Failed, Message, Part, Stopped
from lib.gui.state import Store
from lib.gui.training.course import Course
from lib.gui.training.process import Order, TrainingProcess
from lib.gui.training.state import Stage, Survey, TrainingState
from lib.gui.training.survey import discard, read_result, restore, survey, take
from lib.gui.training.wording import log_line
from lib.gui.worker import Lane, Workers
from lib.wording import clean


class Session:
    """Turns what a person asks for, and what the training tells, into changes of the state.

    Parameters
    ----------
    store : Store of TrainingState
        Holds the state.
    workers : Workers
        Run what takes long.
    ear : Ear
        Has the present model, and takes the new one.
    models : Path or None
        The folder that models lie in; None for the usual one.
    corrections : callable
        Returns the folder of the songs that a person corrected.
    candidates : Path
        The folder in which a model waits until it is taken or left.
    on_taken : callable
        Called with the folder of a model that was taken, None for the one that ships, and what
        it is.
    on_notice : callable
        Called with a line for the foot of the window.
    options : tuple of str
        More that 02_train.py is to be told.
    """

    def __init__(
        self,
        store: Store[TrainingState],
        workers: Workers,
        ear: Ear,
        *,
        models: Path | None,
        corrections: Callable[[], Path],
        candidates: Path,
        on_taken: Callable[[Path | None, ModelFacts], None],
        on_notice: Callable[[str], None],
        options: tuple[str, ...] = (),
    ) -> None:
        self._store = store
        self._ear = ear
        self._models = models
        self._corrections = corrections
        self._candidates = candidates
        self._on_taken = on_taken
        self._on_notice = on_notice
        self._options = options
        self._reading = Lane(workers, self._on_read)
        self._training = Lane(workers, self._on_training)
        self._taking = Lane(workers, self._on_take)
        self._restoring = Lane(workers, self._on_restore)
        self._discarding = Lane(workers, lambda _message: None)
        self._process: TrainingProcess | None = None
        self._course: Course | None = None

    @property
    def state(self) -> TrainingState:
        """The present state of the page."""
        return self._store.state

    @property
    def busy(self) -> bool:
        """Whether a training runs, or its result waits for an answer."""
        return self.state.stage in {Stage.TRAINING, Stage.TRAINED}

    def look(self, folder: Path) -> None:
        """Look at a data set, unless a training runs or waits for an answer: that comes first."""
        if self.busy:
            return
        self._store.change(stage=Stage.READING, folder=folder, survey=None, failure=None)
        corrections = self._corrections()
        self._reading.start(lambda progress: survey(folder, corrections, self._ear, progress))

    def model_folder(self, name: str) -> Path:
        """Return where a model of that name will lie once it is taken."""
        if self._models is None:
            # Whoever asks has read a data set, and imported this on the way.
            from lib.model import MODELS_FOLDER

            return MODELS_FOLDER / name
        return self._models / name

    def start(
        self, name: str, recipe: str, *, without: tuple[str, ...] = (), along: bool = False
    ) -> None:
        """Train, with corrections taken along or not; the model waits to be taken or left."""
        found = self.state.survey
        if found is None or self.busy:
            return
        order = Order(
            found.folder, name, recipe, self._candidates, without, found.against,
            found.corrections if along else None, self._options,
        )  # fmt: skip
        try:
            shutil.rmtree(self._candidates, ignore_errors=True)  # what nobody took
            self._process = process = TrainingProcess(order)
        except EarmarkError as error:
            self._fail(error)
            return
        self._course = None
        self._store.change(
            stage=Stage.TRAINING, name=name, step="Getting ready", fraction=None, left=None,
            epochs=(), log=(), result=None, failure=None,
        )  # fmt: skip
        self._training.start(process.events)

    def cancel(self) -> None:
        """End the training; nothing of it stays."""
        if self.state.stage is Stage.TRAINING:
            self._end()
            self._store.change(stage=Stage.READY)
            self._on_notice("The training is stopped; nothing of it stays.")

    def restore(self) -> None:
        """Answer with the model that ships from now on."""
        self._restoring.start(lambda progress: restore(self._ear, progress))

    def use(self) -> None:
        """Take the new model, and answer with it from now on."""
        state = self.state
        if state.stage is not Stage.TRAINED or state.saving:
            return
        candidate, folder = self._candidates / state.name, self.model_folder(state.name)
        self._store.change(saving=True)
        self._taking.start(lambda progress: take(candidate, folder, self._ear, progress))

    def keep(self) -> None:
        """Leave the new model, and go on answering with the present one."""
        if self.state.stage is Stage.TRAINED and not self.state.saving:
            self._discarding.start(discard(self._candidates / self.state.name))
            self._store.change(stage=Stage.READY, result=None)
            self._on_notice(f"{clean(self.state.name)} is put away.")

    def back(self) -> None:
        """Put a failure away, and look at the data anew."""
        if self.state.stage is Stage.FAILED:
            self.look(self.state.folder)

    def report(self, error: BaseException) -> None:
        """Show a failure that nobody expected."""
        self._end()
        self._fail(error)

    def close(self) -> None:
        """End the process: the window closes."""
        self._end()

    def tidy(self) -> None:
        """Remove what was neither taken nor left, once no thread works on it any more."""
        shutil.rmtree(self._candidates, ignore_errors=True)

    def _end(self) -> None:
        if self._process is not None:
            self._process.stop()
            self._process = None
        self._training.cancel()

    def _fail(self, error: BaseException) -> None:
        self._store.change(stage=Stage.FAILED, failure=explain(error), saving=False)

    def _on_read(self, message: Message) -> None:
        match message:
            case Done():
                found = cast("Survey", message.result)
                self._store.change(stage=Stage.READY, survey=found)
            case Failed():
                self._fail(message.error)
            case _:
                pass

    def _on_training(self, message: Message) -> None:
        match message:
            case Part():
                self._take_note(cast("Event", message.result))
            case Failed():
                self._process = None
                self._fail(message.error)
                self._on_notice("The training came to nothing.")
            case Done() | Stopped():
                self._process = None
                trained = self.state.result is not None
                self._store.change(stage=Stage.TRAINED if trained else Stage.READY)
                self._on_notice(f"{clean(self.state.name)} is trained." if trained else "")
            case _:
                pass

    def _take_note(self, event: Event) -> None:
        """Take in what the training tells."""
        match event:
            case Started():
                self._course = Course(event)
            case Progressed() if event.step != self.state.step or self._course is None:
                self._store.change(step=event.step)
            case Epoch():
                self._see(event)
            case Judged():
                result = read_result(event.judgement, event.comparison)
                self._store.change(result=result, left=None)
            case _:
                pass
        line = log_line(event)
        if line:
            self._store.change(log=(*self.state.log, line))

    def _see(self, epoch: Epoch) -> None:
        """Take in the figures of an epoch."""
        fraction, left = self._course.see(epoch) if self._course else (None, None)
        first = self.state.epochs[:1]
        # The fit on all rows has none held out: its curves would tell nothing new.
        of_it = not first or first[0].step == epoch.step
        epochs = (*self.state.epochs, epoch) if of_it else self.state.epochs
        self._store.change(step=epoch.step, fraction=fraction, left=left, epochs=epochs)

    def _on_take(self, message: Message) -> None:
        match message:
            case Done():
                folder = self.model_folder(self.state.name)
                self._store.change(stage=Stage.READY, saving=False, result=None)
                self._on_taken(folder, cast("ModelFacts", message.result))
                # The data is the same, but there is another model to compare with.
                self.look(self.state.folder)
            case Failed():
                # The model waits still: the disk may have room after a while.
                self._store.change(saving=False, failure=explain(message.error))
            case _:
                pass

    def _on_restore(self, message: Message) -> None:
        match message:
            case Done():
                self._on_taken(None, cast("ModelFacts", message.result))
                self.look(self.state.folder)
            case Failed():
                self._fail(message.error)
            case _:
                pass
