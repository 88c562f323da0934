"""What a person changes in a data set: a song's genre, and which songs are in it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.collecting.corrections import take_back
from lib.collecting.database import STORE, open_store
from lib.collecting.genres import check_genre
from lib.collecting.misheard import is_correction
from lib.collecting.tables import (
    check_there,
    kept_excerpts,
    remove_row,
    update_tables,
    video_id_of,
    write_all,
)
from lib.dataset.assembly import read_tables
from lib.dataset.store import table_lock


def correct_genre(folder: Path, track: str, genre: str) -> None:
    """Give a track another genre; may be called while a playlist run goes on.

    Parameters
    ----------
    folder : Path
        Of the data set.
    track : str
        Any of its tracks.
    genre : str
        One that the set has, or a new one.

    Raises
    ------
    DatasetError
        Where there is no such track, the genre can't be used (see
        `~lib.collecting.check_genre`), or a run that hears a folder of songs works on the set.
    """
    with _changing(folder):
        tables = read_tables(folder)
        check_there(folder, tables, track)
        others = {row["genre"] for name, row in tables.tracks.items() if name != track}
        tables.tracks[track]["genre"] = check_genre(genre, others)
        write_all(folder, tables)


def remove(folder: Path, track: str) -> None:
    """Take a song that was collected or corrected out of a data set, with its excerpts.

    May be called during a run.

    It is remembered, so that the same playlist doesn't bring it back unless it is asked to
    (`Options.again`).

    Raises
    ------
    DatasetError
        Where there is no such track, it was neither collected nor corrected, or a run that hears a
        folder of songs works on the set.
    """
    if is_correction(track):
        take_back(folder, track)
        return
    video_id = video_id_of(track)
    with open_store(folder) as store:
        update_tables(folder, store)  # a run may be a second ahead of them
        remove_row(folder, store, track)
    for path in kept_excerpts(folder, video_id):
        path.unlink(missing_ok=True)


def leave_out(folder: Path, track: str) -> None:
    """Keep a song of a playlist out of a data set; may be called before, during and after its run.

    One that is in the set is taken out as by `remove`.  One that is on its way is not added, and
    its download ends.

    Raises
    ------
    DatasetError
        Where the track is of no video, or a run that hears a folder of songs works on the set.
    """
    if is_correction(track):
        take_back(folder, track)
        return
    video_id = video_id_of(track)
    with open_store(folder) as store:
        if track not in update_tables(folder, store).tracks:
            store.remove(video_id)
            return
    remove(folder, track)


@contextmanager
def _changing(folder: Path) -> Iterator[None]:
    """Bring the tables up to date, and keep everybody else from writing them."""
    if not (folder / STORE).is_file():
        with table_lock(folder):
            yield
        return
    with open_store(folder) as store:
        update_tables(folder, store)  # a run may be a second ahead of them
        with store.transaction(), table_lock(folder):
            yield
