"""The songs that a model learned from and that sound most like one, to it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lib.model import Model, Song, Songs, nearest, squared_distances

NEIGHBOURS = 3
SAME = 0.5
"""Nearer than this share of the distance that all but a twentieth of the songs keep to those by
others is the same recording, or one that sounds like it: of GTZAN's replicas all are, and no two
songs by different artists."""
_NEAREST_PAIRS = 0.05
_MOST_ROWS = 500  # whose distances say what is usual
_SEED = 0


@dataclass(frozen=True)
class Neighbour:
    """A song that was learned from, and how near it is.

    Parameters
    ----------
    song : Song
    distance : float
        In the network's inputs, whose units are their standard deviations over the songs learned
        from: the median over the windows, as what makes an outlier is.
    nearer_than : float
        The share of the songs learned from that are farther from every song by another artist.
    how : str
        The same as a word.
    """

    song: Song
    distance: float
    nearer_than: float
    how: str

    @property
    def known(self) -> bool:
        """Whether it is the same recording, or one that sounds like it."""
        return self.how == KNOWN


KNOWN = "the same recording"
# What share of the songs must be farther from those by others.
_HOW = ((0.75, "very near"), (0.25, "as near as usual"), (0.01, "rather far"))
_FARTHEST = "far"


def neighbours(model: Model, songs: Songs, Z: NDArray[np.float64]) -> tuple[Neighbour, ...]:
    """Return the three nearest songs that a model learned from, the nearest first.

    Parameters
    ----------
    model : Model
        Whose confidence says from where on a song is an outlier, where that is known.
    songs : Songs
        What it learned from.
    Z : np.ndarray [shape=(windows, *inputs)]
        What the network was given of the song.
    """
    distances = _distances(songs, Z.reshape(len(Z), -1))
    limit = model.confidence.outlier_above if model.confidence else None
    usual = _usual(songs)
    order = np.argsort(distances, kind="stable")[:NEIGHBOURS]
    return tuple(
        _neighbour(songs.songs[i], float(distances[i]), usual, limit)
        for i in order
        if np.isfinite(distances[i])
    )


def _distances(songs: Songs, Z: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each song is: of each window to the song's nearest, the median over these."""
    squares = squared_distances(Z, songs.Z.astype(np.float64))
    found = np.full((len(Z), len(songs.songs)), np.inf)
    np.minimum.at(found.T, songs.song, squares.T)
    return np.asarray(np.median(np.sqrt(np.maximum(found, 0.0)), axis=0))


@lru_cache(maxsize=2)
def _usual(songs: Songs) -> NDArray[np.float64]:
    """Return how far songs are from the nearest by another artist, sorted."""
    # Who is unknown is an artist of their own.
    artists = [song.artist or f"\0{song.track}" for song in songs.songs]
    group = np.unique(artists, return_inverse=True)[1].astype(np.intp)[songs.song]
    rows = np.arange(len(songs.Z))
    if len(rows) > _MOST_ROWS:
        rows = np.random.default_rng(_SEED).choice(len(rows), _MOST_ROWS, replace=False)
    Z = songs.Z.astype(np.float64)
    found = nearest(Z[rows], Z, groups=(group[rows], group))
    return np.sort(found[np.isfinite(found)])


def _neighbour(
    song: Song, distance: float, usual: NDArray[np.float64], limit: float | None
) -> Neighbour:
    farther = float((usual > distance).mean()) if len(usual) else 0.0
    how = next((words for least, words in _HOW if farther >= least), _FARTHEST)
    if limit is not None and distance > limit:
        how = _FARTHEST
    if len(usual) and distance < SAME * np.quantile(usual, _NEAREST_PAIRS):
        how = KNOWN
    return Neighbour(song, distance, farther, how)
