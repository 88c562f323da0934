"""Dividing songs into those learned from and those judged, so that no music stands on both sides.

The random folds are what most reports quote: they ask whether a song is told whose artist, and
often whose album, was learned.  The artist folds ask what a person asks: a song by somebody new.
The table's own split is one that somebody made by hand, to be compared with.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray

from lib.judgement.errors import JudgementError
from lib.judgement.even import even_folds
from lib.judgement.rows import Rows

FoldsBy: TypeAlias = Literal["artist", "random", "split"]
"""The protocols, by name."""


@dataclass(frozen=True, eq=False)
class Fold:
    """Two sides of a table.

    Parameters
    ----------
    training, judged : np.ndarray [shape=(k,)]
        Numbers of rows, ascending, none on both sides.
    """

    training: NDArray[np.intp]
    judged: NDArray[np.intp]


def folds_by(
    protocol: FoldsBy, rows: Rows, *, folds: int, seed: int, lone_artists: bool = False
) -> tuple[Fold, ...]:
    """Divide a table as a protocol has it.

    Parameters
    ----------
    protocol : {"artist", "random", "split"}
        `artist_folds` or `random_folds` of all songs but those of the split ``test``; or
        `table_split`.
    rows : Rows
        The table.
    folds, seed : int
        As for `random_folds`; ``split`` takes neither.
    lone_artists : bool
        As for `artist_folds`, which alone takes it.

    Raises
    ------
    JudgementError
        If the table can't be divided so.
    """
    if protocol == "split":
        return (table_split(rows),)
    known = np.flatnonzero(rows.split != "test")
    if protocol == "artist":
        asked = rows.at(known)
        divided = artist_folds(asked, folds=folds, seed=seed, lone_artists=lone_artists)
    else:
        divided = random_folds(rows.at(known), folds=folds, seed=seed)
    return tuple(Fold(known[fold.training], known[fold.judged]) for fold in divided)


def table_split(rows: Rows) -> Fold:
    """Divide songs as the table's own column ``split`` has it.

    Songs of the split ``test`` are judged by what learned from ``train`` and ``valid``; in a table
    without any, those of ``valid`` by what learned from ``train``.  Songs ``excluded``, and those
    of no split, stand on neither side.

    Raises
    ------
    JudgementError
        If a side is empty, or a genre would be missing where it is to be learned.
    """
    test = bool(np.any(rows.split == "test"))
    training = np.flatnonzero(np.isin(rows.split, ["train", "valid"] if test else ["train"]))
    judged = np.flatnonzero(rows.split == ("test" if test else "valid"))
    if not len(training) or not len(judged):
        raise JudgementError(
            "The column split of tracks.csv names no songs to learn from (train), or none to judge "
            "(test, else valid). Fill it in, or judge by folds."
        )
    if missing := sorted(set(rows.genre[judged]) - set(rows.genre[training])):
        raise JudgementError(
            f"The split of tracks.csv leaves no song of {', '.join(missing)} to learn from. "
            f"Give some of them the split train."
        )
    return Fold(training, judged)


def random_folds(rows: Rows, *, folds: int, seed: int) -> tuple[Fold, ...]:
    """Divide songs at random, with each genre spread evenly; replicas stay together.

    Parameters
    ----------
    rows : Rows
        The songs' windows; all windows of a song go to one side.
    folds : int
        How many times; each song is judged once.
    seed : int
        The same seed gives the same folds.

    Raises
    ------
    JudgementError
        If there are no songs, or too few for so many folds, or a genre would be missing where it
        is to be learned.
    """
    return _folds(rows, rows.groups(by_artist=False), folds=folds, seed=seed, unit="songs")


def artist_folds(
    rows: Rows, *, folds: int, seed: int, lone_artists: bool = False
) -> tuple[Fold, ...]:
    """Divide songs as `random_folds` does, but with all songs of an artist on one side.

    A song whose artist is unknown counts as by an artist of its own.

    Parameters
    ----------
    rows, folds, seed
        As for `random_folds`.
    lone_artists : bool
        Whether to divide a genre, too, of which too few artists are there to be on both sides.
        Its songs are then judged by what never learned the genre, and count as wrong.

    Raises
    ------
    JudgementError
        As `random_folds`, of artists.
    """
    groups = rows.groups(by_artist=True)
    return _folds(rows, groups, folds=folds, seed=seed, unit="artists", lone=lone_artists)


def hold_out(rows: Rows, *, share: float = 0.2, seed: int) -> tuple[Fold, str]:
    """Set about a share of the songs aside, by artist where that can be done.

    Parameters
    ----------
    rows : Rows
        The songs' windows.
    share : float
        Of the songs, between 0 and 0.5.
    seed : int
        The same seed sets the same songs aside.

    Returns
    -------
    fold : Fold
        The songs set aside are its judged side.
    by : {"artist", "song"}
        By song if some genre is all by one artist, who can't be on both sides.

    Raises
    ------
    JudgementError
        If there are too few songs even so.
    """
    folds = min(round(1 / share), max(2, _largest_genre(rows)))
    try:
        return _most_even(rows, artist_folds(rows, folds=folds, seed=seed)), "artist"
    except JudgementError:
        return _most_even(rows, random_folds(rows, folds=folds, seed=seed)), "song"


def _most_even(rows: Rows, folds: tuple[Fold, ...]) -> Fold:
    """Choose the fold whose judged genres are spread most like those of the table.

    An artist may be half of a genre; a fold that sets him aside leaves little to learn from.
    """
    genres = sorted(set(rows.genre))

    def shares(of: NDArray[np.intp]) -> NDArray[np.float64]:
        return np.array([np.mean(rows.genre[of] == genre) for genre in genres])

    whole = shares(np.arange(len(rows)))
    return min(folds, key=lambda fold: float(np.abs(shares(fold.judged) - whole).sum()))


def _folds(
    rows: Rows,
    groups: NDArray[np.intp],
    *,
    folds: int,
    seed: int,
    unit: str,
    lone: bool = False,
) -> tuple[Fold, ...]:
    _check(rows, groups, folds=folds, unit=unit, lone=lone)
    # The folds are made over songs, or long ones would weigh more than short ones.
    _, first, song = np.unique(rows.track.astype(str), return_index=True, return_inverse=True)
    divided = tuple(
        Fold(np.flatnonzero(~np.isin(song, judged)), np.flatnonzero(np.isin(song, judged)))
        for judged in even_folds(
            rows.genre[first].astype(str), groups[first], folds=folds, seed=seed
        )
    )
    genres = set(rows.genre)
    for fold in divided:
        if (missing := sorted(genres - set(rows.genre[fold.training]))) and not lone:
            raise JudgementError(
                f"{folds} folds by {unit} leave no song of {', '.join(missing)} to learn from. "
                f"Add songs of other artists, or ask for fewer folds."
            )
    return divided


def _check(rows: Rows, groups: NDArray[np.intp], *, folds: int, unit: str, lone: bool) -> None:
    if not len(rows):
        raise JudgementError(
            "There are no songs to divide. Songs that tracks.csv gives the split test or excluded "
            "don't count; give some of them another."
        )
    if folds < 2:
        raise JudgementError(f"{folds} folds are too few; at least 2 are needed.")
    for genre in sorted(set(rows.genre)):
        found = len(set(groups[rows.genre == genre].tolist()))
        if found < 2 and not lone:
            raise JudgementError(
                f"{genre} has too few different {unit} to be divided: {found}, and 2 are needed, "
                f"one to learn from and one to judge. Add more, or leave {genre} out."
            )
    found = min(len(set(groups.tolist())), _largest_genre(rows))
    if found < folds:
        raise JudgementError(
            f"There are too few {unit} for {folds} folds: ask for {found} at most."
        )


def _largest_genre(rows: Rows) -> int:
    """Return how many songs the genre has that has most; folds can't be spread over fewer."""
    songs = dict(zip(rows.track, rows.genre, strict=True))
    return max(Counter(songs.values()).values(), default=0)
