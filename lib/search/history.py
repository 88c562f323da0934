"""What a search has tried so far, as values: for tables and pictures."""

from __future__ import annotations

import csv
import io
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias, cast

from lib.search.search import SECONDS
from lib.search.space import Choice, space

if TYPE_CHECKING:
    import optuna

State: TypeAlias = Literal["complete", "pruned", "running", "waiting", "fail"]
_FEWEST = 8  # finished trials, below which nothing can be said of a choice's importance


@dataclass(frozen=True)
class Tried:
    """One trial.

    Parameters
    ----------
    number : int
        From 0, in the order in which they were begun.
    state : {"complete", "pruned", "running", "waiting", "fail"}
        What became of it; ``fail`` was stopped from outside, and is tried again.
    accuracy : float or None
        The mean over the folds that were judged; None where there is none.
    folds : int
        How many were.
    seconds : float
        That learning took.
    choices : mapping of str to str, int or float
        What was tried.
    """

    number: int
    state: State
    accuracy: float | None
    folds: int
    seconds: float
    choices: Mapping[str, Choice]


@dataclass(frozen=True)
class History:
    """A search so far.

    Parameters
    ----------
    name : str
        Of the search.
    trials : tuple of Tried
        In the order of their numbers.
    importances : mapping of str to float
        The share of the differences in accuracy that each choice explains, greatest first (fANOVA:
        Hutter, Hoos and Leyton-Brown, "An Efficient Approach for Assessing Hyperparameter
        Importance", ICML 2014); empty while fewer than eight trials are finished.
    """

    name: str
    trials: tuple[Tried, ...]
    importances: Mapping[str, float]

    @property
    def complete(self) -> tuple[Tried, ...]:
        """The trials that all folds judged."""
        return tuple(tried for tried in self.trials if tried.state == "complete")

    @property
    def best(self) -> Tried | None:
        """The trial of the highest accuracy, the first of equals; None where none is finished."""
        return max(self.complete, key=lambda tried: tried.accuracy or 0.0, default=None)


def read_history(study: optuna.Study) -> History:
    """Read what a search has tried."""
    trials = tuple(
        Tried(
            trial.number,
            cast("State", trial.state.name.lower()),
            trial.intermediate_values[trial.last_step] if trial.last_step is not None else None,
            len(trial.intermediate_values),
            float(trial.user_attrs.get(SECONDS, 0.0)),
            dict(trial.params),
        )
        for trial in study.get_trials(deepcopy=False)
    )
    history = History(study.study_name, trials, {})
    if len({tried.accuracy for tried in history.complete}) < _FEWEST:
        return history
    return History(study.study_name, trials, _importances(study))


def _importances(study: optuna.Study) -> dict[str, float]:
    from optuna.importance import FanovaImportanceEvaluator, get_param_importances

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = get_param_importances(study, evaluator=FanovaImportanceEvaluator(seed=0))
    return {name: float(share) for name, share in found.items()}


def history_csv(history: History) -> str:
    """Return all trials as CSV, one row each."""
    text = io.StringIO()
    choices = list(space())
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["number", "state", "accuracy", "folds", "seconds", *choices])
    for tried in history.trials:
        accuracy = "" if tried.accuracy is None else f"{tried.accuracy:.4f}"
        told = [tried.choices.get(choice, "") for choice in choices]
        cells = [f"{value:.5g}" if isinstance(value, float) else value for value in told]
        writer.writerow([tried.number, tried.state, accuracy, tried.folds, tried.seconds, *cells])
    return text.getvalue()
