"""A judgement in lines of text."""

from __future__ import annotations

import numpy as np

from lib.console import judgement_lines
from lib.judgement import judge

LABELS = ("blues", "jazz")


def test_genres_in_columns_and_the_figures_below() -> None:
    lines = list(
        judgement_lines(judge(["jazz", "jazz", "blues"], ["jazz", "blues", "blues"], LABELS))
    )
    assert lines == [
        "genre            songs  precision  recall     F1",
        "blues                1      50.0%  100.0%  66.7%",
        "jazz                 2     100.0%   50.0%  66.7%",
        "",
        "Accuracy 66.7% of 3 songs (95 %: 20.8% to 93.9%), macro recall 75.0%, macro F1 66.7%.",
    ]


def test_of_a_few_songs_it_says_that_they_were_held_out() -> None:
    judgement = judge(["jazz", "blues"], ["jazz", "blues"], LABELS)
    told = "\n".join(judgement_lines(judgement, held_out=True))
    assert "Accuracy 100.0% of the 2 songs held out (95 %: " in told


def test_of_a_genre_without_songs_nothing_is_known() -> None:
    lines = list(judgement_lines(judge(["jazz", "jazz"], ["jazz", "blues"], LABELS)))
    assert lines[1].split() == ["blues", "0", "–", "–", "–"]
    assert lines[2].split() == ["jazz", "2", "100.0%", "50.0%", "66.7%"]


def test_where_there_are_probabilities_it_tells_how_sure_it_was() -> None:
    P = np.array([[0.1, 0.9], [0.6, 0.4], [0.8, 0.2]])
    told = judge(["jazz", "jazz", "blues"], ["jazz", "blues", "blues"], LABELS, probabilities=P)
    assert list(judgement_lines(told))[-1] == (
        "Log loss 0.415, calibration error 30.0% over 10 bins; of the surest two thirds 100.0% are "
        "right."
    )
