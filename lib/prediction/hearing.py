"""Hear a song: decode it, take its features window by window, ask the model.

Slow to import, for the numerical libraries; ``lib.prediction`` does so when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from functools import cache
from math import inf
from pathlib import Path
from statistics import median

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
from lib.backbone import (
    ACTIVATION_NAMES,
    BACKBONE_RATE,
    Backbone,
    Ear,
    features_version,
    load_backbone,
    needs_backbone,
)
from lib.errors import AudioError, ModelError, YouTubeError
from lib.features import (
    ALL_NAMES,
    EXTRA_NAMES,
    FEATURE_NAMES,
    REPRESENTATIONS,
    WINDOWS,
    Analysis,
    Cutter,
    analyse_windows,
    feature_vector,
)
from lib.model import Model
from lib.prediction.prediction import Prediction, WindowPrediction
from lib.progress import Progress, silent
from lib.youtube import Video, YouTube


def hear(
    path: Path,
    model: Model,
    *,
    quick: bool = False,
    on_window: Callable[[Window, Analysis], None] | None = None,
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
    on_window : callable or None
        Called with each window and its analysis as soon as it is heard, in order of time: plots
        are made from these, at no further cost.
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
    hearing = _Hearing(model)
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
    X, tags = hearing.end()
    probabilities = model.probabilities(X)
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
            _window_prediction(span, _ranked(model.labels, row))
            for span, row in zip(hearing.spans, probabilities, strict=True)
        ),
        warnings=stream.warnings,
        model=model.name,
        unsure=model.is_unsure(confidence),
        outlier=model.is_outlier(X),
        tags=tags,
    )


def hear_video(
    video_id: str,
    youtube: YouTube,
    model: Model,
    *,
    on_window: Callable[[Window, Analysis], None] | None = None,
    progress: Progress = silent,
) -> Prediction:
    """Fetch a song from YouTube, or from the cache of what was fetched, and name its genre.

    Parameters
    ----------
    video_id : str
        As in `lib.youtube.Video.id`.
    youtube : YouTube
        Where it comes from.
    model, on_window
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
    _columns(model)
    with youtube.fetch(video_id, progress=progress) as song:
        try:
            heard = hear(song.path, model, on_window=on_window, progress=progress)
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


@contextmanager
def _opened(
    path: Path, hearing: _Hearing, *, quick: bool
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


@cache
def _backbone() -> Backbone:
    """Return the backbone, which is read once."""
    return load_backbone()


class _Hearing:
    """Collects what a model is given of a song.

    Parameters
    ----------
    model : Model
        Says what it wants.

    Raises
    ------
    ModelError
        If this version doesn't compute that.
    BackboneError
        If it wants the backbone, and that can't be had.
    """

    def __init__(self, model: Model) -> None:
        self._columns = _columns(model)
        self._representation = REPRESENTATIONS[model.hears]
        self._cutter = Cutter()
        self._backbone = _backbone() if needs_backbone(model.feature_names) else None
        self._ear: Ear | None = None
        # What few models ask for, and the others needn't wait for.
        self.extra = not set(EXTRA_NAMES).isdisjoint(model.feature_names)
        self.spans: list[tuple[float, float]] = []
        self._rows: list[NDArray[np.float64]] = []

    def listen(self, stream: AudioStream) -> None:
        """Let the backbone, where it is wanted, hear a song as it is decoded."""
        if self._backbone is not None:
            self._ear = Ear(self._backbone)
            stream.also(BACKBONE_RATE, self._ear.take)

    def hear(self, window: Window, analysis: Analysis) -> None:
        """Take in a window, or those of its segments that were in no window before."""
        if not self._representation.segments:
            self._add(window, feature_vector(analysis))
            return
        for segment in self._cutter.cut(window):
            self._add(segment, self._representation.compute(segment.samples))

    def _add(self, window: Window, row: NDArray[np.float64]) -> None:
        self.spans.append((window.start, window.end))
        self._rows.append(row)

    def end(self) -> tuple[NDArray[np.float64], Mapping[str, float]]:
        """Return all that was heard, now that the song is over.

        Returns
        -------
        X : np.ndarray [shape=(n, features)]
            A row for each of the `spans`.
        tags : mapping of str to float
            What the backbone would call the song; empty without it.
        """
        if self._ear is None:
            return self._chosen(self._rows), {}
        self._ear.end()
        # Of a window alone the ear has heard that, and a moment before.
        stretches = [(0.0, inf)] if self.spans[0][0] > 0 else self.spans
        heard = [self._ear.over(start, end).activations for start, end in stretches]
        rows = [np.concatenate(pair) for pair in zip(self._rows, heard, strict=True)]
        return self._chosen(rows), self._ear.over(0.0, inf).tags

    def _chosen(self, rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
        X = np.stack(rows)
        return X if self._representation.segments else X[:, self._columns]


def _columns(model: Model) -> list[int]:
    """Return where the model's features stand among those computed here."""
    heard = REPRESENTATIONS[model.hears]
    known = heard.names
    if heard is WINDOWS:
        backbone = needs_backbone(model.feature_names)
        known = (*FEATURE_NAMES, *ACTIVATION_NAMES) if backbone else ALL_NAMES
    unknown = [name for name in model.feature_names if name not in known]
    if unknown:
        raise ModelError(
            f"Model {model.name!r} wants the feature {unknown[0]!r}, which this version of Earmark "
            f"does not compute. Train it anew with 02_train.py."
        )
    if model.features_version != (version := features_version(model.feature_names, heard)):
        raise ModelError(
            f"Model {model.name!r} learned from features of version {model.features_version!r}, "
            f"and this version of Earmark computes {version!r}. "
            f"Run 00_preprocess.py and 02_train.py again."
        )
    if heard is not WINDOWS and model.feature_names != heard.names:
        raise ModelError(
            f"Model {model.name!r} wants some of the {len(heard.names)} features of a segment, or "
            f"in another order, and this Earmark gives all of them. Train it anew by 02_train.py."
        )
    return [known.index(name) for name in model.feature_names]


def _ranked(labels: tuple[str, ...], probabilities: NDArray[np.float64]) -> dict[str, float]:
    """Return genre and probability, likeliest first; equal ones in the order of the labels."""
    order = np.argsort(-probabilities, kind="stable")
    return {labels[index]: float(probabilities[index]) for index in order}


def _window_prediction(
    span: tuple[float, float], probabilities: dict[str, float]
) -> WindowPrediction:
    return WindowPrediction(
        start=span[0],
        end=span[1],
        genre=next(iter(probabilities)),
        probabilities=probabilities,
    )
