"""What the training page says of a result: never more than the songs do."""

from __future__ import annotations

from dataclasses import replace

import pytest

from lib.gui.training.state import Result
from lib.gui.training.wording import headline, remarks
from lib.judgement import Comparison, Share

SOME, MORE, NONE = Share(50, 100), Share(70, 100), Share(0, 0)
EVEN = Comparison(
    "old", "artist", SOME, SOME, SOME, SOME, learned=0, fresh_new=SOME, fresh_present=SOME,
    only_new=5, only_present=5, own=None, genres=(),
)  # fmt: skip
BETTER = replace(EVEN, new=MORE, fresh_new=MORE, only_new=25, only_present=5)
WORSE = replace(EVEN, present=MORE, fresh_present=MORE, only_new=5, only_present=25)
TEN = Share(5, 10)


@pytest.mark.parametrize(
    ("comparison", "said"),
    [
        (EVEN, "“new” is as good as old, as far as these songs can tell"),
        (BETTER, "“new” is better than old"),
        (WORSE, "“new” is worse than old"),
        # What flatters the present model can't make the new one look better.
        (replace(BETTER, learned=None), "“new” is better than old"),
        (replace(WORSE, learned=None), "“new” beside old, which may know these songs"),
        (
            replace(WORSE, learned=100, fresh_new=NONE, fresh_present=NONE, only_new=0,
                    only_present=0),
            "“new” beside old, which has learned from these songs",
        ),
        (
            replace(EVEN, learned=90, fresh_new=TEN, fresh_present=TEN),
            "“new” is as good as old, as far as the 10 songs new to both can tell",
        ),
    ],
)  # fmt: skip
def test_the_headline_claims_what_is_fair(comparison: Comparison, said: str) -> None:
    assert headline(Result(comparison.new, (), comparison), "new") == said


def test_two_models_of_one_name_are_told_apart() -> None:
    assert headline(Result(MORE, (), BETTER), "old") == "“old” is better than the present model"


def test_without_a_model_to_compare_with_it_counts() -> None:
    alone = Result(MORE, (), None)
    assert headline(alone, "new") == "“new” recognises 70 of 100 songs"
    assert "no present model" in remarks(alone)


def test_what_flatters_the_present_model_is_said() -> None:
    learned = replace(WORSE, learned=90, fresh_new=TEN, fresh_present=TEN)
    told = remarks(Result(SOME, (), learned))
    assert "100 songs held out in whole artists, of which the new model has learned none." in told
    assert "old has learned from 90 of them, which flatters it." in told
    assert "Of the 10 others only the new one is right on 5, only old on 25" in told
    assert "chance alone would seldom" in told
    assert "The last bar" not in told
    own = replace(learned, own=Share(56, 80))
    assert "The last bar is of other songs: the 80 songs held out when old itself was" in remarks(
        Result(SOME, (), own)
    )


def test_where_no_artist_is_known_none_is_claimed_to_be_held_out() -> None:
    told = remarks(Result(SOME, (), EVEN), artists=False)
    assert "100 songs held out song by song, as no artist is known, of which the new" in told
    by_table = remarks(Result(SOME, (), replace(EVEN, by="split")), artists=False)
    assert "100 songs held out by the table's split, of which the new" in by_table
