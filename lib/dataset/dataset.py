"""A data set as training and pictures see it: songs with their genres, windows with features."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.dataset.tables import (
    EXTRA,
    FEATURES,
)
from lib.errors import DatasetError
from lib.features import ALL_NAMES

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, eq=False)
class Dataset:
    """The tables of a folder.

    Parameters
    ----------
    folder : Path
        Where they lie; relative paths in the column ``audio`` start here.
    tracks : pd.DataFrame
        One row a song, indexed by track: genre, artist, title, split, audio and warnings as text
        (empty where unknown, never missing), tempo_true (beats per minute) and seconds as float64
        (nan where unknown), then columns that a person added, as text.
    features : pd.DataFrame
        One row a window, indexed by track, which repeats for long songs; the 85 `FEATURE_NAMES`
        as float64, all finite.  A track without features gives no row.
    extra : pd.DataFrame or None
        The `EXTRA_NAMES` of the same rows, nan where they are unknown; None where there is no
        extra.csv.
    """

    folder: Path
    tracks: pd.DataFrame
    features: pd.DataFrame
    extra: pd.DataFrame | None = None

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The genres that have features, sorted."""
        return tuple(sorted(set(self.genre)))

    @cached_property
    def X(self) -> NDArray[np.float64]:  # noqa: N802 (the field's name)
        """The features, [shape=(n, 85)], a row a window."""
        values: NDArray[np.float64] = self.features.to_numpy(dtype=np.float64)
        return values

    def values(self, names: Sequence[str]) -> NDArray[np.float64]:
        """Return some of the features.

        Parameters
        ----------
        names : sequence of str
            Of the `FEATURE_NAMES` and `EXTRA_NAMES`, in the order of the columns.

        Returns
        -------
        np.ndarray [shape=(n, len(names))]
            A row a window, as in `X`; all finite.

        Raises
        ------
        DatasetError
            If a feature is unknown, or is an extra one that not all rows have.
        """
        if set(names) <= set(self.features.columns):  # also where they are what the backbone heard
            there: NDArray[np.float64] = self.features[list(names)].to_numpy(dtype=np.float64)
            return there
        unknown = [name for name in names if name not in ALL_NAMES]
        if unknown:
            raise DatasetError(f"There is no feature {unknown[0]!r}; there are {ALL_NAMES}.")
        whole = np.concatenate([self.X, self._extra()], axis=1)
        chosen: NDArray[np.float64] = whole[:, [ALL_NAMES.index(name) for name in names]]
        return chosen

    def _extra(self) -> NDArray[np.float64]:
        """Return the extra features [shape=(n, 6)], if all rows have them."""
        path = self.folder / EXTRA
        repair = "run 00_preprocess.py on the songs once more, or do without the extra features"
        if self.extra is None:
            raise DatasetError(f"{path}: there is no such table, and it is needed; {repair}.")
        values: NDArray[np.float64] = self.extra.to_numpy(dtype=np.float64)
        lacking = sorted(set(self.track[~np.isfinite(values).all(axis=1)]))
        if lacking:
            raise DatasetError(
                f"{path}: {len(lacking)} of the tracks in {FEATURES} are not in it with as many "
                f"rows, such as {lacking[0]!r}; {repair}."
            )
        return values

    @cached_property
    def track(self) -> NDArray[np.object_]:
        """The track of each row of `X`, [shape=(n,)]; what folds must keep together."""
        return np.array(list(self.features.index), dtype=object)

    @cached_property
    def genre(self) -> NDArray[np.object_]:
        """The genre of each row of `X`, [shape=(n,)]."""
        return self._per_row("genre")

    @cached_property
    def artist(self) -> NDArray[np.object_]:
        """The artist of each row of `X`, [shape=(n,)]; empty where unknown."""
        return self._per_row("artist")

    @cached_property
    def split(self) -> NDArray[np.object_]:
        """The split of each row of `X`, [shape=(n,)]: train, valid, test, excluded or empty."""
        return self._per_row("split")

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 of what a training sees: track, genre, artist, split and the 85 features.

        Neither the order of the songs on disk nor the digits beyond the seventh count, so that a
        table which was sorted, or written with fewer digits, stays the same data.  Titles, lengths
        and places of the audio don't count either.
        """
        digest = hashlib.sha256()
        order = sorted(range(len(self.track)), key=lambda i: self.track[i])  # windows keep theirs
        for i in order:
            cells = [self.track[i], self.genre[i], self.artist[i], self.split[i]]
            cells += [format(value + 0.0, ".7g") for value in self.X[i].tolist()]
            digest.update("\x1f".join(cells).encode() + b"\x1e")
        return digest.hexdigest()

    def audio(self, track: str) -> Path | None:
        """Return where a track's audio lies, or None where nobody knows; it may be gone by now."""
        place = str(self.tracks.at[track, "audio"])
        return self.folder / place if place else None

    def without(self, genres: Collection[str]) -> Dataset:
        """Return the data set without the songs of some genres; the files stay as they are.

        Raises
        ------
        DatasetError
            If it has no song of one of them.
        """
        known = set(self.tracks["genre"])
        if unknown := sorted(set(genres) - known):
            raise DatasetError(
                f"{self.folder} has no genre {', '.join(unknown)} that could be left out; it has "
                f"{', '.join(sorted(known))}."
            )
        tracks = self.tracks[~self.tracks["genre"].isin(list(genres))]
        kept = self.features.index.isin(tracks.index)
        extra = self.extra[kept] if self.extra is not None else None
        return Dataset(self.folder, tracks, self.features[kept], extra)

    def _per_row(self, column: str) -> NDArray[np.object_]:
        values = self.tracks[column].to_dict()
        return np.array([values[track] for track in self.track], dtype=object)
