"""Jobs for the processes of a search, which find them by their place at the top of a module.

Run as a script, it takes part in a search: ``python -m tests.search.jobs URL TRIALS``.
"""

from __future__ import annotations

import os
import signal
import sys

import numpy as np

from lib.search import Search, SearchSettings
from lib.search.work import FoldTask, Hopeless, Judged
from tests.search.conftest import make_toy


def judge_at_once(task: FoldTask) -> Judged | Hopeless:
    """Judge a configuration by its rate, without learning anything: the higher the better."""
    share = min(1.0, 100 * task.config.learning_rate)
    judged = task.rows.at(task.fold.judged)
    scores = np.zeros((len(judged), len(task.labels)))
    scores[:, 0] = 0.5
    for i in range(round(share * len(judged))):
        scores[i, task.labels.index(judged.genre[i])] = 1.0
    return Judged(share, scores, 0.25)


def give_up_half(task: FoldTask) -> Judged | Hopeless:
    """Find the relu hopeless."""
    if task.config.activation == "relu":
        return Hopeless("the loss became nan")
    return judge_at_once(task)


def die(_: FoldTask) -> Judged | Hopeless:
    os.kill(os.getpid(), signal.SIGKILL)
    raise AssertionError


if __name__ == "__main__":
    settings = SearchSettings(trials=int(sys.argv[2]), folds=2)
    Search(make_toy(), settings, storage=sys.argv[1], name="shared", job=judge_at_once).run()
