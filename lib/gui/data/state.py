"""What the Data page shows."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from lib.gui.failures import Failure
from lib.gui.table import Row

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.collecting import Event, GenreCount, Track, Unfinished


class Pace(Enum):
    """How a run goes on."""

    RUNNING = auto()
    PAUSED = auto()  # or about to be: the song on its way is finished first
    STOPPING = auto()
    ENDED = auto()


@dataclass(frozen=True)
class Order:
    """What a person wants to be added.

    Parameters
    ----------
    link : str
        Of a playlist or a video, as typed.
    genre : str
        What its songs are, as typed.
    limit : int or None
        How many songs, from the first; None for all.
    excerpts : int
        How many of each song.
    longest : float
        Minutes of a song.
    keep_audio : bool
        Whether the excerpts are kept to listen to.
    again : bool
        Whether songs that a person took out of the set are taken again.
    """

    link: str
    genre: str
    limit: int | None = None
    excerpts: int = 1
    longest: float = 20.0
    keep_audio: bool = True
    again: bool = False


@dataclass(frozen=True)
class Collecting:
    """A run that adds songs, or did.

    Parameters
    ----------
    order : Order
        What was wanted.
    rows : tuple of Event
        The last that is known of each song, in the order of the playlist.
    dropped : frozenset of str
        The tracks that a person has left out since.
    pace : Pace
    step : str
        What is being done.
    fraction : float or None
        How much of all is done.
    """

    order: Order
    rows: tuple[Event, ...] = ()
    dropped: frozenset[str] = frozenset()
    pace: Pace = Pace.RUNNING
    step: str = ""
    fraction: float | None = None

    @property
    def alive(self) -> bool:
        """Whether songs are still to come."""
        return self.pace is not Pace.ENDED


@dataclass(frozen=True)
class Contents:
    """What a data set holds.

    Parameters
    ----------
    folder : Path
    genres : tuple of GenreCount
    songs : tuple of Track
    rows : tuple of Row
        As they stand in the table, one for each song; made in a thread, for there may be thousands.
    unfinished : tuple of Unfinished
        The playlists that were not gone through.
    """

    folder: Path
    genres: tuple[GenreCount, ...] = ()
    songs: tuple[Track, ...] = ()
    rows: tuple[Row, ...] = ()
    unfinished: tuple[Unfinished, ...] = ()

    @property
    def learnable(self) -> bool:
        """Whether there are genres to tell from each other."""
        return len(self.genres) > 1


@dataclass(frozen=True)
class DataState:
    """Everything that the Data page shows.

    Parameters
    ----------
    folder : Path
        Of the data set; it may not be there yet.
    sets : tuple of str
        The names of the data sets that there are.
    contents : Contents or None
        None until they are read.
    collecting : Collecting or None
        The last run.
    playing : str
        The track that can be heard now; else empty.
    played : float or None
        How much of it; None while it is being opened.
    failure : Failure or None
        What went wrong last.
    """

    folder: Path
    sets: tuple[str, ...] = ()
    contents: Contents | None = None
    collecting: Collecting | None = None
    playing: str = ""
    played: float | None = None
    failure: Failure | None = None
