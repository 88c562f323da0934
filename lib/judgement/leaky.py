"""The figure that can't be trusted, computed to be shown beside those that can."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from lib.judgement.evaluate import judge_songs
from lib.judgement.learners import Learner
from lib.judgement.metrics import Judgement
from lib.judgement.rows import Rows
from lib.progress import Progress, silent

LEAKY = "LEAKY: windows divided at random, so that nearly every song is both learned and judged"
"""What stands beside the figure wherever it is shown."""

_LEARNED = 0.9  # of the windows, as in ten folds


def judge_leaky(
    rows: Rows,
    learner: Learner,
    *,
    labels: Sequence[str],
    seed: int,
    progress: Progress = silent,
) -> Judgement:
    """Judge a learner as many reports do, by a random tenth of the windows.

    Nearly every song then stands on both sides, and is recognised rather than judged.  Nothing is
    to be chosen by this figure; it explains the 90 % that is read elsewhere.

    Parameters
    ----------
    rows : Rows
        The table; where each song has one window there is nothing leaky to show.
    learner : Learner
        What to judge.
    labels : sequence of str
        All genres.
    seed : int
        Chooses the windows.
    progress : Progress
        Told while it learns.

    Returns
    -------
    Judgement
        Of windows, each for itself: its `n` counts windows.
    """
    known = np.flatnonzero(rows.split != "test")
    order = np.random.default_rng(seed).permutation(known)
    learned, judged = np.split(order, [min(len(order) - 1, round(_LEARNED * len(order)))])
    scorer = learner.learn(rows.at(np.sort(learned)), labels=labels, progress=progress)
    asked = rows.at(np.sort(judged))
    window = np.arange(len(asked), dtype=object)
    return judge_songs(window, asked.genre, scorer(asked.X), labels=labels)


def has_windows(rows: Rows) -> bool:
    """Tell whether a song has more rows than one, so that a random split of them would leak."""
    return len(set(rows.track)) < len(rows)
