"""What was changed, put down before it is: a small database from which every file comes back.

Before the first change of a run its files are noted, with the names of the temporary copies; before
each change, how the old bytes come out of the new ones, and the hashes of both.  A note is on the
disk before the file is touched, so at whatever moment a process dies, each file is its old or its
new self, and the hashes tell which.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from lib.places import journal_folder
from lib.tagging.entry import Entry, RunTold
from lib.tagging.errors import TaggingError

NAME = "tags.sqlite"
LOCK = "tags.lock"
_VERSION = 1
_SCHEMA = """
CREATE TABLE run (
    number INTEGER PRIMARY KEY AUTOINCREMENT, started TEXT NOT NULL,
    ended INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE change (
    run INTEGER NOT NULL, number INTEGER NOT NULL, path BLOB NOT NULL, temporary BLOB NOT NULL,
    old BLOB, new BLOB, delta BLOB, read_ns INTEGER, changed_ns INTEGER,
    undone INTEGER NOT NULL DEFAULT 0, PRIMARY KEY (run, number)
) WITHOUT ROWID;
"""
_PATIENCE = 10.0  # seconds to wait for another who writes at this moment


class Journal:
    """The journal; `open_journal` gives it.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def begin(self, files: Sequence[tuple[Path, Path]]) -> list[Entry]:
        """Note the files of a new run, and their temporary copies; return an entry for each."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with _transaction(self._connection):
            cursor = self._connection.execute("INSERT INTO run (started) VALUES (?)", (now,))
            run = cursor.lastrowid or 0
            entries = [Entry(run, number, *pair) for number, pair in enumerate(files)]
            self._connection.executemany(
                "INSERT INTO change (run, number, path, temporary) VALUES (?, ?, ?, ?)",
                (
                    (run, entry.number, os.fsencode(entry.path), os.fsencode(entry.temporary))
                    for entry in entries
                ),
            )
        return entries

    def note(self, entry: Entry) -> None:
        """Note a change that is about to be made; it is on the disk when this returns."""
        self._connection.execute(
            "UPDATE change SET old = ?, new = ?, delta = ?, read_ns = ?, changed_ns = ? "
            "WHERE run = ? AND number = ?",
            (entry.old, entry.new, entry.delta, *entry.times, entry.run, entry.number),
        )

    def forget(self, entry: Entry) -> None:
        """Take back the note of a change that was not made after all."""
        self._connection.execute(
            "UPDATE change SET old = NULL, new = NULL, delta = NULL WHERE run = ? AND number = ?",
            (entry.run, entry.number),
        )

    def end(self, run: int) -> None:
        """Note that nothing of a run is left lying about."""
        self._connection.execute("UPDATE run SET ended = 1 WHERE number = ?", (run,))

    def runs(self) -> list[RunTold]:
        """Return all runs, the last one first."""
        found = self._connection.execute(
            "SELECT run.number, started, COUNT(old), COALESCE(SUM(undone), 0) FROM run "
            "LEFT JOIN change ON change.run = run.number GROUP BY run.number "
            "ORDER BY run.number DESC"
        )
        return [RunTold(*row) for row in found]

    def entries(self, run: int) -> list[Entry]:
        """Return the changes of a run that were prepared and not undone, the last one first."""
        found = self._connection.execute(
            "SELECT number, path, temporary, old, new, delta, read_ns, changed_ns FROM change "
            "WHERE run = ? AND old IS NOT NULL AND NOT undone ORDER BY number DESC",
            (run,),
        )
        return [
            Entry(run, number, _path(path), _path(temporary), old, new, delta, (read, changed))
            for number, path, temporary, old, new, delta, read, changed in found
        ]

    def undo(self, entry: Entry) -> None:
        """Note that a file is as it was; how to make it so is not needed any more."""
        self._connection.execute(
            "UPDATE change SET undone = 1, delta = NULL WHERE run = ? AND number = ?",
            (entry.run, entry.number),
        )

    def later(self, entry: Entry, now: bytes) -> int | None:
        """Return the later run that made a file what it is now (its hash), or None."""
        found = self._connection.execute(
            "SELECT run FROM change WHERE path = ? AND new = ? AND run > ? AND NOT undone LIMIT 1",
            (os.fsencode(entry.path), now, entry.run),
        ).fetchone()
        return found[0] if found else None

    def tidy(self) -> None:
        """Remove the temporary copies that runs which were killed have left behind."""
        found = self._connection.execute(
            "SELECT temporary FROM change JOIN run ON run.number = change.run WHERE NOT ended"
        ).fetchall()
        for (temporary,) in found:
            try:
                _path(temporary).unlink(missing_ok=True)
            except OSError:
                continue  # a disk that was taken out; it is a hidden copy, no more
        self._connection.execute("UPDATE run SET ended = 1 WHERE NOT ended")


@contextmanager
def open_journal(folder: Path | None = None) -> Iterator[Journal]:
    """Open the journal, for one run at a time: it makes changes, or undoes them.

    Parameters
    ----------
    folder : Path or None
        Where it lies; None for the platform's place.

    Raises
    ------
    TaggingError
        Where another run is at work, or it can't be used: nothing may be changed without it.
    """
    folder = folder or journal_folder()
    path = folder / NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _one_run(folder), _connected(path) as connection:
            yield Journal(connection)
    except sqlite3.Error as error:
        raise TaggingError(
            f"{path}: the journal can't be used ({error}), and no tag is written without it."
        ) from error
    except OSError as error:
        raise TaggingError(f"{folder}: the journal can't be kept there ({error}).") from error


def past_runs(folder: Path | None = None) -> list[RunTold]:
    """Return all runs, the last one first, also while another one is at work.

    Parameters
    ----------
    folder : Path or None
        Where the journal lies; None for the platform's place.  None is begun there.

    Raises
    ------
    TaggingError
        Where it can't be read.
    """
    with read_journal(folder) as journal:
        return journal.runs() if journal is not None else []


@contextmanager
def read_journal(folder: Path | None = None) -> Iterator[Journal | None]:
    """Give the journal to look into, as `past_runs` does; None where there is none."""
    path = (folder or journal_folder()) / NAME
    if not path.exists():
        yield None
        return
    try:
        with _connected(path) as connection:
            yield Journal(connection)
    except (OSError, sqlite3.Error) as error:
        raise TaggingError(f"{path}: the journal can't be read ({error}).") from error


@contextmanager
def _one_run(folder: Path) -> Iterator[None]:
    """Keep a second run off for as long as the block lasts."""
    # SQLite's lock: the end of a process releases it, whatever the system and however it ended.
    connection = sqlite3.connect(folder / LOCK, timeout=0, isolation_level=None)
    try:
        try:
            connection.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            if "locked" not in str(error):
                raise
            raise TaggingError("Another run writes or undoes tags; wait until it ends.") from error
        yield
    finally:
        connection.close()


@contextmanager
def _connected(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        with _transaction(connection):
            (version,) = connection.execute("PRAGMA user_version").fetchone()
            if version == 0:
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            elif version != _VERSION:
                raise TaggingError(f"{path}: another version of Earmark wrote it; use that one.")
        yield connection
    finally:
        connection.close()


@contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Make what the block writes one step."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _path(name: bytes) -> Path:
    return Path(os.fsdecode(name))
