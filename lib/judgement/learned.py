"""Which songs a model has learned from already, so that it is no wonder that it knows them."""

from __future__ import annotations

from lib.dataset import Dataset
from lib.judgement.heard import rows_for_model
from lib.judgement.rows import Rows
from lib.model import Model

# In standard deviations of the inputs.  A model keeps three digits of each, which moves a song by
# 0.005 at most; the nearest songs that are not replicas lie some tenths apart, most of them 3 to 6.
SAME_SONG = 0.05


def learned_songs(model: Model, rows: Rows, fingerprint: str) -> set[str] | None:
    """Return which songs of some rows a model has learned from, or None where nobody can tell.

    Those are the songs that lie where one lies that it carries: a replica is the same music.

    Parameters
    ----------
    model : Model
        Carries the songs that it learned from, or at least the fingerprint of its table.
    rows : Rows
        The songs.
    fingerprint : str
        Of the table that they are of.
    """
    if model.songs is not None:
        distances = model.songs.nearest(model.given(rows.X))
        return set(rows.track[distances <= SAME_SONG].tolist())
    same = bool(fingerprint) and model.data.get("fingerprint") == fingerprint
    if same and model.training.get("config", {}).get("refit"):
        return set(rows.track.tolist())
    return None


def count_learned(model: Model, dataset: Dataset) -> int | None:
    """Return how many songs of a table a model has learned from, or None where nobody can tell.

    Parameters
    ----------
    model : Model
        As for `learned_songs`.
    dataset : Dataset
        Its rows are what the model hears.
    """
    known = learned_songs(model, rows_for_model(model, dataset), dataset.fingerprint)
    return None if known is None else len(known)
