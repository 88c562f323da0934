"""Which rows of a table are learned from, which stop the training, and which are left alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.dataset import FEWEST_SONGS, Dataset, count_learnable, learnable
from lib.errors import TrainingError
from lib.judgement import JudgementError, Rows, hold_out, rows_for_names
from lib.training.config import TrainingConfig

SPLITS = ("train", "valid", "test", "excluded", "")


@dataclass(frozen=True, eq=False)
class Sides:
    """A table divided for training.

    Parameters
    ----------
    training, validation, excluded, test : np.ndarray [shape=(k,)]
        Numbers of rows, ascending; together all rows, each once.
    by : {"split", "artist", "song"}
        What the validation rows were chosen by: the table's own column, or held out in whole
        artists or in whole songs.
    """

    training: NDArray[np.intp]
    validation: NDArray[np.intp]
    excluded: NDArray[np.intp]
    test: NDArray[np.intp]
    by: str

    @property
    def refit(self) -> NDArray[np.intp]:
        """The rows for a fit that holds nothing out: all but the test rows."""
        return np.sort(np.concatenate([self.training, self.validation, self.excluded]))


def usable(dataset: Dataset) -> NDArray[np.intp]:
    """Return the rows that may be learned from or stop a training, once the table is checked.

    Those are neither ``test`` nor ``excluded``.

    Raises
    ------
    TrainingError
        If there are none, a split is unknown, there are fewer than two genres, or a genre has too
        few songs to learn from.
    """
    unknown = np.flatnonzero(~np.isin(dataset.split, SPLITS))
    if len(unknown):
        row = unknown[0]
        raise TrainingError(
            f"The split of track {dataset.track[row]} in tracks.csv is {dataset.split[row]!r}; "
            f"it must be {', '.join(filter(None, SPLITS))} or empty."
        )
    songs = count_learnable(dataset)
    scarce = [f"{genre} ({count})" for genre, count in songs.items() if count < FEWEST_SONGS]
    if scarce:
        raise TrainingError(
            f"Genres with too few songs to learn from: {', '.join(scarce)}. Each needs "
            f"{FEWEST_SONGS}, as one song of five is held out to stop the training by. Add songs, "
            f"or leave the genre out by --without."
        )
    if len(songs) < 2:
        found = f"only {next(iter(songs))}" if songs else "no songs with features"
        raise TrainingError(f"{dataset.folder} holds {found}; a model needs two genres or more.")
    return learnable(dataset)


def divide(dataset: Dataset, *, seed: int) -> Sides:
    """Divide a table for training.

    Where its column ``split`` names validation rows (``valid``), those are taken; otherwise about a
    fifth of the songs is held out, in whole artists where that can be done.  Rows of the split
    ``test`` are never learned from.  Those ``excluded`` (replicas, mislabelled, distorted) have no
    part in choosing when to stop, as they would recognise their replicas among the songs held out;
    a fit that holds nothing out does learn from them.

    Parameters
    ----------
    dataset : Dataset
        The table.
    seed : int
        Chooses the songs held out.

    Raises
    ------
    TrainingError
        If the table can't be used (see `usable`), or its split leaves nothing of a genre to learn
        from.
    """
    rows, split = usable(dataset), dataset.split
    if np.any(split == "valid"):
        validation, by = np.flatnonzero(split == "valid"), "split"
    else:
        validation, by = set_aside(Rows.of(dataset), rows, seed=seed)
    training = np.setdiff1d(rows, validation)
    if missing := sorted(set(dataset.genre[rows]) - set(dataset.genre[training])):
        raise TrainingError(
            f"The split of tracks.csv leaves no song of {', '.join(missing)} to learn from. "
            f"Give some of them the split train, or leave the column empty."
        )
    excluded, test = (np.flatnonzero(split == name) for name in ("excluded", "test"))
    return Sides(training, validation, excluded, test, by)


def rows_for(dataset: Dataset, config: TrainingConfig) -> Rows:
    """Take the rows of a data set with the features that a configuration asks for.

    Raises
    ------
    DatasetError
        If it asks for extra features that the data set has not.
    """
    return rows_for_names(config.representation, config.feature_names, dataset)


def set_aside(table: Rows, rows: NDArray[np.intp], *, seed: int) -> tuple[NDArray[np.intp], str]:
    """Choose about a fifth of the songs of some rows of a table, to stop a training by.

    Returns
    -------
    validation : np.ndarray [shape=(k,)]
        Numbers of rows of the table.
    by : {"artist", "song"}
        See `~lib.judgement.hold_out`.

    Raises
    ------
    TrainingError
        If there are too few different songs.
    """
    try:
        fold, by = hold_out(table.at(rows), seed=seed)
    except JudgementError as error:
        raise TrainingError(f"No songs can be held out to stop the training by. {error}") from error
    return rows[fold.judged], by
