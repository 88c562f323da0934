r"""The tables of a data set as CSV: read with every doubt spoken out, written whole.

``tracks.csv`` has one row a song, ``features.csv`` one row a window of a song in order of time,
``extra.csv`` the features beyond the 85 in the same order, and ``failed.csv`` one row for each file
that gave nothing.  UTF-8, a header, commas, ``\n``.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.dataset.cells import digits, guarded, number, unguarded
from lib.errors import DatasetError
from lib.features import FEATURE_NAMES
from lib.files import replacing

TRACKS, FEATURES, EXTRA, FAILED = "tracks.csv", "features.csv", "extra.csv", "failed.csv"
TRACK_COLUMNS = (
    "track",
    "genre",
    "artist",
    "title",
    "split",
    "tempo_true",
    "audio",
    "seconds",
    "warnings",
)
NUMBER_COLUMNS = ("tempo_true", "seconds")
FAILED_COLUMNS = ("audio", "reason")
_REPAIR = "correct it, or run 00_preprocess.py again"

# A row of tracks.csv or failed.csv: column → text.
Row = dict[str, str]


def read_tracks(path: Path) -> tuple[tuple[str, ...], dict[str, Row]]:
    """Read tracks.csv.

    Parameters
    ----------
    path : Path
        Needs the columns ``track`` and ``genre``; the other `TRACK_COLUMNS` may be missing, and
        columns that a person added are read as text.

    Returns
    -------
    columns : tuple of str
        `TRACK_COLUMNS`, then those that a person added.
    rows : dict of str to Row
        By track, in the order of the file; missing columns as empty text.

    Raises
    ------
    DatasetError
        Where the file is missing or is no such table, where a track stands twice or has no genre,
        and where a tempo or a length is no number.
    """
    header, records = _records(path, needed=("track", "genre"))
    columns = TRACK_COLUMNS + tuple(name for name in header if name not in TRACK_COLUMNS)
    rows: dict[str, Row] = {}
    for line, record in records:
        row = dict.fromkeys(columns, "") | dict(zip(header, map(unguarded, record), strict=True))
        row["genre"], row["split"] = row["genre"].strip(), row["split"].strip()
        _check_track(path, line, row, rows)
        rows[row["track"]] = row
    return columns, rows


def read_features(
    path: Path, names: Sequence[str] = FEATURE_NAMES
) -> tuple[list[str], NDArray[np.float64]]:
    """Read features.csv or extra.csv.

    Parameters
    ----------
    path : Path
        Needs ``track`` and the `names`, in any order; other columns are left out.
    names : sequence of str
        Which features.

    Returns
    -------
    tracks : list of str
        The track of each row; one that is longer than a window stands several times.
    values : np.ndarray [shape=(n, features)]
        In the order of `names`, all finite.

    Raises
    ------
    DatasetError
        Where the file is missing or is no such table, and where a cell is no finite number.
    """
    header, records = _records(path, needed=("track", *names))
    key, order = header.index("track"), [header.index(name) for name in names]
    tracks: list[str] = []
    rows: list[NDArray[np.float64]] = []
    for line, record in records:
        track = unguarded(record[key])
        tracks.append(track)
        try:
            values = np.array([float(record[i]) for i in order])
        except ValueError:
            values = np.array([np.nan])
        if not np.isfinite(values).all():
            wrong = next(i for i in order if number(record[i]) is None)
            where = _where(path, line, track)
            raise DatasetError(
                f"{where}, column {header[wrong]}: {record[wrong]!r} is no number; {_REPAIR}."
            )
        rows.append(values)
    return tracks, np.array(rows).reshape(len(rows), len(names))


def read_failed(path: Path) -> list[Row]:
    """Read failed.csv: `FAILED_COLUMNS` of each row; nothing where there is no such file."""
    if not path.is_file():
        return []
    header, records = _records(path, needed=FAILED_COLUMNS)
    return [dict(zip(header, map(unguarded, record), strict=True)) for _, record in records]


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Row]) -> None:
    """Write a table of texts, whole or not at all; a spreadsheet that opens it runs nothing.

    Parameters
    ----------
    path : Path
        tracks.csv or failed.csv.
    columns : sequence of str
    rows : iterable of Row
        What a row lacks is written as empty text.
    """
    _write(path, columns, ([guarded(row.get(name, "")) for name in columns] for row in rows))


def write_features(
    path: Path,
    rows: Iterable[tuple[str, NDArray[np.float64]]],
    names: Sequence[str] = FEATURE_NAMES,
) -> None:
    """Write features.csv or extra.csv, whole or not at all.

    Parameters
    ----------
    path : Path
    rows : iterable of (str, np.ndarray [shape=(features,)])
        Track and features of each window, in the order of `names`.
    names : sequence of str
        Which features.
    """
    cells = ([guarded(track), *map(digits, values.tolist())] for track, values in rows)
    _write(path, ("track", *names), cells)


def check_known(path: Path, tracks: Iterable[str], known: Collection[str]) -> None:
    """Raise `DatasetError` where features.csv speaks of a track that tracks.csv doesn't have."""
    unknown = next((track for track in tracks if track not in known), None)
    if unknown is not None:
        raise DatasetError(
            f"{path}: the track {unknown!r} is not in {path.with_name(TRACKS)}; add its row there, "
            f"take its rows out here, or run 00_preprocess.py again."
        )


