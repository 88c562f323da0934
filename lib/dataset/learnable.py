"""Which songs of a table may be learned from, and whether each genre has enough of them.

Training keeps to this, and the window names the genres that stand in its way before it begins.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
from numpy.typing import NDArray

from lib.dataset.dataset import Dataset

# One song of five is held out to judge by, so a genre needs five for one to be there.
FEWEST_SONGS = 5


def learnable(dataset: Dataset) -> NDArray[np.intp]:
    """Return the numbers of the rows that are neither ``test`` nor ``excluded`` by their split."""
    return np.flatnonzero(~np.isin(dataset.split, ["test", "excluded"]))


def count_learnable(dataset: Dataset) -> dict[str, int]:
    """Count the songs of each genre that may be learned from, genres without any included.

    Parameters
    ----------
    dataset : Dataset
        Each song counts once, however many windows it has.
    """
    rows = learnable(dataset)
    songs = Counter(dict(zip(dataset.track[rows], dataset.genre[rows], strict=True)).values())
    return {genre: songs[genre] for genre in dataset.labels}
