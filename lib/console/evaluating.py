"""Judging a model that is there, with a word on the console where the figures flatter it."""

from __future__ import annotations

import sys

from lib.console.bar import progress_bar
from lib.dataset import Dataset
from lib.judgement import Judgement, count_learned, evaluate, heard_by
from lib.model import Model
from lib.wording import count


def judged_on(model: Model, dataset: Dataset, *, quiet: bool) -> tuple[Judgement, int | None]:
    """Judge a model on songs, and say where it knows them already.

    Parameters
    ----------
    model : Model
    dataset : Dataset
        Whose audio is heard as far as the model needs it.
    quiet : bool
        Draw no bar.

    Returns
    -------
    tuple of (Judgement, int or None)
        What came of it, and how many of the songs it has learned from; None where it can't tell.
    """
    with progress_bar(quiet=quiet) as progress:
        dataset = heard_by(model, dataset, progress)
    judgement, learned = evaluate(model, dataset), count_learned(model, dataset)
    if learned:
        print(
            f"Earmark: {model.name} has learned from {learned} of these "
            f"{count(judgement.n, 'song')}, so that the figures flatter it.",
            file=sys.stderr,
        )
    elif model.data.get("fingerprint") == dataset.fingerprint:
        print("Earmark: this is the very data that the model learned from.", file=sys.stderr)
    return judgement, learned
