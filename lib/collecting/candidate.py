"""An entry of a playlist on its way into a data set."""

from __future__ import annotations

from dataclasses import dataclass

from lib.collecting.entries import Decision
from lib.collecting.events import State
from lib.collecting.listing import Verdict
from lib.wording import clean
from lib.youtube import Entry

_TOPIC = " - Topic"  # the channels that YouTube makes of an artist's releases

UNWANTED = Verdict(
    State.SKIPPED,
    "You took it out of the set, and it stays out unless you ask for such songs again.",
    told=False,
)


@dataclass(frozen=True)
class Candidate:
    """An entry of the playlist: its place in the run, what the list says, what was decided."""

    place: int
    entry: Entry
    before: Decision


def artist_of(channel: str) -> str:
    """Return the artist that a channel stands for.

    Examples
    --------
    >>> artist_of("Queen - Topic"), artist_of("Queen Official")
    ('Queen', 'Queen Official')
    """
    return clean(channel).removesuffix(_TOPIC)
