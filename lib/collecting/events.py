"""What a playlist run tells while it goes on, and what it has come to at its end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lib.dataset import Summary
from lib.youtube import Video


class State(StrEnum):
    """How far a song is; the value is the word that is shown."""

    WAITING = "waiting"
    DOWNLOADING = "downloading"
    HEARING = "hearing"
    ADDED = "added"
    KNOWN = "in the set"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    FAILED = "failed"

    @property
    def final(self) -> bool:
        """Whether nothing more becomes of the song in this run."""
        return self not in {State.WAITING, State.DOWNLOADING, State.HEARING}


@dataclass(frozen=True)
class Event:
    """A song of the playlist has come to a state.

    Parameters
    ----------
    place, count : int
        Which song of how many, from 1.
    id : str
        Of the video.
    title, artist : str
        As far as they are known yet; harmless to show.
    seconds : float or None
        The song's length; None where nobody knows yet.
    state : State
    fraction : float or None
        How much is downloaded, 0 to 1; None where nobody knows, and in other states.
    reason : str
        Why it was not added, as a sentence; else empty.
    duplicate_of : str
        The track in the set that it is a duplicate of; else empty.
    """

    place: int
    count: int
    id: str
    title: str
    artist: str
    seconds: float | None
    state: State
    fraction: float | None = None
    reason: str = ""
    duplicate_of: str = ""

    @property
    def track(self) -> str:
        """Its name in the tables."""
        return track_of(self.id)

    @property
    def link(self) -> str:
        """The video's page."""
        return Video(self.id).link


Listener = Callable[[Event], None]


def ignore(_event: Event, /) -> None:
    """Listen to nothing."""


@dataclass(frozen=True)
class Outcome:
    """What a playlist run has come to.

    Parameters
    ----------
    folder : Path
        Of the data set.
    playlist : str
        Its title.
    genre : str
    added, known, duplicates, skipped, failed : int
        Songs added now, in the set from before, refused as duplicates, not to be had, and not to
        be heard.
    summary : Summary
        What the whole set holds now.
    """

    folder: Path
    playlist: str
    genre: str
    added: int
    known: int
    duplicates: int
    skipped: int
    failed: int
    summary: Summary


PREFIX = "youtube/"


def track_of(video_id: str) -> str:
    """Return the name of a video's song in the tables.

    Examples
    --------
    >>> track_of("dQw4w9WgXcQ")
    'youtube/dQw4w9WgXcQ'
    """
    return PREFIX + video_id


def video_of(track: str) -> str | None:
    """Return the id of the video that a track is of, or None where it is of none.

    Examples
    --------
    >>> video_of("youtube/dQw4w9WgXcQ"), video_of("blues.00000")
    ('dQw4w9WgXcQ', None)
    """
    return track.removeprefix(PREFIX) if track.startswith(PREFIX) else None
