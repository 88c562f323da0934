"""The Data page's sentences."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lib.gui.data.state import Collecting, Pace
from lib.gui.table import WAITING, Row
from lib.wording import clean, clock, count, percent

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.collecting import Event, GenreCount, Track, Unfinished

DROPPED = "removed"
# What a run comes to, in the order in which it is told.
TOLD = ("added", "in the set", "duplicate", "skipped", "failed", DROPPED)


def holdings(genres: Sequence[GenreCount]) -> str:
    """Return how much a data set holds."""
    songs = sum(genre.songs for genre in genres)
    return f"{count(songs, 'song')} of {count(len(genres), 'genre')}" if genres else "No songs yet"


def names(genres: Sequence[GenreCount]) -> list[str]:
    """Return the genres that can be offered: a strange name in a table is not for typing again."""
    return [genre.genre for genre in genres if clean(genre.genre) == genre.genre]


def scarcity(genres: Sequence[GenreCount]) -> str:
    """Return which genres have too few songs to be learned, and what to do; "" where none has."""
    scarce = [genre for genre in genres if genre.lacking]
    if not scarce:
        return ""
    fewest = scarce[0].songs + scarce[0].lacking
    which = "The red one has" if len(scarce) == 1 else "The red ones have"
    return f"{which} too few songs to learn from: a genre needs {fewest}."


def state_of(event: Event, dropped: frozenset[str] = frozenset()) -> str:
    """Return what stands in the table of what a song has come to."""
    if event.track in dropped:
        return DROPPED
    word = event.state.value
    if event.fraction is not None:
        return f"{word}, {percent(event.fraction)}"
    return f"{word}: {clean(event.reason)}" if event.reason else word


def tally(collecting: Collecting) -> str:
    """Return what a run has come to so far: ``"3 added, 1 skipped"``."""
    found = Counter(
        DROPPED if event.track in collecting.dropped else event.state.value
        for event in collecting.rows
    )
    parts = [
        count(found[state], state) if state == "duplicate" else f"{found[state]} {state}"
        for state in TOLD
        if found[state]
    ]
    return ", ".join(parts)


def pace_line(collecting: Collecting) -> str:
    """Return how far a run is."""
    total = len(collecting.rows)
    so_far = tally(collecting) or "nothing added yet"
    step = clean(collecting.step.removeprefix("Collecting "))
    match collecting.pace:
        case Pace.ENDED:
            return ending(collecting)
        case Pace.STOPPING:
            return "Stopping …"
        case Pace.PAUSED if not step.endswith("paused"):
            return f"Pausing when this is done: {step}"
        case Pace.PAUSED:
            return f"Paused   ·   {so_far} of {total}"
        case _ if not total:
            return f"{step} …"
        case _:
            return f"{step[:1].upper()}{step[1:]}   ·   {so_far}"


def ending(collecting: Collecting) -> str:
    """Return what a run has come to."""
    if not collecting.rows:
        return "Nothing was added."
    left = left_of(collecting)
    told = [tally(collecting), f"{left} left to do" if left else ""]
    return f"Of {count(len(collecting.rows), 'song')}: {', '.join(filter(None, told))}."


def left_of(collecting: Collecting) -> int:
    """Return how many songs of a run are still to be decided on."""
    return sum(
        not event.state.final and event.track not in collecting.dropped for event in collecting.rows
    )


def interruption(unfinished: Unfinished) -> str:
    """Return the offer to go on with a run that was stopped."""
    link = unfinished.link.removeprefix("https://www.")
    return (
        f"A run was stopped with {unfinished.left} of {count(unfinished.count, 'song')} left for "
        f"“{clean(unfinished.genre)}”:  {clean(link)}"
    )


def song_line(track: Track) -> str:
    """Return what is known of a song, beyond its row in the table."""
    parts = [clean(track.source or track.track)]
    if track.audio is None:
        parts.append("its sound was not kept")
    return "   ·   ".join(parts)


def song_row(track: Track) -> Row:
    """Return the row of a song in the table of songs."""
    cells = (
        clean(track.title) or clean(track.track),
        clean(track.artist),
        clean(track.genre),
        length_of(track.seconds),
    )
    return Row(track.track, cells, "" if track.audio else WAITING)


def length_of(seconds: float | None) -> str:
    """Return a length, or nothing where nobody knows it."""
    return clock(seconds) if seconds else ""
