"""Songs as a model hears them: of a data set, what the model is given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from lib.dataset import Dataset, as_backbone_hears, as_heard
from lib.features import REPRESENTATIONS, WINDOWS, Representation
from lib.judgement.rows import Rows
from lib.model import Model
from lib.progress import Progress, silent


def heard_by(model: Model, songs: Dataset, progress: Progress = silent) -> Dataset:
    """Return a data set whose rows hold what a model hears.

    Parameters
    ----------
    model : Model
    songs : Dataset
        The tables; their audio is heard as far as the model needs it and it isn't known.
    progress : Progress

    Raises
    ------
    DatasetError
        Where audio is needed, and none can be heard.
    BackboneError
        Where the backbone is wanted and can't be had.
    """
    heard = as_heard(songs, REPRESENTATIONS[model.hears], progress=progress)
    return as_backbone_hears(heard, model.feature_names, progress=progress)


def rows_for_model(model: Model, dataset: Dataset) -> Rows:
    """Take the rows of a data set, as `heard_by` gave it, with the features of a model."""
    return rows_for_names(REPRESENTATIONS[model.hears], model.feature_names, dataset)


def rows_for_names(heard: Representation, names: Sequence[str], dataset: Dataset) -> Rows:
    """Take the rows of a data set; of windows with these features alone, in this order.

    Raises
    ------
    DatasetError
        If extra features are asked for that the data set has not.
    """
    rows = Rows.of(dataset)
    if heard is not WINDOWS:
        return rows  # which are what the network hears: see `~lib.dataset.as_heard`
    return replace(rows, X=dataset.values(names))
