"""Hear a song: decode it, take its features window by window, ask the model.

Slow to import, for the numerical libraries; ``lib.prediction`` does so when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.audio import (
    LONGEST_WHOLE_SECONDS,
    SAMPLE_RATE,
    WINDOW_SECONDS,
    AudioStream,
    Window,
    open_audio,
)
from lib.errors import AudioError
from lib.features import Analysis, analyse_windows
from lib.model import Model
from lib.prediction.given import Given, Hearing
from lib.prediction.prediction import Prediction, WindowPrediction
from lib.progress import Progress, silent

if TYPE_CHECKING:
    from lib.explanation import Explanation


def hear(
    path: Path,
    model: Model,
    *,
    quick: bool = False,
    why: bool = False,
    on_window: Callable[[Window, Analysis], None] | None = None,
    on_given: Callable[[Given], None] | None = None,
    progress: Progress = silent,
) -> Prediction:
    """Name the genre of a song.

    The song is heard in windows (see `lib.audio.AudioStream.windows`), which some networks are
    given in segments (`lib.features.Cutter`).  The network judges each, and the song's
    probabilities are the mean over them,

    ``p[g] = sum_w p_w[g] / n_windows``,

    which is the linear opinion pool (Stone, "The opinion pool", Annals of Mathematical Statistics
    32(4), 1961) with equal weights; or each has a vote (see `lib.model.ballots`).

    Parameters
    ----------
    path : Path
        A file with sound in it.
    model : Model
        What judges; it also says which features it wants.
    quick : bool
        Hear only the window in the song's middle, and decode little more than that.  Where nobody
        knows the middle, or it can't be heard, the whole song is heard all the same.
    why : bool
        Say why as well (`Prediction.why`).
    on_window : callable or None
        Called with each window and its analysis as soon as it is heard, in order of time: plots
        are made from these, at no further cost.
    on_given : callable or None
        Called at the end with what was heard as numbers: an explanation is made from it later, or
        a row of a data set.
    progress : Progress
        Called after each window; may raise `~lib.errors.Cancelled`.

    Returns
    -------
    Prediction

    Raises
    ------
    AudioError
        If the file can't be heard.
    ModelError
        If the model was made with features that this version doesn't compute.
    BackboneError
        If the model hears by the backbone, and that can't be had.
    """
    hearing = Hearing(model)
    tempi: list[float] = []
    progress("Opening", None)
    with _opened(path, hearing, quick=quick) as (stream, windows):
        for window, analysis in analyse_windows(windows, extra=hearing.extra):
            hearing.hear(window, analysis)
            tempi.append(analysis.tempo)
            if on_window is not None:
                on_window(window, analysis)
            progress("Listening", stream.fraction)
    progress("Listening", 1.0)
    given, tags = hearing.end()
    if on_given is not None:
        on_given(given)
    probabilities = model.probabilities(given.X)
    overall = _ranked(model.labels, model.ballots(probabilities).mean(axis=0))
    genre, confidence = next(iter(overall.items()))
    return Prediction(
        source=str(path),
        title=stream.info.title,
        artist=stream.info.artist,
        seconds=stream.likely_seconds or 0.0,
        tempo=median(tempi),
        genre=genre,
        confidence=confidence,
        probabilities=overall,
        windows=tuple(_windows(model, hearing.spans, probabilities)),
        warnings=stream.warnings,
        model=model.name,
        unsure=model.is_unsure(confidence),
        own_limit=model.own_limit,
        outlier=model.is_outlier(given.X),
        tags=tags,
        why=_explained(model, given) if why else None,
    )


def _explained(model: Model, given: Given) -> Explanation:
    """Say why; only who asks for it waits for it."""
    from lib.explanation import explain

    return explain(model, given.X)


@contextmanager
def _opened(
    path: Path, hearing: Hearing, *, quick: bool
) -> Iterator[tuple[AudioStream, Iterable[Window]]]:
    """Open a song with all its windows, or for a quick answer with the one in its middle."""
    if quick:
        with open_audio(path) as stream:
            hearing.listen(stream)
            middle = _middle(stream)
            if middle is not None:
                yield stream, (middle,)
                return
    with open_audio(path) as stream:
        hearing.listen(stream)
        yield stream, stream.windows()


def _middle(stream: AudioStream) -> Window | None:
    """Hear the window in the middle of a song; None where it isn't known or can't be heard."""
    seconds = stream.likely_seconds
    if seconds is None or seconds <= LONGEST_WHOLE_SECONDS:
        return None
    try:
        middle = stream.excerpt((seconds - WINDOW_SECONDS) / 2, WINDOW_SECONDS)
    except AudioError:
        return None
    is_whole = len(middle.samples) == round(WINDOW_SECONDS * SAMPLE_RATE)
    return middle if is_whole else None


def _ranked(labels: tuple[str, ...], probabilities: NDArray[np.float64]) -> dict[str, float]:
    """Return genre and probability, likeliest first; equal ones in the order of the labels."""
    order = np.argsort(-probabilities, kind="stable")
    return {labels[index]: float(probabilities[index]) for index in order}


def _windows(
    model: Model, spans: Sequence[tuple[float, float]], probabilities: NDArray[np.float64]
) -> Iterator[WindowPrediction]:
    """Tell what was heard in each stretch [shape=(stretches, genres)]."""
    for (start, end), row in zip(spans, probabilities, strict=True):
        ranked = _ranked(model.labels, row)
        genre, confidence = next(iter(ranked.items()))
        yield WindowPrediction(start, end, genre, ranked, model.is_unsure(confidence))