def _records(
    path: Path, *, needed: Sequence[str]
) -> tuple[list[str], Iterator[tuple[int, list[str]]]]:
    """Return a table's header, and its records with the line that each ends in."""
    lines = _lines(path)
    _, header = next(lines, (0, []))
    header = [unguarded(name.strip()) for name in header]
    twice = next((name for name in header if header.count(name) > 1), None)
    if twice is not None:
        raise DatasetError(f"{path}: the column {twice!r} stands twice; take one out.")
    missing = next((name for name in needed if name not in header), None)
    if missing is not None:
        hint = " (it is to be separated by commas)" if len(header) == 1 else ""
        raise DatasetError(
            f"{path}: there is no column {missing!r}{hint}, only {', '.join(header)[:200]!r}; "
            f"add it, or make the table anew by 00_preprocess.py."
        )
    return header, _even(path, header, lines)


def _even(
    path: Path, header: list[str], lines: Iterator[tuple[int, list[str]]]
) -> Iterator[tuple[int, list[str]]]:
    """Let the records through that have as many cells as the header, pass over empty lines."""
    for line, record in lines:
        if not record:
            continue
        if len(record) != len(header):
            where = _where(path, line, record[0])
            raise DatasetError(
                f"{where}: {len(record)} cells under {len(header)} columns; {_REPAIR}."
            )
        yield line, record


def _lines(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Read a CSV file record by record; what can't be read becomes a `DatasetError`."""
    try:
        # "-sig": spreadsheets put a byte order mark before the header.
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file)
            for record in reader:
                yield reader.line_num, record
    except FileNotFoundError:
        raise DatasetError(
            f"{path}: there is no such table; make it by 00_preprocess.py."
        ) from None
    except UnicodeDecodeError as error:
        raise DatasetError(f"{path}: it is not UTF-8 ({error}); save it as CSV UTF-8.") from error
    except (OSError, csv.Error) as error:
        raise DatasetError(f"{path}: it can't be read as a table ({error}).") from error


def _check_track(path: Path, line: int, row: Row, seen: Collection[str]) -> None:
    """Raise `DatasetError` where a row of tracks.csv can't be used."""
    where = _where(path, line, row["track"])
    if not row["track"]:
        raise DatasetError(f"{where}: the column track is empty; {_REPAIR}.")
    if row["track"] in seen:
        raise DatasetError(f"{where}: this track stands there twice; take one row out.")
    if not row["genre"]:
        raise DatasetError(f"{where}: the column genre is empty; name one, or take the row out.")
    for name in NUMBER_COLUMNS:
        if row[name] and number(row[name]) is None:
            raise DatasetError(f"{where}, column {name}: {row[name]!r} is no number; {_REPAIR}.")


def _where(path: Path, line: int, track: str) -> str:
    return f"{path}, line {line} (track {track!r})"


def _write(path: Path, columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with replacing(path) as temporary, temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(map(guarded, columns))
        writer.writerows(rows)
