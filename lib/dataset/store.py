"""What was heard so far, in one small database beside the tables.

It is what makes a run go on after it was stopped: every song is kept the moment it is heard, in a
transaction of its own, which SQLite keeps whole even when the process is killed.  Besides the
songs it holds the rows as they were last written, which tells what a person changed since, and
these changes, so that they outlive a song's absence.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np

from lib.dataset.extraction import Heard
from lib.dataset.remote import Address, Place, signature
from lib.dataset.tables import Row
from lib.errors import DatasetError
from lib.features import EXTRA_NAMES, FEATURE_NAMES, FEATURES_VERSION

STORE = "heard.sqlite"
_SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE source (absolute TEXT NOT NULL, relative TEXT NOT NULL);
CREATE TABLE song (
    relative TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL,
    version TEXT NOT NULL, features BLOB NOT NULL, title TEXT NOT NULL, artist TEXT NOT NULL,
    seconds REAL NOT NULL, warnings TEXT NOT NULL, extra BLOB
);
CREATE TABLE written (track TEXT PRIMARY KEY, cells TEXT NOT NULL);
CREATE TABLE edit (track TEXT PRIMARY KEY, cells TEXT NOT NULL);
"""
# Version 1 knew no features but the 85.
_FROM_1 = "ALTER TABLE song ADD COLUMN extra BLOB"
# SQLite's integers are signed, and its numbers the machine's; arrays are kept little-endian.
_ARRAY = "<f8"


