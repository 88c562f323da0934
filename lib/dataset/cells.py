"""Cells of a CSV table: text that no spreadsheet runs, numbers with enough digits."""

from __future__ import annotations

import math
import re

# A spreadsheet takes a cell that starts like this for a formula, whatever quotes are around it; the
# wide forms count in Japanese and Chinese locales.  Source: OWASP, "CSV Injection".
_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
_GUARDED = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")
_DIGITS = ".9g"


def guarded(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would run.

    `unguarded` takes it off again, so that every text comes back as it was.  A plain number runs
    nothing and stays as it is.

    Examples
    --------
    >>> guarded("=HYPERLINK(A1)"), guarded("-3.5"), guarded("Yesterday")
    ("'=HYPERLINK(A1)", '-3.5', 'Yesterday')
    """
    if _GUARDED.match(text) or (_FORMULA.match(text) and not _is_plain_number(text)):
        return f"'{text}"
    return text


def unguarded(text: str) -> str:
    """Take off the apostrophe that `guarded` put before a text.

    Examples
    --------
    >>> unguarded("'=HYPERLINK(A1)"), unguarded("'Round Midnight")
    ('=HYPERLINK(A1)', "'Round Midnight")
    """
    return text[1:] if _GUARDED.match(text) else text


def number(text: str) -> float | None:
    """Read a finite number, or return None where the text is none.

    Examples
    --------
    >>> number(" 1e-3 "), number("nan"), number("fast")
    (0.001, None, None)
    """
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def digits(value: float) -> str:
    """Write a number with the nine digits that tell any two float32 values apart; nan is empty.

    Examples
    --------
    >>> digits(-113.57071234567), digits(30.0), digits(float("nan"))
    ('-113.570712', '30', '')
    """
    # + 0.0 turns -0.0 into 0.0, which is the same number and should look the same.
    return "" if math.isnan(value) else format(value + 0.0, _DIGITS)


def one_line(text: str, *, longest: int = 500) -> str:
    r"""Make a text from a stranger's file fit for a cell: one line, no control characters.

    Examples
    --------
    >>> one_line("A\x00 long\r\n  title")
    'A long title'
    """
    printable = "".join(c if c.isprintable() else " " for c in text)
    return " ".join(printable.split())[:longest]


def _is_plain_number(text: str) -> bool:
    """Tell whether a text is a number and nothing else, spaces included."""
    return text.strip() == text and text.isascii() and number(text) is not None
