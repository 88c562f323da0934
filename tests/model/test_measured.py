from __future__ import annotations

import pytest

from lib.model import measured


@pytest.mark.parametrize(
    ("figures", "told"),
    [
        ({"accuracy": 0.5, "interval": [0.4, 0.6], "songs": 80}, (0.5, (0.4, 0.6), 80)),
        ({"accuracy": 0.5, "mean": 0.6}, (0.6, None, None)),
        ({"accuracy": 1}, (1.0, None, None)),
        ({"accuracy": 0.5, "interval": [0.4]}, (0.5, None, None)),
        ({"accuracy": 0.5, "interval": "wide"}, (0.5, None, None)),
        ({"accuracy": 0.5, "interval": [0.4, None]}, (0.5, None, None)),
        ({"accuracy": 0.5, "mean": "good"}, (0.5, None, None)),
        ({"accuracy": 0.5, "songs": "many"}, (0.5, None, None)),
    ],
)
def test_what_a_folder_says_of_itself(figures: dict[str, object], told: tuple[object, ...]) -> None:
    accuracy, interval, judged_on, songs = measured({"test": figures})
    assert (accuracy, interval, songs) == told
    assert judged_on == "set aside to test it"


@pytest.mark.parametrize("accuracy", ["good", None, True, float("nan"), [0.5]])
def test_what_is_no_figure_was_not_measured(accuracy: object) -> None:
    assert measured({"test": {"accuracy": accuracy}}) == (None, None, "", None)
    honest = {"test": {"accuracy": accuracy}, "validation": {"accuracy": 0.5}}
    assert measured(honest)[0] == 0.5
