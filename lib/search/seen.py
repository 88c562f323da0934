"""Which songs a search may see, and which it must not, because they judge what it finds."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.judgement import Rows, hold_out
from lib.search.errors import SearchError


@dataclass(frozen=True, eq=False)
class Seen:
    """A table divided for a search.

    Parameters
    ----------
    seen : np.ndarray [shape=(k,)]
        Numbers of the rows that the search learns from and judges by, in folds.
    kept : np.ndarray [shape=(k,)]
        Numbers of those that judge the winner, once.
    by : {"split", "artist", "song"}
        What they were told apart by: the table's own column, whole artists, or whole songs where a
        genre is all by one artist.
    """

    seen: NDArray[np.intp]
    kept: NDArray[np.intp]
    by: str


def divide_for_search(rows: Rows, *, seed: int) -> Seen:
    """Keep songs out of a search.

    Where the table's column ``split`` names songs for validation or test, those are kept out, and
    with them whatever shares an artist or the very sound with one of them; otherwise a fifth of the
    songs, in whole artists where that can be done.  Songs ``excluded`` stand on neither side.

    Parameters
    ----------
    rows : Rows
        The table.
    seed : int
        Chooses the songs where the table doesn't.

    Raises
    ------
    SearchError
        If the table's own split leaves no song of a genre to search by.
    JudgementError
        If there are too few songs, or none that aren't excluded, to keep some out.
    """
    usual = np.flatnonzero(rows.split != "excluded")
    named = usual[np.isin(rows.split[usual], ["valid", "test"])]
    if not len(named):
        fold, by = hold_out(rows.at(usual), seed=seed)
        return Seen(usual[fold.training], usual[fold.judged], by)
    groups = rows.groups(by_artist=True)
    seen = usual[~np.isin(groups[usual], groups[named])]
    if missing := sorted(set(rows.genre[named]) - set(rows.genre[seen])):
        raise SearchError(
            f"The split of tracks.csv leaves no song of {', '.join(missing)} to search by, once "
            f"the songs for validation and test, and others by their artists, are kept out. Give "
            f"some of them the split train."
        )
    return Seen(seen, named, "split")
