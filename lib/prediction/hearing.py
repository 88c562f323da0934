"""Hear a song: decode it, take its features window by window, ask the model.

Slow to import, for the numerical libraries; ``lib.prediction`` does so when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
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
from lib.errors import AudioError, YouTubeError
from lib.features import Analysis, analyse_windows
from lib.model import Model
from lib.prediction.given import Given, Hearing, columns
from lib.prediction.prediction import Prediction, WindowPrediction
from lib.progress import Progress, silent
from lib.youtube import Video, YouTube

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
        windows=tuple(
            _window_prediction(span, _ranked(model.labels, row), model)
            for span, row in zip(hearing.spans, probabilities, strict=True)
        ),
        warnings=stream.warnings,
        model=model.name,
        unsure=model.is_unsure(confidence),
        own_limit=model.own_limit,
        outlier=model.is_outlier(given.X),
        tags=tags,
        why=_explained(model, given) if why else None,
    )


def hear_video(
    video_id: str,
    youtube: YouTube,
    model: Model,
    *,
    why: bool = False,
    on_window: Callable[[Window, Analysis], None] | None = None,
    on_given: Callable[[Given], None] | None = None,
    progress: Progress = silent,
) -> Prediction:
    """Fetch a song from YouTube, or from the cache of what was fetched, and name its genre.

    Parameters
    ----------
    video_id : str
        As in `lib.youtube.Video.id`.
    youtube : YouTube
        Where it comes from.
    model, why, on_window, on_given
        See `hear`.
    progress : Progress
        Called while the song is fetched, with steps such as "Downloading 1.2 of 3.4 MB, 5 s left",
        and then as `hear` does.  Each step counts from 0 to 1.  May raise
        `~lib.errors.Cancelled`; what was downloaded by then is kept.

    Returns
    -------
    Prediction
        With `Prediction.video`, its title, and its channel for the artist.

    Raises
    ------
    Refusal
        If YouTube, the network, the limits or the disk refuse.
    YouTubeError
        If what was fetched can't be heard.
    ModelError
        If the model was made with features that this version doesn't compute; nothing is fetched.
    """
    columns(model)  # raises before anything is fetched
    with youtube.fetch(video_id, progress=progress) as song:
        try:
            heard = hear(
                song.path,
                model,
                why=why,
                on_window=on_window,
                on_given=on_given,
                progress=progress,
            )
        except AudioError as error:
            raise YouTubeError(
                f"{Video(video_id).link}: {error.reason} (What was downloaded is {error.path}; "
                "delete it to have it downloaded anew.)"
            ) from error
    video = song.entry
    return replace(
        heard,
        source=video.link,
        title=video.title or heard.title,
        artist=video.channel,
        video=video,
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


def _window_prediction(
    span: tuple[float, float], probabilities: dict[str, float], model: Model
) -> WindowPrediction:
    genre, confidence = next(iter(probabilities.items()))
    return WindowPrediction(
        start=span[0],
        end=span[1],
        genre=genre,
        probabilities=probabilities,
        unsure=model.is_unsure(confidence),
    )
