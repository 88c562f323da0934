"""The guard: before anything is judged, it looks for music that stands on both sides."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from lib.judgement.errors import LeakError
from lib.judgement.rows import Rows, replicas

_NAMED = 5


def refuse_leaks(
    rows: Rows,
    training: NDArray[np.intp],
    judged: NDArray[np.intp],
    *,
    by_artist: bool,
) -> None:
    """Refuse to judge songs that were learned from.

    It trusts no fold maker: it looks at the rows as they are.

    Parameters
    ----------
    rows : Rows
        The whole table.
    training, judged : np.ndarray [shape=(k,)]
        Numbers of the rows that are learned from and of those that are judged.
    by_artist : bool
        Whether an artist may not stand on both sides either.

    Raises
    ------
    LeakError
        Naming the songs, replicas or artists on both sides.
    """
    learned, asked = rows.at(training), rows.at(judged)
    _refuse("Songs", set(learned.track) & set(asked.track))
    same = replicas(rows.X)
    of_learned = dict(zip(same[training].tolist(), learned.track, strict=True))
    _refuse(
        "Replicas (songs with the same features)",
        {
            f"{track} = {of_learned[number]}"
            for number, track in zip(same[judged].tolist(), asked.track, strict=True)
            if number in of_learned
        },
    )
    if by_artist:
        _refuse("Artists", (set(learned.artist_keys) & set(asked.artist_keys)) - {""})


def _refuse(what: str, names: set[str]) -> None:
    if not names:
        return
    named = ", ".join(sorted(names)[:_NAMED])
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    raise LeakError(
        f"{what} that stand both where is learned and where is judged: {named}{more}. "
        f"Give them the same split in tracks.csv, or take one side out."
    )
