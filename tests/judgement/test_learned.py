from __future__ import annotations

from dataclasses import replace

import numpy as np

from lib.judgement import Rows
from lib.judgement.learned import learned_songs
from lib.model import Song, Songs
from tests.graphs import small_hearer


def test_a_network_of_convolutions_recognises_what_it_learned_from() -> None:
    hearer = small_hearer(("blues", "jazz"))
    X = np.random.default_rng(0).normal(0, 100, (3, 130 * 13))
    tracks = np.array(["blues.1", "jazz.1", "jazz.2"], dtype=object)
    genres = np.array(["blues", "jazz", "jazz"], dtype=object)
    unknown = np.array([""] * 3, dtype=object)
    carried = Songs(
        (Song("jazz.1", "", "", "jazz"),),
        np.zeros(1, dtype=np.int32),
        hearer.given(X[1:2]).reshape(1, -1).astype(np.float16),
    )
    rows = Rows(tracks, genres, unknown, X, unknown)
    assert learned_songs(replace(hearer, songs=carried), rows, "") == {"jazz.1"}
