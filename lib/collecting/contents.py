"""What a data set holds, for a person to look at, listen to, correct and prune."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from lib.collecting.database import STORE, open_store
from lib.collecting.events import track_of, video_of
from lib.collecting.tables import (
    kept_excerpts,
    video_id_of,
)
from lib.dataset import FEWEST_SONGS
from lib.dataset.assembly import SOURCE
from lib.dataset.tables import TRACKS, Row, read_tracks
from lib.errors import DatasetError


@dataclass(frozen=True)
class GenreCount:
    """A genre of a data set, and how many songs it has."""

    genre: str
    songs: int

    @property
    def lacking(self) -> int:
        """How many songs more it needs, at least, for a network to learn it."""
        return max(FEWEST_SONGS - self.songs, 0)


@dataclass(frozen=True)
class Unfinished:
    """A playlist whose run was stopped.

    Parameters
    ----------
    link : str
        Of the playlist, or of a video.
    genre : str
        What its songs were to be.
    left, count : int
        How many songs are still to be decided on, and how many the run was to go through.
    """

    link: str
    genre: str
    left: int
    count: int


@dataclass(frozen=True)
class Track:
    """A song of a data set.

    Parameters
    ----------
    track : str
        Its name in the tables.
    genre, artist, title : str
    seconds : float or None
        How much of it was heard; None where the table doesn't say.
    source : str
        Its link, where it came from elsewhere than a folder; else empty.
    audio : Path or None
        The sound that it was heard in (of a collected song, its first excerpt); None where it was
        not kept or is gone.
    """

    track: str
    genre: str
    artist: str
    title: str
    seconds: float | None
    source: str
    audio: Path | None

    @property
    def collected(self) -> bool:
        """Whether it came from YouTube, and `remove` can take it out."""
        return video_of(self.track) is not None


def read_genres(folder: Path) -> tuple[GenreCount, ...]:
    """Count the songs of each genre of a data set.

    Returns
    -------
    tuple of GenreCount
        Sorted by genre; empty where there is no tracks.csv yet.

    Raises
    ------
    DatasetError
        Where tracks.csv can't be read.
    """
    songs = Counter(row["genre"] for row in _rows(folder).values())
    return tuple(GenreCount(genre, songs[genre]) for genre in sorted(songs))


def read_songs(folder: Path) -> tuple[Track, ...]:
    """Return the songs of a data set in the order of its table; none where there is no table yet.

    Raises
    ------
    DatasetError
        Where tracks.csv can't be read.
    """
    return tuple(
        Track(
            track,
            row["genre"],
            row["artist"],
            row["title"],
            float(row["seconds"]) if row["seconds"] else None,
            row.get(SOURCE, ""),
            _audio(folder, row),
        )
        for track, row in _rows(folder).items()
    )


def excerpts(folder: Path, track: str) -> tuple[Path, ...]:
    """Return the files to listen to for hearing what a track was heard in.

    Returns
    -------
    tuple of Path
        The excerpts of a collected song in order; the file of another; none where nothing was kept.

    Raises
    ------
    DatasetError
        Where there is no such track.
    """
    rows = _rows(folder)
    if track not in rows:
        raise DatasetError(f"{folder / TRACKS}: there is no track {track!r} in it any more.")
    if video_of(track) is not None:
        return tuple(kept_excerpts(folder, video_id_of(track)))
    audio = _audio(folder, rows[track])
    return (audio,) if audio else ()


def read_unfinished(folder: Path) -> tuple[Unfinished, ...]:
    """Return the playlists that were not gone through to their ends, the latest first."""
    if not (folder / STORE).is_file():
        return ()
    with open_store(folder) as store:
        return tuple(Unfinished(*found) for found in store.unfinished())


def read_removed(folder: Path) -> tuple[str, ...]:
    """Return the tracks that a person took out, sorted."""
    if not (folder / STORE).is_file():
        return ()
    with open_store(folder) as store:
        return tuple(sorted(map(track_of, store.removed())))


def _rows(folder: Path) -> dict[str, Row]:
    if not (folder / TRACKS).is_file():
        return {}
    return read_tracks(folder / TRACKS)[1]


def _audio(folder: Path, row: Row) -> Path | None:
    path = folder / row["audio"] if row["audio"] else None
    return path if path is not None and path.is_file() else None
