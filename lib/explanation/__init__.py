"""Why a model says what it says: what pulled it, how the song sounds, which known ones are near.

Computed when somebody asks, never with the answer; numpy alone.
"""

from lib.explanation.explanation import Explanation, explain
from lib.explanation.groups import GROUPS
from lib.explanation.neighbours import Neighbour
from lib.explanation.pulls import Pull, Pulls
from lib.explanation.traits import SCALES, Scale, Trait
from lib.explanation.wording import (
    enumerate_words,
    nearness,
    points,
    pull_sentence,
    song_name,
    strongest_first,
    why_lines,
)

__all__ = [
    "GROUPS",
    "SCALES",
    "Explanation",
    "Neighbour",
    "Pull",
    "Pulls",
    "Scale",
    "Trait",
    "enumerate_words",
    "explain",
    "nearness",
    "points",
    "pull_sentence",
    "song_name",
    "strongest_first",
    "why_lines",
]
