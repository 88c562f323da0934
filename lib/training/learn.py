"""The recipe: a fit that holds rows out, and where asked another one on all rows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from lib.judgement import Rows, refuse_leaks
from lib.model import input_names
from lib.progress import Progress, silent
from lib.training.config import TrainingConfig
from lib.training.fit import Fitted, OnEpoch, fit
from lib.training.members import fit_members
from lib.training.networks import network_of
from lib.training.regression import fit_regression
from lib.training.sides import Sides


@dataclass(frozen=True, eq=False)
class Learned:
    """What the recipe gives.

    Parameters
    ----------
    early : Fitted
        With rows held out, which stopped it or were only watched.
    final : Fitted
        To be used: fitted anew on all rows for as many epochs, or `early` itself.
    """

    early: Fitted
    final: Fitted


def learn(
    rows: Rows,
    sides: Sides,
    *,
    labels: Sequence[str],
    config: TrainingConfig,
    progress: Progress = silent,
    on_epoch: OnEpoch | None = None,
) -> Learned:
    """Follow the recipe that a model is made by, and that folds judge.

    Parameters
    ----------
    rows : Rows
        The table.
    sides : Sides
        Which of its rows are learned from.
    labels : sequence of str
        The genres in the order of the outputs.
    config : TrainingConfig
        The settings.
    progress : Progress
        Told after each epoch.
    on_epoch : callable or None
        Told the figures of each epoch of both fits.

    Raises
    ------
    LeakError
        If a song, or its replica, stands on two sides.
    TrainingError
        If TensorFlow is missing, or the loss stops being a number.
    """
    by_artist = sides.by == "artist"
    refuse_leaks(rows, sides.training, sides.validation, by_artist=by_artist)
    refuse_leaks(rows, sides.refit, sides.test, by_artist=False)
    training, validation = rows.at(sides.training), rows.at(sides.validation)
    test = rows.at(sides.test) if len(sides.test) else None
    early = _fit(training, validation, test, labels, config, progress, "Training", on_epoch)
    if not config.refit:
        return Learned(early, early)
    anew = replace(config, epochs=early.best_epoch)
    refit = rows.at(sides.refit)
    return Learned(
        early,
        learn_all(refit, labels=labels, config=anew, progress=progress, on_epoch=on_epoch),
    )


def learn_all(
    rows: Rows,
    *,
    labels: Sequence[str],
    config: TrainingConfig,
    progress: Progress = silent,
    on_epoch: OnEpoch | None = None,
) -> Fitted:
    """Fit a fresh network on all of some rows for `config.epochs`: the second half of `learn`."""
    return _fit(rows, None, None, labels, config, progress, "Training anew on all rows", on_epoch)


def _fit(
    training: Rows,
    validation: Rows | None,
    test: Rows | None,
    labels: Sequence[str],
    config: TrainingConfig,
    progress: Progress,
    step: str,
    on_epoch: OnEpoch | None,
) -> Fitted:
    inputs = len(input_names(config.inputs, config.feature_names))
    network = network_of(config, inputs=inputs, genres=len(labels))
    return _learner(config)(
        network,
        training,
        validation,
        test=test,
        labels=labels,
        config=config,
        progress=progress,
        step=step,
        on_epoch=on_epoch,
    )


def _learner(config: TrainingConfig) -> Callable[..., Fitted]:
    """Return what fits a network as the settings say."""
    if not config.needs_keras:
        return fit_regression
    return partial(fit_members, settings=config.regularisation) if config.regularisation else fit
