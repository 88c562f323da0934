"""Songs that a person heard named wrongly, kept with the right genre for the next training.

They are rows of a data set like any other: `tracks.csv` says what each is and what the model said,
`features.csv` has the windows as they were heard, and where the backbone heard them too,
`activations.csv` has that.  So the page Data shows them, and `02_train.py` learns from them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.backbone import BACKBONE_VERSION
from lib.collecting.database import open_store
from lib.collecting.genres import check_genre
from lib.collecting.misheard import Misheard, corrected_track
from lib.collecting.tables import new_row, update_tables, write_all
from lib.dataset.activation_table import (
    ACTIVATIONS,
    Activations,
    read_activations,
    stamp,
    write_activations,
)
from lib.dataset.assembly import SOURCE, Tables, read_tables
from lib.dataset.cells import digits, one_line
from lib.dataset.remote import signature
from lib.dataset.store import table_lock
from lib.dataset.tables import TRACKS, read_tracks
from lib.errors import DatasetError

NAME = "corrections"
"""Of the set, beside the others."""
HEARD_AS, CONFIDENCE, MODEL = "heard_as", "confidence", "model"
COLUMNS = (SOURCE, HEARD_AS, CONFIDENCE, MODEL)
"""What a corrected song has beyond `~lib.dataset.tables.TRACK_COLUMNS`: its link, and the genre
that was heard, how surely, and by which model."""


def correct_song(folder: Path, song: Misheard, genre: str, *, known: tuple[str, ...] = ()) -> str:
    """Keep a song with its right genre, in place of what was kept of it before.

    Parameters
    ----------
    folder : Path
        Of the data set; it is made.
    song : Misheard
    genre : str
        What it is: one of the model's, one of the set's, or a new one.
    known : tuple of str
        The genres of the model.

    Returns
    -------
    str
        The genre as it is kept.

    Raises
    ------
    DatasetError
        Where the genre can't be used (see `~lib.collecting.check_genre`) or is what was heard, a
        run that hears a folder of songs works on the set, or it can't be written.
    """
    with _tables(folder) as tables:
        others = {row["genre"] for name, row in tables.tracks.items() if name != song.track}
        right = check_genre(genre, {*known, *others})
        if right == song.genre:
            raise DatasetError(f"{right!r} is what was heard; name another genre to correct it.")
        path = None if song.video else Path(song.source).resolve()
        columns = (*tables.columns, *(name for name in COLUMNS if name not in tables.columns))
        tables.tracks[song.track] = new_row(
            track=song.track,
            genre=right,
            artist=one_line(song.artist),
            title=one_line(song.title),
            # Of a name whose bytes are no text no table can tell.
            audio=str(path) if path is not None and _is_text(str(path)) else "",
            seconds=digits(round(song.seconds, 3)),
            warnings=one_line("; ".join(song.warnings)),
            **{
                SOURCE: song.source if song.video else "",
                HEARD_AS: song.genre,
                CONFIDENCE: digits(round(song.confidence, 6)),
                MODEL: song.model,
            },
        )
        tables.features[song.track] = list(song.features)
        tables.extra.pop(song.track, None)
        _keep_activations(folder, song, path)
        write_all(
            folder,
            Tables(columns, tables.tracks, tables.features, tables.extra, tables.failed),
        )
    return right


def take_back(folder: Path, track: str) -> None:
    """Forget the correction of a song.

    Parameters
    ----------
    folder : Path
        Of the data set.
    track : str
        Its name in the tables, see `corrected_track`; nothing happens where it isn't there.

    Raises
    ------
    DatasetError
        As `correct_song`.
    """
    if track not in _rows(folder):
        return
    with _tables(folder) as tables:
        # In two steps: songs without features are allowed, features of unknown songs are not.
        tables.features.pop(track, None)
        tables.extra.pop(track, None)
        write_all(folder, tables)
        tables.tracks.pop(track, None)
        write_all(folder, tables)
        known = read_activations(folder / ACTIVATIONS)
        if known.pop(track, None) is not None:
            write_activations(folder / ACTIVATIONS, known)


def correction_of(folder: Path, track: str) -> str:
    """Return the genre that a song was corrected to; empty where it wasn't.

    Raises
    ------
    DatasetError
        Where tracks.csv can't be read.
    """
    row = _rows(folder).get(track, {})
    return row["genre"] if row.get(HEARD_AS) else ""


def said_of(folder: Path) -> Callable[[Path], str]:
    """Return what tells the genre that a person said a file is; ``""`` where nobody did.

    Parameters
    ----------
    folder : Path
        Of the data set; there may be none.

    Raises
    ------
    DatasetError
        Where tracks.csv can't be read.
    """
    rows = _rows(folder)
    said = {track: row["genre"] for track, row in rows.items() if row.get(HEARD_AS)}
    return lambda path: said.get(corrected_track(str(path)), "") if said else ""


@contextmanager
def _tables(folder: Path) -> Iterator[Tables]:
    """Give the tables, and keep everybody else from writing them meanwhile."""
    with open_store(folder) as store:
        if store.songs():
            update_tables(folder, store)  # a playlist run may be a second ahead of them
        with store.transaction(), table_lock(folder):
            yield read_tables(folder)


def _rows(folder: Path) -> dict[str, dict[str, str]]:
    return read_tracks(folder / TRACKS)[1] if (folder / TRACKS).is_file() else {}


def _keep_activations(folder: Path, song: Misheard, path: Path | None) -> None:
    """Keep what the backbone heard: of a link it is the only trace of the sound."""
    known = read_activations(folder / ACTIVATIONS)
    known.pop(song.track, None)
    if song.activations is not None:
        heard = f"{BACKBONE_VERSION}-"
        if path is not None and path.is_file():
            heard = stamp([signature(path)])
        known[song.track] = Activations(heard, song.activations)
    if known or (folder / ACTIVATIONS).is_file():
        write_activations(folder / ACTIVATIONS, known)


def _is_text(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True
