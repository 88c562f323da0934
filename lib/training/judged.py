"""What a model tells of how its recipe was judged over folds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lib.dataset import Dataset
from lib.judgement import FoldsBy, Judgement
from lib.model import Model
from lib.training.confidence import confident_by_folds
from lib.training.crossvalidate import CrossValidation
from lib.training.train import Trained

_NAMES: dict[FoldsBy, str] = {
    "artist": "artist_folds", "random": "random_folds", "split": "split",
}  # fmt: skip


def judged_by_folds(
    trained: Trained, dataset: Dataset, judged: Mapping[FoldsBy, CrossValidation]
) -> tuple[Model, Judgement]:
    """Let a model tell how its recipe was judged over folds.

    Parameters
    ----------
    trained : Trained
    dataset : Dataset
        That it was trained on.
    judged : mapping of str to CrossValidation
        By protocol, those that were asked for.

    Returns
    -------
    tuple of (Model, Judgement)
        The model, as sure as folds by artist say where there are some; and what to say of it:
        what these found, else what the songs held out did.
    """
    metrics = {_NAMES[protocol]: found.to_dict() for protocol, found in judged.items()}
    model = replace(trained.model, metrics={**metrics, **trained.model.metrics})
    by_artist = judged.get("artist")
    if by_artist is None:
        return model, trained.judgement
    pooled = by_artist.network.pooled
    if by_artist.calibrated is None:
        return model, pooled
    model = confident_by_folds(model, dataset, by_artist.network, by_artist.calibrated)
    # Of all songs, even where some can't tell how sure it is.
    return model, pooled if by_artist.learned else by_artist.calibrated
