"""The metadata of the Free Music Archive's data sets.

``fma_metadata/tracks.csv`` has a header of three lines: a group (``track``), a column of the group
(``genre_top``), and ``track_id`` with nothing else.  Source: https://github.com/mdeff/fma.
"""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from lib.dataset.cells import one_line
from lib.errors import DatasetError

_SPLITS = {"training": "train", "validation": "valid", "test": "test"}
_GENRE, _ARTIST = ("track", "genre_top"), ("artist", "name")
_TITLE, _SPLIT = ("track", "title"), ("set", "split")
_HEADER_LINES = 3


@dataclass(frozen=True)
class FmaTrack:
    """What FMA says of a track; `genre` is empty where it has no top genre."""

    genre: str
    artist: str
    title: str
    split: str


def find_metadata(folder: Path) -> Path | None:
    """Find FMA's tracks.csv inside a folder, beside it or beside its parent."""
    absolute = folder.absolute()
    for place in (absolute, absolute.parent, absolute.parent.parent):
        path = place / "fma_metadata" / "tracks.csv"
        if path.is_file():
            return path
    return None


def read_metadata(path: Path, wanted: Collection[str]) -> dict[str, FmaTrack]:
    """Read what FMA says of some tracks.

    Parameters
    ----------
    path : Path
        FMA's tracks.csv; a quarter of a gigabyte, read line by line.
    wanted : collection of str
        Names of files without suffix: ``"000002"``.

    Returns
    -------
    dict of str to FmaTrack
        Those of the wanted that FMA knows.

    Raises
    ------
    DatasetError
        Where the table is not FMA's.
    """
    # pandas reads this table of text fields with line breaks ten times faster than `csv`, and knows
    # no limit for the length of a field; it is imported late, for workers don't need it.
    import pandas as pd

    columns = _columns(path)
    try:
        table = pd.read_csv(
            path,
            header=None,
            skiprows=_HEADER_LINES,
            usecols=[0, *columns.values()],
            dtype=str,
            keep_default_na=False,
            encoding="utf-8",
        )
    except (ValueError, OSError) as error:
        raise DatasetError(f"{path}: it can't be read as FMA's tracks.csv ({error}).") from error
    names = table[0].str.zfill(6)
    chosen = names.isin(list(wanted))
    return {
        name: FmaTrack(
            genre=one_line(row[columns[_GENRE]]),
            artist=one_line(row[columns[_ARTIST]]),
            title=one_line(row[columns[_TITLE]]),
            split=_SPLITS.get(row[columns[_SPLIT]], ""),
        )
        for name, row in zip(names[chosen], table[chosen].to_dict(orient="records"), strict=True)
    }


def _columns(path: Path) -> dict[tuple[str, str], int]:
    """Return where the columns that are needed stand."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.reader(file)
            groups, names = next(reader, []), next(reader, [])
    except (OSError, ValueError) as error:
        raise DatasetError(f"{path}: it can't be read ({error}).") from error
    header = list(zip(groups, names, strict=False))
    missing = [key for key in (_GENRE, _ARTIST, _TITLE, _SPLIT) if key not in header]
    if missing:
        raise DatasetError(
            f"{path}: there is no column {'.'.join(missing[0])!r}; unpack fma_metadata.zip anew."
        )
    return {key: header.index(key) for key in (_GENRE, _ARTIST, _TITLE, _SPLIT)}
