"""The new model beside the present one, on songs that it has not learned from."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from lib.backbone import features_version
from lib.dataset import Dataset
from lib.judgement import Comparison, Rows, compare, rows_for_model
from lib.model import Model
from lib.progress import Progress
from lib.training.config import TrainingConfig
from lib.training.fit import Fitted
from lib.training.kinds import verdict
from lib.training.learn import learn
from lib.training.sides import Sides, set_aside


def as_model(
    fitted: Fitted,
    labels: tuple[str, ...],
    config: TrainingConfig,
    **story: Any,  # noqa: ANN401 (each of a model's mappings has its type)
) -> Model:
    """Make a model of what a fit gave."""
    return Model(
        name=config.name,
        labels=labels,
        hears=config.representation.name,
        feature_names=config.feature_names,
        features_version=features_version(config.feature_names, config.representation),
        verdict=verdict(config.network),
        scaler=fitted.scaler,
        network=fitted.network,
        weights=fitted.weights,
        inputs=config.inputs,
        **story,
    )


@dataclass(frozen=True)
class Present:
    """The model that is used until now, and the songs as it hears them.

    Parameters
    ----------
    model : Model
    songs : Dataset
        See `~lib.judgement.heard_by`.
    """

    model: Model
    songs: Dataset


def judge_against(
    present: Present,
    rows: Rows,
    sides: Sides,
    early: Model,
    config: TrainingConfig,
    progress: Progress,
) -> Comparison:
    """Ask the new network and the present model for the genre of the songs held out.

    A recipe that stops early has chosen its epoch by these songs.  It is followed once more
    without them, and other songs are held out to stop it by: what is judged has not seen them.

    Parameters
    ----------
    present : Present
        That is used until now.
    rows : Rows
        The table.
    sides : Sides
        Its validation rows are judged.
    early : Model
        What the first fit gave, which learned from the training rows.
    config : TrainingConfig
        The recipe.
    progress : Progress
        Told after each epoch.

    Raises
    ------
    TrainingError
        If too few songs are left to stop a training by.
    JudgementError
        If the present model can hear none of the songs held out.
    """
    new = early
    if config.chooses:
        validation, by = set_aside(rows, sides.training, seed=config.seed)
        without = Sides(
            training=np.setdiff1d(sides.training, validation),
            validation=validation,
            excluded=np.array([], dtype=np.intp),
            test=sides.validation,
            by=by,
        )

        def tell(_step: str, fraction: float | None, /) -> None:
            progress("Training without the songs to compare on", fraction)

        refit = replace(config, refit=True)
        learned = learn(rows, without, labels=early.labels, config=refit, progress=tell)
        new = as_model(learned.final, early.labels, config)
    return compare(
        rows.at(sides.validation),
        new,
        present.model,
        by=sides.by,
        fingerprint=present.songs.fingerprint,
        heard=rows_for_model(present.model, present.songs),
    )
