"""What a person should know of the model that answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

# How a training judges its model, the most honest way first, and which songs that means.
PROTOCOLS = {
    "artist_folds": "by artists it never heard",
    "test": "set aside to test it",
    "split": "that its table sets aside",
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
    songs : int or None
        How many songs that was measured on, where its folder says so.
    """

    name: str
    genres: tuple[str, ...]
    accuracy: float | None
    interval: tuple[float, float] | None
    judged_on: str
    suffixes: tuple[str, ...]
    songs: int | None = None


def measured(
    metrics: Mapping[str, Any],
) -> tuple[float | None, tuple[float, float] | None, str, int | None]:
    """Return accuracy, its interval, on which songs and on how many, by what a folder says.

    The figure nearest to what a person may expect of a new song comes first, as on the model's
    card: most of what songs of known artists would add to it is artists recognised again.
    """
    for protocol, judged_on in PROTOCOLS.items():
        figures = metrics.get(protocol)
        if isinstance(figures, Mapping) and "accuracy" in figures:
            interval = figures.get("interval")
            pair = (float(interval[0]), float(interval[1])) if interval else None
            accuracy = float(figures.get("mean", figures["accuracy"]))
            return accuracy, pair, judged_on, figures.get("songs")
    return None, None, "", None
