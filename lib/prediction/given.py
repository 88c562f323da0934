"""What a model is given of a song, collected as the song is heard."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from math import inf

import numpy as np
from numpy.typing import NDArray

from lib.audio import AudioStream, Window
from lib.backbone import (
    ACTIVATION_NAMES,
    BACKBONE_RATE,
    Backbone,
    Ear,
    features_version,
    load_backbone,
    needs_backbone,
)
from lib.errors import ModelError
from lib.features import (
    ALL_NAMES,
    EXTRA_NAMES,
    FEATURE_NAMES,
    REPRESENTATIONS,
    WINDOWS,
    Analysis,
    Cutter,
    feature_vector,
)
from lib.model import Model


@dataclass(frozen=True, eq=False)
class Given:
    """What was heard of a song, as numbers.

    Parameters
    ----------
    X : np.ndarray [shape=(n, features)]
        What the model was given, a row for each of its windows or segments.
    features : np.ndarray [shape=(windows, 85)]
        The features of the windows, whatever the model hears.
    activations : np.ndarray [shape=(windows, 400)] or None
        What the backbone heard in the windows; None where it wasn't asked.
    """

    X: NDArray[np.float64]
    features: NDArray[np.float64]
    activations: NDArray[np.float64] | None = None


@cache
def _backbone() -> Backbone:
    """Return the backbone, which is read once."""
    return load_backbone()


class Hearing:
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
        self._columns = columns(model)
        self._representation = REPRESENTATIONS[model.hears]
        self._cutter = Cutter()
        self._backbone = _backbone() if needs_backbone(model.feature_names) else None
        self._ear: Ear | None = None
        # What few models ask for, and the others needn't wait for.
        self.extra = not set(EXTRA_NAMES).isdisjoint(model.feature_names)
        self.spans: list[tuple[float, float]] = []
        self._rows: list[NDArray[np.float64]] = []
        self._windows: list[NDArray[np.float64]] = []

    def listen(self, stream: AudioStream) -> None:
        """Let the backbone, where it is wanted, hear a song as it is decoded."""
        if self._backbone is not None:
            self._ear = Ear(self._backbone)
            stream.also(BACKBONE_RATE, self._ear.take)

    def hear(self, window: Window, analysis: Analysis) -> None:
        """Take in a window, or those of its segments that were in no window before."""
        features = feature_vector(analysis)
        self._windows.append(features[: len(FEATURE_NAMES)])
        if not self._representation.segments:
            self._add(window, features)
            return
        for segment in self._cutter.cut(window):
            self._add(segment, self._representation.compute(segment.samples))

    def _add(self, window: Window, row: NDArray[np.float64]) -> None:
        self.spans.append((window.start, window.end))
        self._rows.append(row)

    def end(self) -> tuple[Given, Mapping[str, float]]:
        """Return all that was heard, now that the song is over.

        Returns
        -------
        given : Given
            With a row for each of the `spans`.
        tags : mapping of str to float
            What the backbone would call the song; empty without it.
        """
        features = np.stack(self._windows)
        if self._ear is None:
            return Given(self._chosen(self._rows), features), {}
        self._ear.end()
        # Of a window alone the ear has heard that, and a moment before.
        stretches = [(0.0, inf)] if self.spans[0][0] > 0 else self.spans
        heard = [self._ear.over(start, end).activations for start, end in stretches]
        rows = [np.concatenate(pair) for pair in zip(self._rows, heard, strict=True)]
        return Given(self._chosen(rows), features, np.stack(heard)), self._ear.over(0.0, inf).tags

    def _chosen(self, rows: list[NDArray[np.float64]]) -> NDArray[np.float64]:
        X = np.stack(rows)
        return X if self._representation.segments else X[:, self._columns]


def columns(model: Model) -> list[int]:
    """Return where a model's features stand among those computed here.

    Raises
    ------
    ModelError
        If this version doesn't compute them.
    """
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
