"""Options: what makes no sense is refused, pauses lie around their mean."""

from __future__ import annotations

import random

import pytest

from lib.collecting import Options
from lib.errors import DatasetError


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("limit", 0),
        ("excerpts", 0),
        ("excerpts", 21),
        ("pause", -1.0),
        ("pause", float("nan")),
        ("shortest", 2.9),
        ("workers", 0),
        ("workers", 3),
    ],
)
def test_what_makes_no_sense(option: str, value: float) -> None:
    with pytest.raises(DatasetError, match=f"The option {option} is {value}; it must be"):
        Options(**{option: value})


def test_pauses_lie_around_their_mean_and_are_the_same_for_the_same_seed() -> None:
    pauses = [Options().draw_pause(chance) for chance in [random.Random(3)] for _ in range(1000)]
    assert 5.0 <= min(pauses) < 5.1
    assert 9.9 < max(pauses) <= 10.0
    assert sum(pauses) / 1000 == pytest.approx(7.5, abs=0.2)
    assert Options().draw_pause(random.Random(3)) == pauses[0]
    assert Options(pause=0).draw_pause(random.Random(3)) == 0.0
