"""What the hearing thread does: read the model once, hear a song, keep what the plots need."""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.progress import Progress, silent

if TYPE_CHECKING:  # at run time these are imported in the thread, after the window stands
    from lib.features import Overview
    from lib.model import Model
    from lib.prediction import Prediction

# How a training judges its model, the most honest way first, and which songs that means.
PROTOCOLS = {
    "artist_folds": "by artists it never heard",
    "test": "set aside to test it",
    "random_folds": "by artists it may know",
    "validation": "held out of its training",
}


@dataclass(frozen=True)
class ModelFacts:
    """What a person should know of the model that answers.

    Parameters
    ----------
    name : str
        Of the model.
    genres : tuple of str
        Those it can name.
    accuracy : float or None
        The share of songs it got right, measured on songs it did not learn from; None where its
        folder does not say.
    interval : tuple of float or None
        The 95 % interval of that share.
    judged_on : str
        Which songs these were, so that it reads on after “of 100 songs”.
    suffixes : tuple of str
        Of the files that can be heard, with dots; the file dialog filters by them.
    """

    name: str
    genres: tuple[str, ...]
    accuracy: float | None
    interval: tuple[float, float] | None
    judged_on: str
    suffixes: tuple[str, ...]


@dataclass(frozen=True)
class Heard:
    """A song that was heard.

    Parameters
    ----------
    prediction : Prediction
        The answer.
    overview : Overview
        What the plots are drawn from.
    """

    prediction: Prediction
    overview: Overview


class Ear:
    """Hears songs with one model, which it reads when first asked.

    Everything here runs in a thread other than the window's.

    Parameters
    ----------
    folder : Path or None
        The model's folder; None for the one that ships.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._model: Model | None = None
        self._lock = threading.Lock()

    def model(self) -> Model:
        """Return the model; the first call reads it.

        Raises
        ------
        ModelError
            If its folder can't be used.
        """
        # numpy takes longer to import than the whole window to open.
        from lib.model import DEFAULT_MODEL, load_model

        with self._lock:
            if self._model is None:
                self._model = load_model(self._folder or DEFAULT_MODEL)
            return self._model

    def facts(self, progress: Progress = silent) -> ModelFacts:
        """Read the model and say what it is."""
        progress("Reading the model", None)
        model = self.model()
        progress("Reading the model", None)
        # The decoders' libraries are large; importing them now spares the first song the wait.
        from lib.audio import AUDIO_SUFFIXES

        accuracy, interval, judged_on = measured(model.metrics)
        return ModelFacts(
            name=model.name,
            genres=model.labels,
            accuracy=accuracy,
            interval=interval,
            judged_on=judged_on,
            suffixes=tuple(sorted(AUDIO_SUFFIXES)),
        )

    def hear(self, path: Path, progress: Progress = silent) -> Heard:
        """Hear a song.

        Raises
        ------
        AudioError
            If it can't be heard.
        ModelError
            If the model can't be used.
        Cancelled
            From `progress`.
        """
        progress("Opening", None)
        from lib.features import Overview
        from lib.prediction import hear

        model = self.model()
        overview = Overview()
        prediction = hear(path, model, on_window=overview.add, progress=progress)
        return Heard(prediction, overview)


def measured(
    metrics: Mapping[str, Any],
) -> tuple[float | None, tuple[float, float] | None, str]:
    """Return accuracy, its interval and on which songs, from what a model's folder says.

    The figure nearest to what a person may expect of a new song comes first, as on the model's
    card: most of what songs of known artists would add to it is artists recognised again.
    """
    for protocol, judged_on in PROTOCOLS.items():
        figures = metrics.get(protocol)
        if isinstance(figures, Mapping) and "accuracy" in figures:
            interval = figures.get("interval")
            pair = (float(interval[0]), float(interval[1])) if interval else None
            return float(figures.get("mean", figures["accuracy"])), pair, judged_on
    return None, None, ""
