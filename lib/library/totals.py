"""A library by genre, and the songs whose tags are worth a look."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from lib.library.song import Song


@dataclass(frozen=True)
class Total:
    """How many songs were heard to be of a genre.

    Parameters
    ----------
    genre : str
    songs : int
    doubtful : int
        How many of these answers are unsure, or of songs unlike all that was learned.
    """

    genre: str
    songs: int
    doubtful: int


def totals(songs: Iterable[Song]) -> tuple[Total, ...]:
    """Count songs by genre, the most frequent first; those that were set aside don't count."""
    heard = [song for song in songs if song.genre]
    doubtful = Counter(song.genre for song in heard if song.doubt)
    counts = Counter(song.genre for song in heard)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple(Total(genre, count, doubtful[genre]) for genre, count in ranked)


def disagreeing(songs: Iterable[Song]) -> list[Song]:
    """Return the songs whose tag confidently disagrees with what was heard, surest first."""
    found = [song for song in songs if song.disagrees]
    return sorted(found, key=lambda song: (-song.confidence, song.path))
