"""Which songs of a table may be learned from, and whether each genre has enough of them."""

from __future__ import annotations

# One song of five is held out to judge by, so a genre needs five for one to be there.
FEWEST_SONGS = 5
