"""Growing a data set from playlists: songs fetched, heard, compared and put into the tables."""

from lib.collecting.collect import collect
from lib.collecting.contents import (
    GenreCount,
    Track,
    Unfinished,
    excerpts,
    read_genres,
    read_removed,
    read_songs,
    read_unfinished,
)
from lib.collecting.corrections import correct_song, correction_of, said_of, take_back
from lib.collecting.events import Event, Listener, Outcome, State, track_of
from lib.collecting.genres import check_genre, similar_genre
from lib.collecting.misheard import Misheard, corrected_track
from lib.collecting.options import LONGEST_SECONDS, MOST_EXCERPTS, MOST_WORKERS, Options
from lib.collecting.pruning import correct_genre, leave_out, remove

__all__ = [
    "LONGEST_SECONDS",
    "MOST_EXCERPTS",
    "MOST_WORKERS",
    "Event",
    "GenreCount",
    "Listener",
    "Misheard",
    "Options",
    "Outcome",
    "State",
    "Track",
    "Unfinished",
    "check_genre",
    "collect",
    "correct_genre",
    "correct_song",
    "corrected_track",
    "correction_of",
    "excerpts",
    "leave_out",
    "read_genres",
    "read_removed",
    "read_songs",
    "read_unfinished",
    "remove",
    "said_of",
    "similar_genre",
    "take_back",
    "track_of",
]
