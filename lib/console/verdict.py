"""A prediction in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from lib.prediction import Prediction
from lib.wording import clean, clock, percent

RUNNERS_UP = 3


def verdict_lines(prediction: Prediction, *, named: bool = False) -> Iterator[str]:
    """Tell a prediction to a person: title, genre, confidence, runners-up, doubts, tags, warnings.

    Parameters
    ----------
    prediction : Prediction
        What was heard in one song.
    named : bool
        Whether to name the file, too, where it is one.

    Yields
    ------
    str
        A line without its line break.
    """
    by = f"{prediction.artist} – " if prediction.artist else ""
    file = f"  {clean(prediction.source, longest=4096)}" if named and not prediction.video else ""
    yield f"{by}{prediction.title} ({clock(prediction.seconds)}){file}"
    if prediction.video is not None:
        yield f"  {prediction.video.link}"
    yield f"  {prediction.genre}  {percent(prediction.confidence)}"
    others = islice(prediction.probabilities.items(), 1, 1 + RUNNERS_UP)
    yield "  then " + ", ".join(f"{genre} {percent(p)}" for genre, p in others)
    if prediction.doubts:
        yield f"  {prediction.doubt}: {prediction.doubts}"
    if prediction.also_heard:
        yield "  also heard: " + ", ".join(prediction.also_heard)
    for warning in prediction.warnings:
        yield f"  note: {warning}"
    if prediction.why is not None:
        # Slow to import, and there already where somebody asked why.
        from lib.explanation import why_lines

        yield from (f"  {line}" for line in why_lines(prediction.why, prediction.genre))
