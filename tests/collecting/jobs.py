"""A playlist run in a process of its own, for tests that kill it.

``python -m tests.collecting.jobs LINK GENRE TARGET CACHE PROXY`` collects with two workers and
without pauses.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lib.collecting import Options, collect
from lib.youtube import Network, YouTube

if __name__ == "__main__":
    link, genre, target, cache, proxy = sys.argv[1:]
    network = Network(proxy=proxy, verify=False, first_pause=0.02, longest_pause=0.1)
    with YouTube(Path(cache), network=network, log=Path(cache, "youtube.log")) as youtube:
        options = Options(pause=0.0, shortest=3.0, workers=2)
        collect(link, genre, Path(target), youtube=youtube, options=options)
