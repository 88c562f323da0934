"""Cells: no text is lost, none is run by a spreadsheet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.dataset.cells import digits, guarded, number, one_line, unguarded

TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)


@given(st.one_of(TEXT, st.builds(str.__add__, st.sampled_from(["=", "'", "'=", "-", "'-"]), TEXT)))
def test_guarding_loses_nothing(text: str) -> None:
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "'="])
def test_a_formula_gets_an_apostrophe(start: str) -> None:
    assert guarded(f"{start}cmd|' /C calc'!A0").startswith("'")


@pytest.mark.parametrize("text", ["-3.5", "+1e5", "'Round Midnight", "Yesterday", "", "1=1", "NA"])
def test_what_runs_nothing_stays(text: str) -> None:
    assert guarded(text) == text


def test_a_number_with_a_space_is_guarded() -> None:
    assert guarded("- 3") == "'- 3"


@pytest.mark.parametrize("text", ["", "nan", "inf", "-inf", "fast", "1,5"])
def test_no_number(text: str) -> None:
    assert number(text) is None


@given(st.floats(allow_nan=False, allow_infinity=False, width=32))
def test_nine_digits_tell_float32_apart(value: float) -> None:
    import numpy as np

    assert np.float32(digits(value)) == np.float32(value)


def test_a_text_is_made_fit_for_one_line() -> None:
    assert (
        one_line("\u202eevil\x00\n title\x1b[31m " + "x" * 9_999, longest=20)
        == "evil title [31m xxxx"
    )
