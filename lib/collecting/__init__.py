"""Growing a data set from playlists: songs fetched, heard, compared and put into the tables."""

from lib.collecting.collect import collect
from lib.collecting.contents import (
    GenreCount,
    Track,
    correct_genre,
    excerpts,
    read_genres,
    read_removed,
    read_songs,
    remove,
)
from lib.collecting.events import Event, Listener, Outcome, State, track_of
from lib.collecting.genres import check_genre, similar_genre
from lib.collecting.options import LONGEST_SECONDS, MOST_EXCERPTS, MOST_WORKERS, Options

__all__ = [
    "LONGEST_SECONDS",
    "MOST_EXCERPTS",
    "MOST_WORKERS",
    "Event",
    "GenreCount",
    "Listener",
    "Options",
    "Outcome",
    "State",
    "Track",
    "check_genre",
    "collect",
    "correct_genre",
    "excerpts",
    "read_genres",
    "read_removed",
    "read_songs",
    "remove",
    "similar_genre",
    "track_of",
]
