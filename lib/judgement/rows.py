"""Rows of features with what decides which of them belong together."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.dataset import Dataset

# In standard deviations of each feature: a table holds seven digits, so features of the same
# sound differ by less, and those of two recordings by hundreds of times as much.
SAME = 1e-3


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows of features, one a window, with the song that each is of.

    Parameters
    ----------
    track, genre, artist : np.ndarray of object [shape=(n,)]
        The song, its genre, and its artist (empty where unknown), as text.
    X : np.ndarray [shape=(n, d)]
        The features.
    split : np.ndarray of object [shape=(n,)]
        What the table says of each: train, valid, test, excluded or empty.
    """

    track: NDArray[np.object_]
    genre: NDArray[np.object_]
    artist: NDArray[np.object_]
    X: NDArray[np.float64]
    split: NDArray[np.object_]

    @classmethod
    def of(cls, dataset: Dataset) -> Rows:
        """Take the rows of a data set."""
        return cls(dataset.track, dataset.genre, dataset.artist, dataset.X, dataset.split)

    def __len__(self) -> int:
        return len(self.X)

    def at(self, rows: NDArray[np.intp]) -> Rows:
        """Return some of the rows, by their numbers [shape=(k,)] or a mask [shape=(n,)]."""
        return Rows(
            self.track[rows], self.genre[rows], self.artist[rows], self.X[rows], self.split[rows]
        )

    def of_songs(self, tracks: Collection[str]) -> Rows:
        """Return the rows of some songs."""
        return self.at(np.array([track in tracks for track in self.track], dtype=bool))

    def groups(self, *, by_artist: bool) -> NDArray[np.intp]:
        """Give the same number to rows that must stay together.

        Rows of one song do, and so do replicas; where asked, rows of one artist too, though an
        unknown artist makes no two songs belong together.

        Returns
        -------
        np.ndarray [shape=(n,)]
            From 0, in the order in which the groups first occur.
        """
        ties: list[Iterable[Hashable]] = [self.track, replicas(self.X)]
        if by_artist:
            ties.append(name or i for i, name in enumerate(self.artist_keys))
        return _tied(len(self), ties)

    @property
    def artist_keys(self) -> list[str]:
        """The artist of each row, however it is spaced and capitalised; empty where unknown."""
        return [" ".join(str(artist).casefold().split()) for artist in self.artist]


def replicas(X: NDArray[np.float64]) -> NDArray[np.intp]:
    """Give the same number to rows that are the same within rounding.

    Two rows are the same if no feature differs by more than `SAME` standard deviations.

    Parameters
    ----------
    X : np.ndarray [shape=(n, d)]
        Features.

    Returns
    -------
    np.ndarray [shape=(n,)]
        From 0, in the order in which they first occur.
    """
    if not len(X):
        return np.zeros(0, dtype=np.intp)
    scale = X.std(axis=0)
    Z = (X - X.mean(axis=0)) / np.where(scale > 0, scale, 1)
    distinct, inverse = np.unique(Z, axis=0, return_inverse=True)
    pairs = _near_pairs(distinct)
    same = _tied(len(distinct), [_joined(len(distinct), pairs)])
    return _tied(len(X), [same[inverse.ravel()].tolist()])


def _near_pairs(Z: NDArray[np.float64]) -> list[tuple[int, int]]:
    """Find all pairs of near rows without comparing each with each.

    Near rows lie near on any line too: ``|(a - b)·w| ≤ SAME * sum(|w|)``.  So rows are sorted along
    one, and compared only with their neighbours there, first the next, then the next but one, ...
    """
    # Any direction will do, as long as it is no feature's own (a table may hold many equal tempi).
    direction = np.random.default_rng(0).choice([-1.0, 1.0], size=Z.shape[1])
    place = Z @ direction
    order = np.argsort(place)
    reach = SAME * Z.shape[1]
    pairs: list[tuple[int, int]] = []
    for lag in range(1, len(Z)):
        near = np.flatnonzero(place[order[lag:]] - place[order[:-lag]] <= reach)
        if not len(near):
            break
        a, b = order[near], order[near + lag]
        same = np.abs(Z[a] - Z[b]).max(axis=1) <= SAME
        pairs += zip(a[same].tolist(), b[same].tolist(), strict=True)
    return pairs


def _joined(n: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Return for each of `n` things the first of those that pairs join it to, by any detour."""
    first = list(range(n))

    def root(i: int) -> int:
        while first[i] != i:
            first[i] = first[first[i]]
            i = first[i]
        return i

    for a, b in pairs:
        low, high = sorted((root(a), root(b)))
        first[high] = low
    return [root(i) for i in range(n)]


def _tied(n: int, ties: Iterable[Iterable[Hashable]]) -> NDArray[np.intp]:
    """Give the same number to those of `n` rows that are equal in any of the `ties`."""
    pairs: list[tuple[int, int]] = []
    for values in ties:
        seen: dict[Hashable, int] = {}
        pairs += [(seen.setdefault(value, i), i) for i, value in enumerate(values)]
    roots = _joined(n, pairs)
    number = {root: k for k, root in enumerate(dict.fromkeys(roots))}
    return np.array([number[root] for root in roots], dtype=np.intp)
