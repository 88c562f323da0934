"""Why a model says what it says: what pulled it, how the song sounds, which known ones are near.

Computed when somebody asks, never with the answer; numpy alone.
"""

from lib.explanation.explanation import Explanation, explain
from lib.explanation.groups import GROUPS
from lib.explanation.neighbours import Neighbour
from lib.explanation.pulls import Pull, Pulls
from lib.explanation.traits import SCALES, Trait

__all__ = [
    "GROUPS",
    "SCALES",
    "Explanation",
    "Neighbour",
    "Pull",
    "Pulls",
    "Trait",
    "explain",
]
