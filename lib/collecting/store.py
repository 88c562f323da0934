"""What was collected so far, in one small database beside the tables.

It is what makes a run go on after it was stopped: what becomes of a song is put down the moment it
is known, in a transaction of its own, which SQLite keeps whole even when the process is killed.
Every entry of a playlist gets its number when the playlist is first read, so that the tables come
out in its order, whichever song arrived first and however often the run was interrupted.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import numpy as np
from numpy.typing import NDArray

from lib.collecting.entries import Decision, Song
from lib.collecting.events import State
from lib.collecting.fingerprint import FINGERPRINT_VERSION, Fingerprint
from lib.dataset.tables import Row
from lib.features import EXTRA_NAMES, FEATURE_NAMES, FEATURES_VERSION

_ARRAY = "<f8"


class Store:
    """The database of one data set; `~lib.collecting.database.open_store` gives it.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode; every method that writes is one transaction or part of one.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Make what the block writes one step, which nobody else's comes between."""
        self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.execute("ROLLBACK")
            raise
        self._connection.execute("COMMIT")

    def register(self, playlist: str, genre: str, ids: Sequence[str]) -> dict[str, Decision]:
        """Give numbers to the entries of a playlist that have none; return all it ever had."""
        rows = ((playlist, genre, video_id, State.WAITING) for video_id in ids)
        with self.transaction():
            self._connection.executemany(
                "INSERT OR IGNORE INTO entry (playlist, genre, id, state, reason, rival) "
                "VALUES (?, ?, ?, ?, '', '')",
                rows,
            )
        found = self._connection.execute(
            "SELECT id, number, state, reason, rival FROM entry WHERE playlist = ? AND genre = ?",
            (playlist, genre),
        )
        return {
            video_id: Decision(number, State(state), reason, rival)
            for video_id, number, state, reason, rival in found
        }

    def decide(self, decision: Decision) -> None:
        """Put down what became of an entry."""
        self._connection.execute(
            "UPDATE entry SET state = ?, reason = ?, rival = ? WHERE number = ?",
            (decision.state, decision.reason, decision.rival, decision.number),
        )

    def add(
        self,
        number: int,
        video_id: str,
        cells: Row,
        features: NDArray[np.float64],
        fingerprint: Fingerprint,
    ) -> bool:
        """Add a song for the entry of a number, in place of what was known of it.

        Its features [shape=(excerpts, 91)] are kept with the extra ones, or without them
        [shape=(excerpts, 85)].

        Returns
        -------
        bool
            False, and nothing is added, where a person has taken it out meanwhile.
        """
        values = (
            video_id,
            number,
            json.dumps(cells),
            _blob(features[:, : len(FEATURE_NAMES)]),
            FEATURES_VERSION,
            fingerprint.to_bytes(),
            FINGERPRINT_VERSION,
            _blob(features[:, len(FEATURE_NAMES) :]),
        )
        with self.transaction():
            if self.is_removed(video_id):
                return False
            self._connection.execute(
                "INSERT OR REPLACE INTO song VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?)", values
            )
            self.decide(Decision(number, State.ADDED))
        return True

    def renew(self, video_id: str, features: NDArray[np.float64]) -> None:
        """Put this version's features of a song, as for `add`, in place of an older one's."""
        plain, extra = np.split(features, [len(FEATURE_NAMES)], axis=1)
        self._connection.execute(
            "UPDATE song SET features = ?, extra = ?, features_version = ? WHERE id = ?",
            (_blob(plain), _blob(extra), FEATURES_VERSION, video_id),
        )

    def songs(self) -> list[Song]:
        """Return the songs in the order of the tables."""
        found = self._connection.execute(
            "SELECT id, cells, features, extra, features_version, written FROM song ORDER BY number"
        )
        return [
            Song(
                video_id,
                json.loads(cells),
                np.frombuffer(blob, dtype=_ARRAY).reshape(-1, len(FEATURE_NAMES)),
                np.frombuffer(extra, dtype=_ARRAY).reshape(-1, len(EXTRA_NAMES)) if extra else None,
                version == FEATURES_VERSION,
                bool(written),
            )
            for video_id, cells, blob, extra, version, written in found
        ]

    def fingerprints(self) -> dict[str, Fingerprint]:
        """Return the fingerprints of the songs that are in the set, by video."""
        found = self._connection.execute(
            "SELECT id, fingerprint FROM song WHERE fingerprint_version = ? ORDER BY number",
            (FINGERPRINT_VERSION,),
        )
        return {video_id: Fingerprint.from_bytes(blob) for video_id, blob in found}

    def has(self, video_id: str) -> bool:
        """Tell whether a song is in the set, as far as this database knows."""
        found = self._connection.execute("SELECT 1 FROM song WHERE id = ?", (video_id,))
        return found.fetchone() is not None

    def failures(self) -> list[tuple[str, str]]:
        """Return id and reason of each video that gave nothing, in the order of their numbers.

        Of a video in several playlists the last word counts, and none where another playlist has
        brought it into the set, except that this one could not.
        """
        found = self._connection.execute(
            "SELECT id, reason, state FROM entry WHERE state IN (?, ?, ?) ORDER BY number",
            (State.SKIPPED, State.FAILED, State.DUPLICATE),
        ).fetchall()
        last = {
            video_id: reason
            for video_id, reason, state in found
            if state == State.DUPLICATE or not self.has(video_id)
        }
        return list(last.items())

    def unfinished(self) -> list[tuple[str, str, int, int]]:
        """Return link, genre, songs left and songs in all of each list that was not gone through.

        Those that were begun last come first.
        """
        return self._connection.execute(
            "SELECT playlist, genre, SUM(state = ?) AS left, COUNT(*) FROM entry "
            "WHERE id NOT IN (SELECT id FROM removed) "
            "GROUP BY playlist, genre HAVING left > 0 ORDER BY MAX(number) DESC",
            (State.WAITING,),
        ).fetchall()

    def forget_waiting(self, playlist: str, genre: str) -> None:
        """Wait no longer for those entries of a list that it has lost, or that no limit reaches.

        What a person took out keeps its number, in case it is wanted again.
        """
        self._connection.execute(
            "DELETE FROM entry WHERE playlist = ? AND genre = ? AND state = ? "
            "AND id NOT IN (SELECT id FROM removed)",
            (playlist, genre, State.WAITING),
        )

    def videos(self) -> set[str]:
        """Return the ids of all videos that were ever an entry."""
        return {video_id for (video_id,) in self._connection.execute("SELECT id FROM entry")}

    def note_written(self, rows: Mapping[str, Row]) -> None:
        """Note the rows that tracks.csv now has, by video."""
        self._connection.executemany(
            "UPDATE song SET written = 1, cells = ? WHERE id = ?",
            ((json.dumps(cells), video_id) for video_id, cells in rows.items()),
        )

    def remove(self, video_id: str) -> None:
        """Forget a song, but not that a person took it out."""
        self._connection.execute("DELETE FROM song WHERE id = ?", (video_id,))
        self._connection.execute("INSERT OR IGNORE INTO removed VALUES (?)", (video_id,))

    def removed(self) -> set[str]:
        """Return the ids of the songs that a person took out."""
        return {video_id for (video_id,) in self._connection.execute("SELECT id FROM removed")}

    def is_removed(self, video_id: str) -> bool:
        """Tell whether a person took a song out, or wants none of it."""
        found = self._connection.execute("SELECT 1 FROM removed WHERE id = ?", (video_id,))
        return found.fetchone() is not None

    def readmit(self, video_id: str) -> None:
        """Forget that a person took a song out."""
        self._connection.execute("DELETE FROM removed WHERE id = ?", (video_id,))


def _blob(values: NDArray[np.float64]) -> bytes | None:
    """Return an array as it is kept; None where it is empty."""
    return values.astype(_ARRAY).tobytes() if values.size else None
