"""What was heard, kept in one small database, so that a run goes on where it was stopped.

What came of a file is put down the moment it is known, which SQLite keeps whole even when the
process is killed.
"""

from __future__ import annotations

import json
import os
import sqlite3
from pathlib import Path

from lib.library.song import Song, Stamp

_COLUMNS = (
    "path, model, size, modified, title, artist, tag, seconds, genre, confidence, unsure, outlier, "
    "probabilities, reason, lasting, warnings"
)


class Store:
    """The database; `~lib.library.database.open_store` gives it.

    Parameters
    ----------
    connection : sqlite3.Connection
        In autocommit mode.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def songs(self, model: str) -> dict[Path, Song]:
        """Return what a model heard, by file.

        Parameters
        ----------
        model : str
            See `~lib.library.hearing.Judge.mark`.
        """
        rows = self._connection.execute(f"SELECT {_COLUMNS} FROM song WHERE model = ?", (model,))  # noqa: S608 (columns of our own)
        return {song.path: song for song in map(_song, rows)}

    def paths(self) -> list[Path]:
        """Return all files that something is known of."""
        return [Path(os.fsdecode(p)) for (p,) in self._connection.execute("SELECT path FROM song")]

    def heard_by_others(self, model: str) -> dict[Path, Song]:
        """Return what another model heard, by file.

        Parameters
        ----------
        model : str
            See `~lib.library.hearing.Judge.model_mark`.
        """
        rows = self._connection.execute(
            f"SELECT {_COLUMNS} FROM song WHERE genre != '' AND instr(model, ?) != 1",  # noqa: S608 (columns of our own)
            (model,),
        )
        return {song.path: song for song in map(_song, rows)}

    def renew(self, path: Path, before: Stamp, after: Stamp, tag: str) -> None:
        """Know a file again whose tag was written, if it was known as it was before."""
        self._connection.execute(
            "UPDATE song SET size = ?, modified = ?, tag = ? "
            "WHERE path = ? AND size = ? AND modified = ?",
            (after.size, after.modified, _text(tag), os.fsencode(path),
             before.size, before.modified),
        )  # fmt: skip

    def keep(self, song: Song, model: str) -> None:
        """Put down what came of a file, in place of what was known of it."""
        stamp = song.stamp
        values = (
            # A name may hold bytes that are no text.
            os.fsencode(song.path),
            model,
            stamp.size if stamp else None,
            stamp.modified if stamp else None,
            *map(_text, (song.title, song.artist, song.tag)),
            song.seconds,
            song.genre,
            song.confidence,
            song.unsure,
            song.outlier,
            json.dumps(dict(song.probabilities)),
            _text(song.reason),
            song.lasting,
            json.dumps(song.warnings),
        )
        places = ", ".join("?" * len(values))
        self._connection.execute(
            f"INSERT OR REPLACE INTO song ({_COLUMNS}) VALUES ({places})",  # noqa: S608 (question marks)
            values,
        )


def _song(row: tuple[object, ...]) -> Song:
    path, _, size, modified, title, artist, tag, seconds, genre, *rest = row
    confidence, unsure, outlier, probabilities, reason, lasting, warnings = rest
    stamp = Stamp(int(size), int(modified)) if size is not None else None  # type: ignore[call-overload]
    return Song(
        path=Path(os.fsdecode(path)),  # type: ignore[arg-type]
        stamp=stamp,
        title=str(title),
        artist=str(artist),
        tag=str(tag),
        seconds=float(seconds),  # type: ignore[arg-type]
        genre=str(genre),
        confidence=float(confidence),  # type: ignore[arg-type]
        unsure=bool(unsure),
        outlier=bool(outlier),
        probabilities=json.loads(str(probabilities)),
        reason=str(reason),
        lasting=bool(lasting),
        warnings=tuple(json.loads(str(warnings))),
    )


def _text(text: str) -> str:
    """Return a text as SQLite takes it: in UTF-8, which has no halves of a character."""
    return text.encode("utf-8", "replace").decode("utf-8")