class Store:
    """The database of one data set; `open_store` gives it.

    Parameters
    ----------
    connection : sqlite3.Connection
        With autocommit off; every method that writes is one transaction.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def is_current(self, relative: str, place: Place) -> bool:
        """Tell whether a song was heard as it is now, by these features."""
        found = self._connection.execute(
            "SELECT size, mtime_ns, version FROM song WHERE relative = ?", (relative,)
        ).fetchone()
        if found is None:
            return False
        try:
            return bool(found == (*signature(place), FEATURES_VERSION))
        except OSError:
            return False

    def lacks_extra(self, relative: str) -> bool:
        """Tell whether a song was heard by an earlier Earmark, without the extra features."""
        found = self._connection.execute(
            "SELECT 1 FROM song WHERE relative = ? AND extra IS NULL", (relative,)
        )
        return found.fetchone() is not None

    def keep(self, relative: str, heard: Heard) -> None:
        """Keep what was heard of a song."""
        values = (
            relative,
            heard.size,
            heard.mtime_ns,
            FEATURES_VERSION,
            heard.features.astype(_ARRAY).tobytes(),
            heard.title,
            heard.artist,
            heard.seconds,
            json.dumps(heard.warnings),
            None if heard.extra is None else heard.extra.astype(_ARRAY).tobytes(),
        )
        with self._connection:
            self._connection.execute(
                "INSERT OR REPLACE INTO song VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", values
            )

    def forget(self, songs: Iterable[str]) -> None:
        """Throw away what was heard of songs that have changed."""
        with self._connection:
            self._connection.executemany(
                "DELETE FROM song WHERE relative = ?", ((relative,) for relative in songs)
            )

    def heard(self, relative: str) -> Heard | None:
        """Return what was heard of a song, or None."""
        found = self._connection.execute(
            "SELECT features, extra, title, artist, seconds, warnings, size, mtime_ns FROM song "
            "WHERE relative = ?",
            (relative,),
        ).fetchone()
        if found is None:
            return None
        blob, more, title, artist, seconds, warnings, size, mtime_ns = found
        features = np.frombuffer(blob, dtype=_ARRAY).reshape(-1, len(FEATURE_NAMES))
        extra = more and np.frombuffer(more, dtype=_ARRAY).reshape(-1, len(EXTRA_NAMES))
        told = tuple(json.loads(warnings))
        return Heard(features, extra, title, artist, seconds, told, size, mtime_ns)

    def written(self) -> dict[str, Row]:
        """Return the rows of tracks.csv as they were last written, by track."""
        return self._rows("written")

    def edits(self) -> dict[str, Row]:
        """Return the cells of tracks.csv that a person changed, by track."""
        return self._rows("edit")

    def note(self, *, written: Mapping[str, Row], edits: Mapping[str, Row]) -> None:
        """Note what tracks.csv holds by now, and what of it a person changed."""
        with self._connection:
            self._connection.execute("DELETE FROM edit")
            for table, rows in (("written", written), ("edit", edits)):
                self._connection.executemany(
                    f"INSERT OR REPLACE INTO {table} VALUES (?, ?)",  # noqa: S608 (names of ours)
                    ((track, json.dumps(row)) for track, row in rows.items()),
                )

    def _rows(self, table: str) -> dict[str, Row]:
        found = self._connection.execute(f"SELECT track, cells FROM {table}")  # noqa: S608 (ours)
        return {track: json.loads(cells) for track, cells in found}


@contextmanager
def open_store(folder: Path, *, source: Place) -> Iterator[Store]:
    """Open the database of a data set, for one process at a time.

    Parameters
    ----------
    folder : Path
        Where the tables lie.  Folder and database are made where they are missing.
    source : Path or Address
        The folder of songs.

    Raises
    ------
    DatasetError
        Where another run works on the folder, where it was made from other songs, and where the
        database can't be used.
    """
    path = folder / STORE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # No waiting: whoever holds the lock keeps it for as long as it hears songs.
        connection = sqlite3.connect(path, timeout=0)
    except (OSError, sqlite3.Error) as error:
        raise DatasetError(f"{path}: it can't be opened ({error}).") from error
    try:
        _prepare(connection, path, source)
        yield Store(connection)
    except sqlite3.Error as error:
        raise DatasetError(_explain(path, error)) from error
    finally:
        connection.close()


@contextmanager
def table_lock(folder: Path, *, seconds: float = 2.0) -> Iterator[None]:
    """Keep a run that hears songs from writing a data set's tables, for as long as the block lasts.

    Parameters
    ----------
    folder : Path
        Where the tables lie.
    seconds : float
        How long to wait for another who writes them at this moment.

    Raises
    ------
    DatasetError
        Where a run works on the folder, which takes longer than that.
    """
    path = folder / STORE
    if not path.is_file():  # a run makes it before anything else
        yield
        return
    try:
        connection = sqlite3.connect(path, timeout=seconds)
        try:
            connection.execute("BEGIN EXCLUSIVE")
            yield
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise DatasetError(_explain(path, error)) from error


def _prepare(connection: sqlite3.Connection, path: Path, source: Place) -> None:
    """Take the lock, make the tables at first, and see that the songs are the same folder's."""
    connection.execute("PRAGMA locking_mode = EXCLUSIVE")
    # Songs are appended to a log that the disk need not confirm one by one: twenty times as many
    # can be kept in a second.  A killed process loses nothing; a power cut may cost the last few.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    with connection:
        connection.execute("BEGIN EXCLUSIVE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        here = (str(source), _between(source, path.parent))
        if version == 0:
            for statement in _SCHEMA.split(";"):
                connection.execute(statement)
            connection.execute("INSERT INTO source VALUES (?, ?)", here)
            connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
            return
        if version == 1:
            connection.execute(_FROM_1)
            connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
        elif version != _SCHEMA_VERSION:
            raise DatasetError(f"{path}: another version of Earmark wrote it; delete this file.")
        before = connection.execute("SELECT absolute, relative FROM source").fetchone()
        # One of them may change: both folders moved together, or the data set alone.
        if before[0] != here[0] and before[1] != here[1]:
            raise DatasetError(
                f"{path.parent} was made from {before[0]}, not from {here[0]}; choose another name "
                f"by --name, or delete {path.parent} if the songs have moved."
            )
        connection.execute("UPDATE source SET absolute = ?, relative = ?", here)


def _between(source: Place, folder: Path) -> str:
    """Return the way from the tables to the songs; empty between two drives of Windows."""
    if isinstance(source, Address):
        return source.url
    try:
        return os.path.relpath(source, folder)
    except ValueError:
        return ""


def _explain(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"{path.parent}: another run of 00_preprocess.py works on it; wait until it ends."
    if isinstance(error, sqlite3.OperationalError):
        return f"{path}: it can't be written ({error}); look at the disk's space and permissions."
    return f"{path}: it is damaged ({error}); delete it, and the songs are heard anew."
