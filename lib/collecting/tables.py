"""From what was collected to the tables, beside whatever else stands in them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from lib.collecting.entries import Song
from lib.collecting.events import track_of
from lib.collecting.store import Store
from lib.dataset.assembly import EXCERPTS, SOURCE, Tables, read_tables, write_tables
from lib.dataset.store import table_lock
from lib.dataset.tables import TRACK_COLUMNS, TRACKS, Row
from lib.errors import DatasetError
from lib.youtube import Video
from lib.youtube.links import VIDEO_ID

PLAYLIST, STARTS = "playlist", "excerpt_starts"
COLUMNS = (SOURCE, PLAYLIST, STARTS)
"""What a collected song has beyond `~lib.dataset.tables.TRACK_COLUMNS`: its link, that of the
playlist, and where in the song its excerpts begin, s."""

# Every other column is a person's to correct.
_OWN = frozenset({"track", "audio", "seconds", "warnings", *COLUMNS})
# What `lib.files.replacing` leaves behind where a process is killed while it writes.
_LEFT = re.compile(
    r"\.(?:(?:tracks|features|failed)-[0-9a-f]{12}\.csv|[\w-]{11}(?:\.\d+)?-[0-9a-f]{12}\.flac)"
)


def update_tables(folder: Path, store: Store) -> Tables:
    """Write the tables anew from what was collected and what else stands in them.

    The rows that came by other ways come first, as they stood, then the collected ones in the order
    of their playlists.  A cell that a person changed stays as it is; a row that a person deleted
    counts as removed.

    Returns
    -------
    Tables
        As written.

    Raises
    ------
    DatasetError
        Where a person must mend a table first, a run that hears songs works on the folder, or the
        tables can't be written.
    """
    with store.transaction(), table_lock(folder):
        before = read_tables(folder)
        _take_note_of_deleted(folder, before, store)
        songs = store.songs()
        after = _merged(before, songs, store)
        write_all(folder, after)
        store.note_written({song.id: after.tracks[track_of(song.id)] for song in songs})
    return after


def remove_row(folder: Path, store: Store, track: str) -> None:
    """Take a song out of the tables and remember that a person wanted it so.

    Raises
    ------
    DatasetError
        Where there is no such song, or as `update_tables` does.
    """
    video_id = video_id_of(track)
    with store.transaction(), table_lock(folder):
        tables = read_tables(folder)
        check_there(folder, tables, track)
        store.remove(video_id)
        # In two steps: songs without features are allowed, features of unknown songs are not.
        tables.features.pop(track, None)
        tables.extra.pop(track, None)
        write_all(folder, tables)
        del tables.tracks[track]
        write_all(folder, tables)


def write_all(folder: Path, tables: Tables) -> None:
    """Write the tables; raise `DatasetError` where that can't be done."""
    try:
        write_tables(folder, tables)
    except OSError as error:
        raise DatasetError(
            f"{folder}: the tables can't be written ({error.strerror or error}).  Close other "
            f"programs that hold them, or make room, and try again; nothing is lost."
        ) from error


def video_id_of(track: str) -> str:
    """Return the id of the video of a collected track.

    Raises
    ------
    DatasetError
        Where it is none: names in tables are anybody's, and this one is to name files.
    """
    video_id = track.removeprefix(track_of(""))
    if not track.startswith(track_of("")) or not VIDEO_ID.fullmatch(video_id):
        raise DatasetError(
            f"The track {track!r} was not collected from YouTube: take its file out of the folder "
            f"of songs, or its rows out of the tables."
        )
    return video_id


def check_there(folder: Path, tables: Tables, track: str) -> None:
    """Raise `DatasetError` where the tables have no such track."""
    if track not in tables.tracks:
        raise DatasetError(f"{folder / TRACKS}: there is no track {track!r} in it any more.")


def excerpt_paths(folder: Path, video_id: str, count: int) -> list[Path]:
    """Return where the excerpts of a song lie: ``audio/youtube/ID.flac``, ``ID.2.flac``, ..."""
    places = [f"{video_id}.flac", *(f"{video_id}.{i}.flac" for i in range(2, count + 1))]
    return [folder / EXCERPTS / name for name in places[:count]]


def kept_excerpts(folder: Path, video_id: str) -> list[Path]:
    """Return the excerpts of a song that are there, in order."""
    found = (folder / EXCERPTS).glob(f"{video_id}*.flac")
    named = re.compile(re.escape(video_id) + r"(?:\.(\d+))?\.flac")
    places = [(named.fullmatch(path.name), path) for path in found]
    return [path for _, path in sorted((int(name[1] or 1), path) for name, path in places if name)]


def sweep(folder: Path) -> None:
    """Delete what a killed run left half written."""
    with table_lock(folder):
        for place in (folder, folder / EXCERPTS):
            left = [path for path in place.glob(".*") if _LEFT.fullmatch(path.name)]
            for path in left:
                with suppress(OSError):  # it harms nobody
                    path.unlink()


def _take_note_of_deleted(folder: Path, before: Tables, store: Store) -> None:
    """Note the songs whose rows a person deleted.

    Where tracks.csv is gone as a whole, all of it is to come back.
    """
    if (folder / TRACKS).is_file():
        for song in store.songs():
            if song.written and track_of(song.id) not in before.tracks:
                store.remove(song.id)


def _merged(before: Tables, songs: Iterable[Song], store: Store) -> Tables:
    """Put the collected songs behind what came by other ways."""
    ours = {track_of(song.id): song for song in songs}
    tracks = {track: row for track, row in before.tracks.items() if track not in ours}
    features = {track: before.features.get(track, []) for track in tracks}
    extra = {track: before.extra.get(track, []) for track in tracks}
    for track, song in ours.items():
        tracks[track] = song.cells | _edited(before.tracks.get(track, {}))
        features[track] = list(song.features) if song.current else []
        extra[track] = list(song.extra) if song.current and song.extra is not None else []
    links = {Video(video_id).link for video_id in store.videos()}
    failed = [row for row in before.failed if row["audio"] not in links]
    failed += [{"audio": Video(v).link, "reason": reason} for v, reason in store.failures()]
    added = tuple(name for name in COLUMNS if name not in before.columns)
    return Tables(before.columns + added, tracks, features, extra, failed)


def _edited(row: Row) -> Row:
    """Return the cells of a row of tracks.csv that are a person's to change."""
    return {name: cell for name, cell in row.items() if name not in _OWN}


def new_row(**cells: str) -> Row:
    """Describe a song as Earmark alone would; cells that aren't given are empty."""
    return dict.fromkeys((*TRACK_COLUMNS, *COLUMNS), "") | cells
