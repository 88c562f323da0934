"""The model that answers: read when it is first asked for, replaced by another one."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from lib.errors import EarmarkError
from lib.gui.facts import ModelFacts
from lib.gui.refused import Refused, usable
from lib.progress import Progress, silent

if TYPE_CHECKING:  # at run time it is imported in a thread, after the window stands
    from lib.model import Model


class ChosenModel:
    """Holds the model.

    Everything here runs in a thread other than the window's.

    Parameters
    ----------
    folder : Path or None
        The model's folder; None for the one that ships.
    forgiving : bool
        Whether the one that ships answers where that of the folder can't be used.

    Attributes
    ----------
    refused : Refused or None
        The model that can't be used, where another answers for it.
    unsure_below : float or None
        The confidence below which an answer is unsure; None for what the model says.
    """

    def __init__(self, folder: Path | None, *, forgiving: bool = False) -> None:
        self._folder = folder
        self._forgiving = forgiving
        self.refused: Refused | None = None
        self._model: Model | None = None
        self.unsure_below: float | None = None
        self._lock = threading.Lock()

    def model(self) -> Model:
        """Return the model; the first call reads it.

        Raises
        ------
        ModelError
            If its folder can't be used.
        """
        with self._lock:
            if self._model is None:
                self._model = self._first()
            return self._doubting(self._model)

    def _first(self) -> Model:
        """Read the model to begin with, or where that is forgiven, the one that ships."""
        # numpy takes longer to import than the whole window to open.
        from lib.model import load_model, usual_model

        if self._folder is not None and self._forgiving:
            try:
                return usable(self._folder)
            except EarmarkError as error:
                self.refused, self._folder = Refused(self._folder, error), None
        return load_model(self._folder or usual_model()[0])

    def own_threshold(self) -> float | None:
        """Return the threshold that a person has set; None where they, or the model, have none.

        Raises
        ------
        ModelError
            If the model can't be used.
        """
        share = self.unsure_below
        return None if share is None or self.model().confidence is None else share

    def _doubting(self, model: Model) -> Model:
        """Return the model with a person's own threshold for doubt."""
        share = self.unsure_below
        if share is None or model.confidence is None:
            return model
        return replace(model, own_limit=share)

    @property
    def folder(self) -> Path:
        """Where the model lies that answers."""
        from lib.model import usual_model

        if self._forgiving and self._model is None:
            self.model()  # which may be that of another folder
        return self._folder or usual_model()[0]

    def use(self, folder: Path | None) -> None:
        """Hear with another model from now on.

        Parameters
        ----------
        folder : Path or None
            Of the model; None for the one that ships.

        Raises
        ------
        ModelError
            If its folder can't be used; then the one from before stays.
        BackboneError
            If it hears by the backbone, and that can't be had; likewise.
        """
        from lib.model import usual_model

        model = usable(folder or usual_model()[0])
        with self._lock:
            self._folder, self._model, self.refused = folder, model, None

    def facts(self, progress: Progress = silent) -> ModelFacts:
        """Read the model and say what it is."""
        progress("Reading the model", None)
        model = self.model()
        progress("Reading the model", None)
        # The decoders' libraries are large; importing them now spares the first song the wait.
        from lib.audio import AUDIO_SUFFIXES
        from lib.model import measured

        accuracy, interval, judged_on, songs = measured(model.metrics)
        return ModelFacts(
            name=model.name,
            genres=model.labels,
            accuracy=accuracy,
            interval=interval,
            judged_on=judged_on,
            suffixes=tuple(sorted(AUDIO_SUFFIXES)),
            songs=songs,
            instead="" if self.refused is None else self.refused.told(model.name),
        )
