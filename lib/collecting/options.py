"""What a person may choose about a playlist run."""

from __future__ import annotations

import random
from dataclasses import dataclass

from lib.audio import SHORTEST_SECONDS, WINDOW_SECONDS
from lib.errors import DatasetError

LONGEST_SECONDS = 20 * 60.0
"""Of a song, where a person sets no other limit: longer ones are mostly mixes, whole albums and
concerts, whose middle is anybody's music."""

MOST_EXCERPTS = 20
MOST_WORKERS = 2
"""Two processes hear faster than anything downloads."""

# Around its mean: 5 to 10 s where that is 7.5.
_SPREAD = 1 / 3


@dataclass(frozen=True, kw_only=True)
class Options:
    """How songs are collected.

    Parameters
    ----------
    limit : int or None
        How many entries of the playlist count, from its first; None for all.
    excerpts : int
        How many excerpts of 30 s are taken of a song, as far as it has room for them.
    keep_audio : bool
        Whether they are kept as FLAC.
    pause : float
        Seconds between two downloads, on average; each is chosen anew within a third of it.
    shortest : float
        Seconds below which a song is not taken.  (How long and how large one may be stands in the
        `~lib.youtube.Limits` of the `~lib.youtube.YouTube` that a run is given.)
    workers : int
        Processes that hear while the next song is downloaded, one or two.
    again : bool
        Whether songs that a person took out of the set are taken again.

    Raises
    ------
    DatasetError
        Where one of them makes no sense.
    """

    limit: int | None = None
    excerpts: int = 1
    keep_audio: bool = True
    pause: float = 7.5
    shortest: float = WINDOW_SECONDS
    workers: int = 1
    again: bool = False

    def __post_init__(self) -> None:
        for name, value, fits, wanted in (
            ("limit", self.limit, self.limit is None or self.limit >= 1, "1 or more"),
            (
                "excerpts",
                self.excerpts,
                1 <= self.excerpts <= MOST_EXCERPTS,
                f"1 to {MOST_EXCERPTS}",
            ),
            ("pause", self.pause, 0 <= self.pause <= 3600, "0 to 3600 seconds"),
            (
                "shortest",
                self.shortest,
                self.shortest >= SHORTEST_SECONDS,
                f"{SHORTEST_SECONDS:g} seconds or more",
            ),
            ("workers", self.workers, 1 <= self.workers <= MOST_WORKERS, f"1 to {MOST_WORKERS}"),
        ):
            if not fits:
                raise DatasetError(f"The option {name} is {value}; it must be {wanted}.")

    def draw_pause(self, chance: random.Random) -> float:
        """Choose the seconds to wait before the next download."""
        return self.pause * chance.uniform(1 - _SPREAD, 1 + _SPREAD)
