"""A data set as training and pictures see it: songs with their genres, windows with features."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.dataset.cells import digits
from lib.dataset.tables import (
    FEATURES,
    NUMBER_COLUMNS,
    TRACKS,
    check_known,
    read_features,
    read_tracks,
    write_features,
    write_rows,
)
from lib.errors import DatasetError
from lib.features import FEATURE_NAMES

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
    """

    folder: Path
    tracks: pd.DataFrame
    features: pd.DataFrame

    @cached_property
    def labels(self) -> tuple[str, ...]:
        """The genres that have features, sorted."""
        return tuple(sorted(set(self.genre)))

    @cached_property
    def X(self) -> NDArray[np.float64]:  # noqa: N802 (the field's name)
        """The features, [shape=(n, 85)], a row a window."""
        values: NDArray[np.float64] = self.features.to_numpy(dtype=np.float64)
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
        """SHA-256 of what a training sees: track, genre, artist, split and features.

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
        return Dataset(self.folder, tracks, self.features[self.features.index.isin(tracks.index)])

    def _per_row(self, column: str) -> NDArray[np.object_]:
        values = self.tracks[column].to_dict()
        return np.array([values[track] for track in self.track], dtype=object)


def read_dataset(folder: Path) -> Dataset:
    """Read tracks.csv and features.csv of a folder.

    Parameters
    ----------
    folder : Path
        As 00_preprocess.py makes it, or in the same format.

    Raises
    ------
    DatasetError
        Naming file, line, track, column and value of the first thing that is wrong, and what to do.
    """
    # pandas takes a third of a second to load, which workers that only hear songs don't wait for.
    import pandas as pd

    columns, rows = read_tracks(folder / TRACKS)
    names, values = read_features(folder / FEATURES)
    check_known(folder / FEATURES, names, rows)
    texts = {c: [row[c] for row in rows.values()] for c in columns if c != "track"}
    table = {
        c: pd.Series([float(text or "nan") for text in cells], dtype="float64")
        if c in NUMBER_COLUMNS
        else pd.Series(cells, dtype=object)
        for c, cells in texts.items()
    }
    tracks = pd.DataFrame(table).set_axis(pd.Index(list(rows), dtype=object, name="track"))
    index = pd.Index(names, dtype=object, name="track")
    features = pd.DataFrame(values, index=index, columns=list(FEATURE_NAMES))
    return Dataset(folder, tracks, features)


def write_dataset(dataset: Dataset) -> None:
    """Write tracks.csv and features.csv into the data set's folder, each whole or not at all.

    The songs come first: whoever reads between the two finds songs without features, which is
    allowed, rather than features of unknown songs.
    """
    columns = ("track", *map(str, dataset.tracks.columns))
    records = dataset.tracks.reset_index(names="track").to_dict(orient="records")
    rows = ({c: _text(record[c]) for c in columns} for record in records)
    write_rows(dataset.folder / TRACKS, columns, rows)
    write_features(dataset.folder / FEATURES, zip(dataset.track, dataset.X, strict=True))


def _text(value: object) -> str:
    return digits(value) if isinstance(value, float) else str(value)
