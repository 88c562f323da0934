"""How much each group of features pulled a song towards each genre, and away from it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from lib.explanation.groups import columns_of_groups
from lib.explanation.shapley import shapley
from lib.model import Model, Songs

BACKGROUND_SONGS = 120
"""About how many songs learned from a song is set against.  Samples drawn anew change the pulls of
`mlp85` by a standard deviation of 0.8 points of a hundred; half as many songs by 1.5."""
_SEED = 0


@dataclass(frozen=True)
class Pull:
    """What a group of features did to a genre's probability.

    Parameters
    ----------
    group : str
        One of `~lib.explanation.GROUPS`.
    change : float
        Of the probability: above 0 towards the genre, below 0 away from it.
    """

    group: str
    change: float


@dataclass(frozen=True)
class Pulls:
    """Why a genre is as probable as it is.

    Parameters
    ----------
    base : float
        How probable the model takes the genre to be of the songs it learned from, on average.
    pulls : tuple of Pull
        Base and changes add up to the genre's probability.
    """

    base: float
    pulls: tuple[Pull, ...]


def pulls(model: Model, songs: Songs, Z: NDArray[np.float64]) -> dict[str, Pulls]:
    """Say how much each group of features changed each genre's probability, exactly.

    The groups are players of a game.  What a coalition S of them reaches is the mean probability of
    rows that have the features of S from the song, and all others from songs that the model learned
    from,

    ``v(S) = mean over windows w and songs b of p(w in S, b elsewhere)``,

    so v(none) is what the model says of those songs, v(all) what it says of this one, and what each
    group brought is its Shapley value, computed over all coalitions (the interventional value
    function of Lundberg and Lee, "A unified approach to interpreting model predictions", NeurIPS
    2017; the algorithm of Štrumbelj and Kononenko, Knowl. Inf. Syst. 41, 2014, with nothing left to
    chance but the songs).  In the network's own inputs, so that what it doesn't hear, the key for
    one, pulls nothing.

    Each window is set against its share of the songs, so that a long song costs no more than a
    short one until its windows outnumber them.

    Parameters
    ----------
    model : Model
    songs : Songs
        What it learned from.
    Z : np.ndarray [shape=(windows, *inputs)]
        What the network was given of the song.

    Returns
    -------
    dict of str to Pulls
        By genre.
    """
    groups = columns_of_groups(model)
    rows, others = _pairs(Z.reshape(len(Z), -1), _background(songs))

    @cache
    def value(coalition: frozenset[int]) -> NDArray[np.float64]:
        mixed = others.copy()
        for number, columns in enumerate(groups.values()):
            if number in coalition:
                mixed[:, columns] = rows[:, columns]
        # Whatever the others are, all together are the song itself.
        asked = mixed.reshape(len(mixed), *Z.shape[1:]) if len(coalition) < len(groups) else Z
        return np.asarray(model.ballots(model.judge(asked)).mean(axis=0))

    base, changes = value(frozenset()), shapley(value, len(groups))
    return {
        genre: Pulls(
            float(base[i]),
            tuple(Pull(group, float(changes[g, i])) for g, group in enumerate(groups)),
        )
        for i, genre in enumerate(model.labels)
    }


def _background(songs: Songs) -> NDArray[np.float64]:
    """Draw songs, as many of each genre, one window each: the same ones every time."""
    chance = np.random.default_rng(_SEED)
    genres: dict[str, list[int]] = {}
    for row in chance.permutation(len(songs.Z)):
        genres.setdefault(songs.songs[songs.song[row]].genre, []).append(int(row))
    each = -(-BACKGROUND_SONGS // len(genres))
    drawn = [row for genre in sorted(genres) for row in _one_a_song(genres[genre], songs)[:each]]
    # In an order by chance, so that every window meets songs of all genres.
    return np.asarray(songs.Z[chance.permutation(drawn)], dtype=np.float64)


def _one_a_song(rows: list[int], songs: Songs) -> list[int]:
    return list({int(songs.song[row]): row for row in rows}.values())


def _pairs(
    Z: NDArray[np.float64], background: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Pair each window with equally many songs, which go round."""
    each = -(-len(background) // len(Z))
    song = np.arange(len(Z) * each) % len(background)
    return np.repeat(Z, each, axis=0), background[song]
