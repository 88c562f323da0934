"""Songs in aligned columns, whatever stands in their titles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.console.table import Table, columns, fit
from lib.errors import YouTubeError
from lib.prediction import Outcome, Prediction
from lib.youtube import Entry, Kind, Listing, Refusal


def test_the_columns_of_a_playlist(
    listing: Listing, predict: Callable[..., Prediction], song: Callable[..., Outcome]
) -> None:
    table = Table(listing, ("blues", "drum-and-bass"), width=80)
    told = [
        table.head,
        table.row(song(1, predict(genre="drum-and-bass", confidence=0.999))),
        table.row(song(2, predict(seconds=3_700.0, genre="blues", confidence=0.05, unsure=True))),
        table.row(song(3, Refusal(Kind.REGION_LOCKED, "x"))),
    ]
    assert told == [
        "title                                       length  genre             confidence",
        "A song                                        1:01  drum-and-bass          >99 %",
        "夜に駆ける                                 1:01:40  blues             unsure 5 %",
        "https://www.youtube.com/watch?v=cccccccc…           – region-locked",
    ]


def test_a_failure_that_is_no_refusal(listing: Listing, song: Callable[..., Outcome]) -> None:
    row = Table(listing, ("blues",), width=80).row(song(1, YouTubeError("no sound")))
    assert row.split() == ["A", "song", "1:01", "–", "not", "heard"]


@pytest.mark.parametrize("width", [1, 40, 80, 500])
def test_all_rows_are_of_one_width_on_any_terminal(
    width: int, predict: Callable[..., Prediction]
) -> None:
    entries = tuple(
        Entry(letter * 11, title, "", 61.0)
        for letter, title in zip("abcd", ("x" * 200, "夜" * 200, "e\u0301" * 50, ""), strict=True)
    )
    listing = Listing("PLxx", "", entries)
    table = Table(listing, ("blues", "g" * 300), width=width)
    rows = [table.head] + [
        table.row(Outcome(entry.link, predict(genre="g" * 300), entry)) for entry in entries
    ]
    assert len({columns(row) for row in rows}) == 1
    assert columns(rows[0]) <= max(width, 69)


@given(st.text(max_size=30), st.integers(1, 20))
def test_a_text_fits_its_column(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert columns(fitted) == width
    if columns(text) <= width:
        assert fitted.startswith(text)
