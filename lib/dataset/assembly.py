"""Putting the tables together: what was heard, what a person wrote, what came by other ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.dataset.cells import digits, one_line
from lib.dataset.extraction import Heard
from lib.dataset.layout import Layout, Refusal, Song
from lib.dataset.remote import Address, Place
from lib.dataset.store import Store
from lib.dataset.tables import (
    EXTRA,
    FAILED,
    FAILED_COLUMNS,
    FEATURES,
    TRACK_COLUMNS,
    TRACKS,
    Row,
    read_failed,
    read_features,
    read_tracks,
    write_features,
    write_rows,
)
from lib.features import EXTRA_NAMES

# The columns that only Earmark writes; every other is a person's to correct.
_OWN = frozenset({"track", "audio", "seconds", "warnings"})
_MILLISECONDS = 3
SOURCE = "source"
"""The column of a song that came from elsewhere than a folder: its link.  Such a row stays even
where its audio lies below the folder of songs."""
EXCERPTS = Path("audio", "youtube")
"""Where the audio of such songs lies, below the tables; it is no folder of genres."""


@dataclass(frozen=True)
class Tables:
    """The tables of a data set as they lie in its folder.

    Parameters
    ----------
    columns : tuple of str
        Of tracks.csv.
    tracks : dict of str to Row
    features : dict of str to list of np.ndarray [shape=(85,)]
        The windows of each track.
    extra : dict of str to list of np.ndarray [shape=(6,)]
        The features beyond them of the windows of each track; a track may lack them.
    failed : list of Row
    """

    columns: tuple[str, ...] = TRACK_COLUMNS
    tracks: dict[str, Row] = field(default_factory=dict)
    features: dict[str, list[NDArray[np.float64]]] = field(default_factory=dict)
    extra: dict[str, list[NDArray[np.float64]]] = field(default_factory=dict)
    failed: list[Row] = field(default_factory=list)


def read_tables(folder: Path) -> Tables:
    """Read what tables there are; raise `DatasetError` where a person must mend one first."""
    columns: tuple[str, ...] = TRACK_COLUMNS
    tracks: dict[str, Row] = {}
    features: dict[str, list[NDArray[np.float64]]] = {}
    extra: dict[str, list[NDArray[np.float64]]] = {}
    if (folder / TRACKS).is_file():
        columns, tracks = read_tracks(folder / TRACKS)
    if (folder / FEATURES).is_file():
        for track, values in zip(*read_features(folder / FEATURES), strict=True):
            features.setdefault(track, []).append(values)
    if (folder / EXTRA).is_file():
        for track, values in zip(*read_features(folder / EXTRA, EXTRA_NAMES), strict=True):
            extra.setdefault(track, []).append(values)
    return Tables(columns, tracks, features, extra, read_failed(folder / FAILED))


def assemble(folder: Path, layout: Layout, store: Store, failures: Sequence[Refusal]) -> Tables:
    """Write the tables anew from all that is known.

    Songs come in the order of their paths, then the rows that came by other ways, as they stood.
    A cell that a person changed stays as it is.

    Parameters
    ----------
    folder : Path
        Of the tables.
    layout : Layout
        The songs that are there.
    store : Store
        What was heard of them.
    failures : sequence of Refusal
        Files that gave nothing in this run.

    Returns
    -------
    Tables
        As written.
    """
    before = read_tables(folder)
    songs = {song.track: song for song in layout.songs}
    heard = {track: store.heard(song.relative) for track, song in songs.items()}
    derived = {track: _row(songs[track], found, folder) for track, found in heard.items() if found}
    written = store.written()
    foreign = [
        track
        for track, row in before.tracks.items()
        if track not in songs
        and track not in written
        and not (_lies_in(layout.folder, folder, row["audio"]) and not row.get(SOURCE))
    ]
    own = {track: row for track, row in before.tracks.items() if track not in foreign}
    edits = _edits(own, written, derived, store.edits())
    tracks = {track: row | edits.get(track, {}) for track, row in derived.items()}
    features = {track: list(found.features) for track, found in heard.items() if found}
    extra = {
        track: list(found.extra)
        for track, found in heard.items()
        if found and found.extra is not None
    }
    for track in foreign:
        tracks[track], features[track] = before.tracks[track], before.features.get(track, [])
        extra[track] = before.extra.get(track, [])
    failed = _failed(folder, layout, before.failed, failures)
    after = Tables(before.columns, tracks, features, extra, failed)
    write_tables(folder, after)
    store.note(written={track: tracks[track] for track in derived}, edits=edits)
    return after


def _row(song: Song, heard: Heard, folder: Path) -> Row:
    """Describe a song as Earmark alone would."""
    return {
        "track": song.track,
        "genre": song.genre,
        "artist": song.artist or one_line(heard.artist) or song.folder_artist,
        "title": song.title or one_line(heard.title),
        "split": song.split,
        "tempo_true": "",
        "audio": place(song.path, folder),
        "seconds": digits(round(heard.seconds, _MILLISECONDS)),
        "warnings": one_line("; ".join(heard.warnings)),
    }


def place(path: Place, folder: Path) -> str:
    """Write where a file lies: below the tables' folder from there, else in full."""
    if isinstance(path, Path) and path.is_relative_to(folder):
        return path.relative_to(folder).as_posix()
    return str(path)


