"""How often a model is right, by what its folder says."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any, TypeGuard

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

    Parameters
    ----------
    metrics : mapping
        As in `~lib.model.Model.metrics`.  It may come from a stranger: what is no figure there was
        not measured.
    """
    for protocol, judged_on in PROTOCOLS.items():
        found = measured_by(protocol, metrics)
        if found is not None:
            accuracy, interval, songs = found
            return accuracy, interval, judged_on, songs
    return None, None, "", None


def measured_by(
    protocol: str, metrics: Mapping[str, Any]
) -> tuple[float, tuple[float, float] | None, int | None] | None:
    """Return accuracy, its interval, and on how many songs, by one of `PROTOCOLS`; None without."""
    figures = metrics.get(protocol)
    if not isinstance(figures, Mapping) or not _is_number(accuracy := figures.get("accuracy")):
        return None
    mean, interval, songs = (figures.get(name) for name in ("mean", "interval", "songs"))
    ends = interval if isinstance(interval, list | tuple) and all(map(_is_number, interval)) else ()
    return (
        float(mean if _is_number(mean) else accuracy),
        (float(ends[0]), float(ends[1])) if len(ends) == 2 else None,
        songs if isinstance(songs, int) else None,
    )


def _is_number(value: object) -> TypeGuard[float]:
    """Tell whether a value of JSON is a finite number, as its true and its NaN are not."""
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)
