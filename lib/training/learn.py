"""The recipe: a fit that stops early, and where asked another one on all rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from lib.judgement import Rows, refuse_leaks
from lib.progress import Progress, silent
from lib.training.config import TrainingConfig
from lib.training.fit import Fitted, fit
from lib.training.networks import make_network
from lib.training.sides import Sides


@dataclass(frozen=True, eq=False)
class Learned:
    """What the recipe gives.

    Parameters
    ----------
    early : Fitted
        Stopped by the rows held out.
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
    network = make_network(config.network, inputs=rows.X.shape[1], genres=len(labels))
    training, validation = rows.at(sides.training), rows.at(sides.validation)
    early = fit(network, training, validation, labels=labels, config=config, progress=progress)
    if not config.refit:
        return Learned(early, early)
    final = fit(
        network,
        rows.at(sides.refit),
        None,
        labels=labels,
        config=config,
        epochs=early.best_epoch,
        progress=progress,
        step="Training anew on all rows",
    )
    return Learned(early, final)