def _edits(
    before: Mapping[str, Row],
    written: Mapping[str, Row],
    derived: Mapping[str, Row],
    known: Mapping[str, Row],
) -> dict[str, Row]:
    """Find the cells that a person changed: neither what was written last nor what is derived.

    They are kept for songs that are away as well, and hold again when these are back.
    """
    edits = {track: dict(row) for track, row in known.items()}
    for track, row in before.items():
        last, own = written.get(track, {}), derived.get(track)
        mine = edits.setdefault(track, {})
        for column in row.keys() - _OWN:
            if own is not None and row[column] == own.get(column, ""):
                mine.pop(column, None)
            elif row[column] != last.get(column, None if column in TRACK_COLUMNS else ""):
                mine[column] = row[column]
    return {track: row for track, row in edits.items() if row}


def _failed(
    folder: Path, layout: Layout, before: Iterable[Row], failures: Iterable[Refusal]
) -> list[Row]:
    """List what gave nothing: this folder's files sorted, then those that came by other ways."""
    ours = sorted((*layout.refused, *failures), key=lambda refusal: str(refusal.path))
    rows = [{"audio": _printable(place(r.path, folder)), "reason": r.reason} for r in ours]
    return rows + [row for row in before if not _lies_in(layout.folder, folder, row["audio"])]


def _lies_in(source: Place, folder: Path, audio: str) -> bool:
    """Tell whether an entry of a table's column audio is one of the folder of songs."""
    if isinstance(source, Address):
        return audio.startswith(f"{source.url}/")
    return bool(audio) and "://" not in audio and (folder / audio).is_relative_to(source)


def _printable(text: str) -> str:
    """Show a name whose bytes are no text."""
    return text.encode(errors="backslashreplace").decode()


def write_tables(folder: Path, tables: Tables) -> None:
    """Write the tables, each whole or not at all."""
    # The songs first: songs without features are allowed, features of unknown songs are not.
    write_rows(folder / TRACKS, tables.columns, tables.tracks.values())
    write_features(folder / FEATURES, _windows(tables, tables.features))
    write_features(folder / EXTRA, _windows(tables, tables.extra), EXTRA_NAMES)
    write_rows(folder / FAILED, FAILED_COLUMNS, tables.failed)


def _windows(
    tables: Tables, values: Mapping[str, list[NDArray[np.float64]]]
) -> Iterator[tuple[str, NDArray[np.float64]]]:
    """Give track and values of each window, in the order of the tracks."""
    return ((track, row) for track in tables.tracks for row in values.get(track, ()))
