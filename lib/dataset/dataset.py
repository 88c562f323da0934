"""A data set as training and pictures see it: songs with their genres, windows with features."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.dataset.cells import digits
from lib.dataset.tables import (
    EXTRA,
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
from lib.features import ALL_NAMES, EXTRA_NAMES, FEATURE_NAMES

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


def read_dataset(folder: Path) -> Dataset:
    """Read tracks.csv, features.csv and, where it is there, extra.csv of a folder.

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
    return Dataset(folder, tracks, features, _read_extra(folder / EXTRA, features))


def _read_extra(path: Path, features: pd.DataFrame) -> pd.DataFrame | None:
    """Read extra.csv, its rows put beside those of features.csv.

    Both hold the windows of a track in order of time.  A track with another number of rows in the
    one than in the other is taken for unknown: nobody can tell which belong together.
    """
    import pandas as pd

    if not path.is_file():
        return None
    names, values = read_features(path, EXTRA_NAMES)
    rows: dict[str, list[NDArray[np.float64]]] = {}
    for name, row in zip(names, values, strict=True):
        rows.setdefault(name, []).append(row)
    counts = Counter(features.index)
    unknown = np.full(len(EXTRA_NAMES), np.nan)
    left = {track: iter(found) for track, found in rows.items() if len(found) == counts[track]}
    beside = [next(left[track]) if track in left else unknown for track in features.index]
    table = np.reshape(beside, (len(features), len(EXTRA_NAMES)))
    return pd.DataFrame(table, index=features.index, columns=list(EXTRA_NAMES))


def write_dataset(dataset: Dataset) -> None:
    """Write the tables into the data set's folder, each whole or not at all; extra.csv if there is.

    The songs come first: whoever reads between the two finds songs without features, which is
    allowed, rather than features of unknown songs.
    """
    columns = ("track", *map(str, dataset.tracks.columns))
    records = dataset.tracks.reset_index(names="track").to_dict(orient="records")
    rows = ({c: _text(record[c]) for c in columns} for record in records)
    write_rows(dataset.folder / TRACKS, columns, rows)
    write_features(dataset.folder / FEATURES, zip(dataset.track, dataset.X, strict=True))
    if dataset.extra is not None:
        known = dataset.extra.notna().all(axis=1).to_numpy()
        values = dataset.extra.to_numpy(dtype=np.float64)[known]
        rows_of = zip(dataset.track[known], values, strict=True)
        write_features(dataset.folder / EXTRA, rows_of, EXTRA_NAMES)


def _text(value: object) -> str:
    return digits(value) if isinstance(value, float) else str(value)
