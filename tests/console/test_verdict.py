"""A prediction in lines of text."""

from __future__ import annotations

from collections.abc import Callable

from lib.console import verdict_lines
from lib.explanation import Explanation, Pull, Pulls
from lib.prediction import Prediction
from lib.youtube import Entry


def test_a_file(predict: Callable[..., Prediction]) -> None:
    assert list(verdict_lines(predict(warnings=("It is cut off.",)))) == [
        "A band – A song (1:01)",
        "  jazz  62 %",
        "  then blues 38 %, rock <1 %",
        "  note: It is cut off.",
    ]


def test_a_video_has_its_link(predict: Callable[..., Prediction]) -> None:
    video = Entry("a" * 11, "A song", "", 61.0)
    lines = list(verdict_lines(predict(artist="", video=video, seconds=3_661.0)))
    assert lines[:2] == [
        "A song (1:01:01)", "  https://www.youtube.com/watch?v=aaaaaaaaaaa",
    ]  # fmt: skip


def test_what_is_to_be_doubted_says_so(predict: Callable[..., Prediction]) -> None:
    assert list(verdict_lines(predict(unsure=True)))[3:] == [
        "  unsure: An answer this unsure is wrong more often than right."
    ]
    # Of an outlier the confidence says nothing.
    (line,) = list(verdict_lines(predict(unsure=True, outlier=True)))[3:]
    assert line.startswith("  outlier: The model learned nothing like this; it may be of a genre")


def test_why_is_told_where_somebody_asked(predict: Callable[..., Prediction]) -> None:
    pulls = {"jazz": Pulls(0.1, (Pull("timbre", 0.5), Pull("tempo", 0.02)))}
    lines = list(verdict_lines(predict(why=Explanation(pulls))))
    assert lines[3:] == [
        "  Why jazz? It gives that 10 % in the songs it learned from; here",
        "    timbre   +50 points towards it",
        "    tempo     +2 points towards it",
    ]
