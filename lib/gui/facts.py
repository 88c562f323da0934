"""What a person should know of the model that answers."""

from __future__ import annotations

from dataclasses import dataclass


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
    instead : str
        Why it answers, and not the one that a person took: a sentence for the foot of the window;
        empty where that answers.
    """

    name: str
    genres: tuple[str, ...]
    accuracy: float | None
    interval: tuple[float, float] | None
    judged_on: str
    suffixes: tuple[str, ...]
    songs: int | None = None
    instead: str = ""
