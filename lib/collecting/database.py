"""Opening the database of a data set, and keeping two runs off one set."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.collecting.store import Store
from lib.errors import DatasetError

STORE = "collected.sqlite"
RUN_LOCK = "collecting.lock"
_SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE entry (
    number INTEGER PRIMARY KEY, playlist TEXT NOT NULL, genre TEXT NOT NULL, id TEXT NOT NULL,
    state TEXT NOT NULL, reason TEXT NOT NULL, rival TEXT NOT NULL, UNIQUE (playlist, genre, id)
);
CREATE TABLE song (
    id TEXT PRIMARY KEY, number INTEGER NOT NULL, cells TEXT NOT NULL,
    features BLOB NOT NULL, features_version TEXT NOT NULL,
    fingerprint BLOB NOT NULL, fingerprint_version INTEGER NOT NULL, written INTEGER NOT NULL,
    extra BLOB
);
CREATE TABLE removed (id TEXT PRIMARY KEY);
"""
# Version 1 knew no features but the 85.
_FROM_1 = "ALTER TABLE song ADD COLUMN extra BLOB"
_PATIENCE = 10.0  # seconds to wait for another who writes at this moment


@contextmanager
def open_store(folder: Path) -> Iterator[Store]:
    """Open the database of a data set; several may have it open at once.

    Parameters
    ----------
    folder : Path
        Where the tables lie.  Folder and database are made where they are missing.

    Raises
    ------
    DatasetError
        Where the database can't be used.
    """
    path = folder / STORE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise DatasetError(f"{path}: it can't be opened ({error}).") from error
    try:
        store = Store(connection)
        with store.transaction():
            _prepare(connection, path)
        yield store
    except sqlite3.Error as error:
        raise DatasetError(_explain(path, error)) from error
    finally:
        connection.close()


@contextmanager
def one_run(folder: Path) -> Iterator[None]:
    """Keep a second playlist run off a data set for as long as the block lasts.

    Raises
    ------
    DatasetError
        Where another run is at work.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # SQLite's lock, as elsewhere in a data set: the end of a process releases it, whatever the
        # system and however it ended.
        connection = sqlite3.connect(folder / RUN_LOCK, timeout=0, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise DatasetError(f"{folder}: it can't be written ({error}).") from error
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.Error as error:
            raise DatasetError(
                f"{folder}: another playlist run works on it; wait until it ends."
            ) from error
        yield
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the tables at first, and see that they are this version's."""
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        for statement in _SCHEMA.split(";"):
            connection.execute(statement)
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
    elif version == 1:
        connection.execute(_FROM_1)
        connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
    elif version != _SCHEMA_VERSION:
        raise DatasetError(
            f"{path}: another version of Earmark wrote it.  Delete it to go on: the songs stay in "
            f"the tables, but what you removed and what sounds the same is forgotten."
        )


def _explain(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"{path}: somebody else has been writing it for long; try again later."
    if isinstance(error, sqlite3.OperationalError):
        return f"{path}: it can't be written ({error}); look at the disk's space and permissions."
    return f"{path}: it is damaged ({error}).  Delete it: the songs stay in the tables."
