"""A data set read from its tables, and written into them."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.dataset.cells import digits
from lib.dataset.dataset import Dataset
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
from lib.features import EXTRA_NAMES, FEATURE_NAMES

if TYPE_CHECKING:
    import pandas as pd


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
