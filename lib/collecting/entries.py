"""What is kept of a playlist's entries: the songs added, and what became of the others."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.collecting.events import State
from lib.dataset.tables import Row


@dataclass(frozen=True, eq=False)
class Song:
    """A song that was added.

    Parameters
    ----------
    id : str
        Of the video.
    cells : Row
        Its row of tracks.csv as last seen.
    features : np.ndarray [shape=(excerpts, 85)]
    extra : np.ndarray [shape=(excerpts, 6)] or None
        The features beyond them; None where an earlier Earmark added it, which knew none.
    current : bool
        Whether the features are this version's.
    written : bool
        Whether tracks.csv has had its row.
    """

    id: str
    cells: Row
    features: NDArray[np.float64]
    extra: NDArray[np.float64] | None
    current: bool
    written: bool


@dataclass(frozen=True)
class Decision:
    """What became of an entry of a playlist: its number, its state, why, and the id of its double.

    The double is the song that it is the same recording as, or empty.
    """

    number: int
    state: State
    reason: str = ""
    rival: str = ""
