"""The winner of a search: judged once on songs that the search never saw, and handed on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from lib.judgement import Fold, Judgement, Rows, judge_songs
from lib.progress import Progress, silent
from lib.search.errors import SearchError
from lib.search.history import History, Tried
from lib.search.search import Search
from lib.search.space import config_of, final
from lib.search.storage import explained
from lib.search.work import FoldTask, Hopeless, Judged
from lib.training import RECIPES, TrainingConfig
from lib.training.recipefile import write_recipe
from lib.workers import Lost, Workers

_LOOKS = "looks"  # the search's attribute: what was judged on the songs kept out, by trial


@dataclass(frozen=True)
class Verdict:
    """How one configuration did on the songs that the search never saw.

    Parameters
    ----------
    accuracy : float
    interval : tuple of float
        95 %, by Wilson.
    songs : int
        How many there are.
    seconds : float
        That learning took.
    """

    accuracy: float
    interval: tuple[float, float]
    songs: int
    seconds: float


@dataclass(frozen=True)
class Winner:
    """The best trial of a search.

    Parameters
    ----------
    tried : Tried
        The trial.
    config : TrainingConfig
        To train it by.
    verdicts : mapping of str to Verdict
        Of the winner, and beside it of the recipes by their names, on the songs kept out.
    looks : int
        How many winners those songs have judged so far, this one included.
    """

    tried: Tried
    config: TrainingConfig
    verdicts: Mapping[str, Verdict]
    looks: int


def judge_winner(search: Search, history: History, progress: Progress = silent) -> Winner | None:
    """Judge the best trial on the songs that the search never saw, beside the recipes.

    A trial is judged there once; a later call returns what was found.  Each further winner is
    another look at the same songs, so `Winner.looks` counts them.

    Parameters
    ----------
    search : Search
        That found it.
    history : History
        What it has tried.
    progress : Progress
        Told as it goes on; may raise `~lib.errors.Cancelled`.

    Returns
    -------
    Winner or None
        None where no trial is finished yet.

    Raises
    ------
    SearchError
        If it can't be judged.
    """
    if (tried := history.best) is None:
        return None
    settings = search.settings
    config = final(
        config_of(
            tried.choices, epochs=settings.epochs, members=settings.members, seed=settings.seed
        )
    )
    with explained(search.storage):
        looks: dict[str, dict[str, Any]] = dict(search.study.user_attrs.get(_LOOKS, {}))
        if str(tried.number) not in looks:
            candidates = {"winner": config, **RECIPES}
            found = _judge(search, candidates, progress)
            looks[str(tried.number)] = {name: vars(verdict) for name, verdict in found.items()}
            search.study.set_user_attr(_LOOKS, looks)
    told = looks[str(tried.number)]
    verdicts = {
        name: Verdict(v["accuracy"], tuple(v["interval"]), v["songs"], v["seconds"])
        for name, v in told.items()
    }
    return Winner(tried, config, verdicts, len(looks))


def write_winner(path: Path, winner: Winner, search: Search) -> None:
    """Write the file that `02_train.py --from` takes."""
    divided = search.divided
    write_recipe(
        path,
        winner.config,
        search={
            "name": search.study.study_name,
            "trial": winner.tried.number,
            "accuracy": winner.tried.accuracy,
            "judged by": f"{search.settings.folds} folds by artist of the songs seen",
            "choices": dict(winner.tried.choices),
        },
        kept_out={
            "by": divided.by,
            "songs": len(set(search.rows.track[divided.kept])),
            "looks": winner.looks,
            **{name: vars(verdict) for name, verdict in winner.verdicts.items()},
        },
    )


def _judge(
    search: Search, candidates: Mapping[str, TrainingConfig], progress: Progress
) -> dict[str, Verdict]:
    """Have each candidate learn the songs seen, and judge it on those kept out."""
    divided = search.divided
    both = np.sort(np.concatenate([divided.seen, divided.kept]))
    rows = search.rows.at(both)
    fold = Fold(np.searchsorted(both, divided.seen), np.searchsorted(both, divided.kept))
    by_artist = divided.by != "song"
    tasks = [
        FoldTask(number, replace(config, seed=search.settings.seed), rows, fold, by_artist,
                 search.labels)
        for number, config in enumerate(candidates.values())
    ]  # fmt: skip
    names, found = list(candidates), {}
    with Workers[FoldTask, "Judged | Hopeless"](search.job, count=search.settings.jobs) as workers:
        for result in workers.run(tasks):
            if result is not None:
                found[names[result[0].number]] = _verdict(result[1], rows, fold, search.labels)
            progress("Judging the winner on songs kept out", len(found) / len(tasks))
    return {name: found[name] for name in names}


def _verdict(
    found: Judged | Hopeless | Lost, rows: Rows, fold: Fold, labels: tuple[str, ...]
) -> Verdict:
    if not isinstance(found, Judged):
        why = found.how if isinstance(found, Lost) else found.reason
        raise SearchError(f"The winner can't be judged ({why}); the same command tries it again.")
    asked = rows.at(fold.judged)
    judged: Judgement = judge_songs(asked.track, asked.genre, found.scores, labels=labels)
    return Verdict(judged.accuracy, judged.interval, judged.n, round(found.seconds, 2))
