"""The songs that a model learned from, as its network saw them: to tell what is near to one."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.model.arrays import read_arrays

_AT_ONCE = 512  # rows whose distances are held in memory together


@dataclass(frozen=True)
class Song:
    """A song that was learned from.

    Parameters
    ----------
    track, title, artist, genre : str
        As the table had them; title and artist are empty where it did not know.
    """

    track: str
    title: str
    artist: str
    genre: str


@dataclass(frozen=True, eq=False)
class Songs:
    """All songs that a model learned from.

    Parameters
    ----------
    songs : tuple of Song
        Each once.
    song : np.ndarray of int32 [shape=(n,)]
        Of each row, the number of its song; a long song has several windows, so several rows.
    Z : np.ndarray of float16 [shape=(n, inputs)]
        What the network was given for each: three digits tell songs apart, at a quarter of the
        size.

    Raises
    ------
    ModelError
        If they do not fit each other, or a value is no finite number.
    """

    songs: tuple[Song, ...]
    song: NDArray[np.int32]
    Z: NDArray[np.float16]

    def __post_init__(self) -> None:
        if self.Z.ndim != 2 or self.song.shape != (len(self.Z),):
            raise ModelError(
                f"Songs need one row of inputs for each number, not {self.Z.shape} and "
                f"{self.song.shape}."
            )
        if len(self.song) and not 0 <= self.song.min() <= self.song.max() < len(self.songs):
            raise ModelError(f"Rows of songs that are not among the {len(self.songs)}.")
        if not len(self.Z) or not np.isfinite(self.Z).all():
            raise ModelError("Songs need inputs, all of them finite numbers.")

    def nearest(self, Z: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return how far each row is from the nearest of these.

        Parameters
        ----------
        Z : np.ndarray [shape=(k, *inputs)]
            As `~lib.model.Model.given` makes it of features.

        Returns
        -------
        np.ndarray [shape=(k,)]
            Euclidean; an input's unit is its standard deviation over the songs learned from.
        """
        return nearest(Z.reshape(len(Z), -1), self.Z.astype(np.float64))

    def to_bytes(self) -> bytes:
        """Return the content of a file ``songs.npz``; the same songs give the same bytes."""
        names = [[song.track, song.title, song.artist, song.genre] for song in self.songs]
        text = json.dumps(names, ensure_ascii=False).encode()
        buffer = io.BytesIO()
        np.savez(
            buffer,
            allow_pickle=False,
            songs=np.frombuffer(text, dtype=np.uint8),
            song=self.song.astype(np.int32),
            Z=self.Z.astype(np.float16),
        )
        return buffer.getvalue()

    @classmethod
    def from_bytes(cls, content: bytes) -> Songs:
        """Read what `to_bytes` wrote.

        Raises
        ------
        ModelError
            If it is something else, or they do not fit each other.
        """
        try:
            arrays = read_arrays(content)
            songs = tuple(Song(*map(str, four)) for four in json.loads(arrays["songs"].tobytes()))
            song, Z = arrays["song"], arrays["Z"]
            if song.dtype != np.int32 or Z.dtype != np.float16:
                raise ValueError(f"numbers of type {song.dtype} and {Z.dtype}")
        except (ModelError, KeyError, TypeError, ValueError, RecursionError) as error:
            raise ModelError(f"it does not hold songs ({error}).") from error
        return cls(songs, song.astype(np.int32), Z.astype(np.float16))


def nearest(
    A: NDArray[np.float64],
    B: NDArray[np.float64],
    *,
    groups: tuple[NDArray[np.intp], NDArray[np.intp]] | None = None,
) -> NDArray[np.float64]:
    """Return how far each row of `A` is from the nearest of `B`.

    Parameters
    ----------
    A, B : np.ndarray [shape=(n, d)], [shape=(m, d)]
        Points.
    groups : tuple of np.ndarray [shape=(n,)], [shape=(m,)], optional
        Of the rows of both; those of one group are not compared.

    Returns
    -------
    np.ndarray [shape=(n,)]
        Infinite where there is nothing to compare with.
    """
    found = np.empty(len(A))
    for first in range(0, len(A), _AT_ONCE):
        part = slice(first, first + _AT_ONCE)
        d = squared_distances(A[part], B)
        if groups is not None:
            d[groups[0][part, None] == groups[1]] = np.inf
        found[part] = d.min(axis=1)
    return np.asarray(np.sqrt(np.maximum(found, 0.0)))


def squared_distances(A: NDArray[np.float64], B: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return how far each row of `A` is from each of `B`, squared.

    ``d[i, j]² = |a[i]|² - 2 a[i]·b[j] + |b[j]|²``, which rounding may leave below 0 where two are
    the same.

    Parameters
    ----------
    A, B : np.ndarray [shape=(n, d)], [shape=(m, d)]
        Points.

    Returns
    -------
    np.ndarray [shape=(n, m)]
    """
    return np.asarray((A**2).sum(axis=1)[:, None] - 2 * A @ B.T + (B**2).sum(axis=1))
