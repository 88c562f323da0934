"""Hear a song: decode it, take its features window by window, ask the model."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from statistics import median

import numpy as np
from numpy.typing import NDArray

from lib.audio import Window, open_audio
from lib.errors import ModelError
from lib.features import FEATURE_NAMES, FEATURES_VERSION, Analysis, analyse, feature_vector
from lib.model import Model
from lib.prediction.prediction import Prediction, WindowPrediction
from lib.progress import Progress, silent


def hear(
    path: Path,
    model: Model,
    *,
    on_window: Callable[[Window, Analysis], None] | None = None,
    progress: Progress = silent,
) -> Prediction:
    """Name the genre of a song.

    The song is heard in windows (see `lib.audio.AudioStream.windows`).  The network judges each,
    and the song's probabilities are the mean over its windows,

    ``p[g] = sum_w p_w[g] / n_windows``,

    which is the linear opinion pool (Stone, "The opinion pool", Annals of Mathematical Statistics
    32(4), 1961) with equal weights.

    Parameters
    ----------
    path : Path
        A file with sound in it.
    model : Model
        What judges; it also says which features it wants.
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
    """
    columns = _columns(model)
    spans: list[tuple[float, float]] = []
    rows: list[NDArray[np.float64]] = []
    tempi: list[float] = []
    progress("Opening", None)
    with open_audio(path) as stream:
        for window in stream.windows():
            analysis = analyse(window.samples)
            spans.append((window.start, window.end))
            rows.append(feature_vector(analysis)[columns])
            tempi.append(analysis.tempo)
            if on_window is not None:
                on_window(window, analysis)
            progress("Listening", stream.fraction)
    progress("Listening", 1.0)
    probabilities = model.probabilities(np.stack(rows))
    overall = _ranked(model.labels, probabilities.mean(axis=0))
    genre, confidence = next(iter(overall.items()))
    return Prediction(
        source=str(path),
        title=stream.info.title,
        artist=stream.info.artist,
        seconds=stream.seconds,
        tempo=median(tempi),
        genre=genre,
        confidence=confidence,
        probabilities=overall,
        windows=tuple(
            _window_prediction(span, _ranked(model.labels, row))
            for span, row in zip(spans, probabilities, strict=True)
        ),
        warnings=stream.warnings,
        model=model.name,
    )


def _columns(model: Model) -> list[int]:
    """Return where the model's features stand among those computed here."""
    unknown = [name for name in model.feature_names if name not in FEATURE_NAMES]
    if unknown:
        raise ModelError(
            f"Model {model.name!r} wants the feature {unknown[0]!r}, which this version of Earmark "
            f"does not compute. Train it anew with 02_train.py."
        )
    if model.features_version != FEATURES_VERSION:
        raise ModelError(
            f"Model {model.name!r} learned from features of version {model.features_version!r}, "
            f"and this version of Earmark computes {FEATURES_VERSION!r}. "
            f"Run 00_preprocess.py and 02_train.py again."
        )
    return [FEATURE_NAMES.index(name) for name in model.feature_names]


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
