"""Opening the database that keeps what was heard."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.library.errors import LibraryError
from lib.library.store import Store
from lib.places import kept_folder

_SCHEMA_VERSION = 2
_SCHEMA = """
CREATE TABLE song (
    path BLOB PRIMARY KEY, model TEXT NOT NULL, size INTEGER, modified INTEGER,
    title TEXT NOT NULL, artist TEXT NOT NULL, tag TEXT NOT NULL, seconds REAL NOT NULL,
    genre TEXT NOT NULL, confidence REAL NOT NULL, unsure INTEGER NOT NULL,
    outlier INTEGER NOT NULL, probabilities TEXT NOT NULL,
    reason TEXT NOT NULL, lasting INTEGER NOT NULL, warnings TEXT NOT NULL DEFAULT '[]'
) WITHOUT ROWID
"""
# What makes each version of the one before it, from 2 on; songs heard before have what is DEFAULT.
_STEPS = {2: "ALTER TABLE song ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]'"}
_PATIENCE = 10.0  # seconds to wait for another who writes at this moment


def usual_file() -> Path:
    """Return where what was heard is kept, if nobody says otherwise."""
    return kept_folder() / "library.sqlite"


@contextmanager
def open_store(path: Path) -> Iterator[Store]:
    """Open the database; several may have it open at once.

    Parameters
    ----------
    path : Path
        Made where it is missing, with its folder.

    Raises
    ------
    LibraryError
        Where it can't be used, when it is opened or later.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    except (OSError, sqlite3.Error) as error:
        raise LibraryError(f"{path}: it can't be opened ({error}).") from error
    try:
        _prepare(connection, path)
        yield Store(connection)
    except sqlite3.Error as error:
        raise LibraryError(_explain(path, error)) from error
    finally:
        connection.close()


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Make the table at first, and bring an older version's to this one's form."""
    # A window reads while the console writes; what is written survives the end of the process.
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = NORMAL")
    connection.execute("BEGIN IMMEDIATE")
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if version == 0:
        others = connection.execute("SELECT name FROM sqlite_master LIMIT 1").fetchone()
        if others is not None:
            raise LibraryError(
                f"{path}: another program's database is kept there. Name another file."
            )
        connection.execute(_SCHEMA)
    elif version > _SCHEMA_VERSION:
        raise LibraryError(
            f"{path}: a newer version of Earmark wrote it. Name another file; or delete it, and "
            f"the songs are heard anew."
        )
    else:
        for step in range(version + 1, _SCHEMA_VERSION + 1):
            connection.execute(_STEPS[step])
    connection.execute(f"PRAGMA user_version = {_SCHEMA_VERSION}")
    connection.execute("COMMIT")


def _explain(path: Path, error: sqlite3.Error) -> str:
    if "locked" in str(error):
        return f"{path}: somebody else has been writing it for long; try again later."
    if isinstance(error, sqlite3.OperationalError):
        return f"{path}: it can't be written ({error}); look at the disk's space and permissions."
    return (
        f"{path}: it is no library of Earmark's, or damaged ({error}). Name another file; only if "
        f"it was a library, delete it, and the songs are heard anew."
    )
