"""How often a model is right, by what its folder says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

# How a training judges its model, the most honest way first, and which songs that means.
PROTOCOLS = {
    "artist_folds": "by artists it never heard",
    "test": "set aside to test it",
    "split": "that its table sets aside",
    "random_folds": "by artists it may know",
    "validation": "held out of its training",
}


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
