"""Text as it may be shown, the same everywhere."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lib.wording import clean, clock, percent


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("A song", "A song"),
        ("  A\tsong\r\n\x00of\x1b[31m mine ", "A song of[31m mine"),
        ("evil \u202egpj.exe", "evil gpj.exe"),
        ("\u2066\u2067turned\u2069\u200f\u061c", "turned"),
        ("line\u2028and\u2029paragraph", "line and paragraph"),
        ("e\u0301t\u00e9", "\u00e9t\u00e9"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("<b>bold</b> &amp; =HYPERLINK(1)", "<b>bold</b> &amp; =HYPERLINK(1)"),
        ("half a pair \ud83d", "half a pair"),
        ("\ufeff\u200b", ""),
    ],
)
def test_what_is_shown_of_a_title(raw: str, shown: str) -> None:
    assert clean(raw) == shown


def test_a_long_title_is_cut() -> None:
    assert clean("x" * 10_000) == "x" * 299 + "…"


@given(st.text(), st.integers(1, 60))
def test_a_clean_text_has_nothing_that_does_not_show(raw: str, longest: int) -> None:
    shown = clean(raw, longest=longest)
    assert len(shown) <= longest
    assert shown == shown.strip()
    allowed = {"\u200c", "\u200d"}
    assert all(unicodedata.category(c)[0] != "C" or c in allowed for c in shown)
    assert not any(c.isspace() and c != " " for c in shown)
    assert clean(shown, longest=longest) == shown


@pytest.mark.parametrize(
    ("seconds", "digits", "shown"),
    [(0, 0, "0:00"), (59.6, 0, "1:00"), (3599.99, 0, "1:00:00"), (61.25, 1, "1:01.2")],
)
def test_times_carry_over(seconds: float, digits: int, shown: str) -> None:
    assert clock(seconds, digits=digits) == shown


@given(st.floats(0, 1))
def test_a_share_reads_as_none_or_all_only_where_it_is(share: float) -> None:
    assert (percent(share) == "0 %") == (share == 0)
    assert (percent(share) == "100 %") == (share == 1)
