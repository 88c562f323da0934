"""Judging a model on a table: one verdict a song, however long it is."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from lib.backbone import features_version
from lib.dataset import Dataset
from lib.errors import ModelError
from lib.features import ALL_NAMES, REPRESENTATIONS, WINDOWS
from lib.judgement.certainty import are_probabilities
from lib.judgement.metrics import Judgement, judge
from lib.model import Model


def evaluate(model: Model, dataset: Dataset) -> Judgement:
    """Ask a model for the genre of each song of a table.  Needs neither TensorFlow nor sklearn.

    Parameters
    ----------
    model : Model
        To be judged.
    dataset : Dataset
        Whose rows are what the model hears; see `~lib.dataset.as_heard`.

    Raises
    ------
    ModelError
        If the model was trained on other features, or doesn't know a genre of the table.
    JudgementError
        If the table has no songs with features.
    """
    heard = REPRESENTATIONS[model.hears]
    columns = (*ALL_NAMES, *map(str, dataset.features.columns))
    names = columns if heard is WINDOWS else heard.names
    known = [name for name in model.feature_names if name in names]
    model.check_features(known, features_version(known, heard))
    check_genres(model, dataset.labels)
    X = dataset.values(known) if heard is WINDOWS else dataset.X
    ballots = model.ballots(model.probabilities(X))
    return judge_songs(dataset.track, dataset.genre, ballots, labels=model.labels)


def check_genres(model: Model, genres: Sequence[str]) -> None:
    """Raise `ModelError` that names the genres, if any, that a model doesn't know."""
    unknown = sorted(set(genres) - set(model.labels))
    if unknown:
        raise ModelError(
            f"Model {model.name} doesn't know the genres {', '.join(unknown)}; it knows "
            f"{', '.join(model.labels)}. Rename them in tracks.csv, take their songs out, or "
            f"train a model on them."
        )


def judge_songs(
    track: NDArray[np.object_],
    genre: NDArray[np.object_],
    scores: NDArray[np.float64],
    *,
    labels: Sequence[str],
) -> Judgement:
    """Judge by song what was predicted by window.

    Parameters
    ----------
    track, genre : np.ndarray [shape=(n,)]
        Of each window.
    scores : np.ndarray [shape=(n, genres)]
        Probabilities, or any figures of which the greatest wins, of each window.  Of probabilities
        `Judgement.certainty` is told as well.
    labels : sequence of str
        The genres in the order of the columns.
    """
    first, means = song_means(track, scores)
    called = [labels[best] for best in means.argmax(axis=1)]
    probabilities = means if are_probabilities(scores) else None
    return judge(genre[first].tolist(), called, labels, probabilities=probabilities)


def song_means(
    track: NDArray[np.object_], scores: NDArray[np.float64]
) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
    """Average the scores of each song's windows.

    Returns
    -------
    first : np.ndarray [shape=(songs,)]
        The row in which each song first occurs, ascending.
    means : np.ndarray [shape=(songs, genres)]
        In the same order.
    """
    number = {name: i for i, name in enumerate(dict.fromkeys(track))}
    song = np.array([number[name] for name in track], dtype=np.intp)
    _, first, windows = np.unique(song, return_index=True, return_counts=True)
    sums = np.zeros((len(number), scores.shape[1]))
    np.add.at(sums, song, scores)
    return first, sums / windows[:, None]
