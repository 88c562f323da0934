"""Text that a picture can show: no missing glyphs, no formulae by accident."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Any

from matplotlib import font_manager

# DejaVu Sans comes with matplotlib, so it is always there; the others are what the systems bring
# for the scripts that it lacks. Naming one that is missing would make matplotlib warn.
_FALLBACKS = (
    "Noto Sans CJK JP",
    "Noto Sans JP",
    "WenQuanYi Zen Hei",
    "Droid Sans Fallback",
    "Microsoft YaHei",
    "Malgun Gothic",
    "Hiragino Sans",
    "Arial Unicode MS",
)
_MISSING = "□"


def plain(text: str, *, longest: int = 50) -> str:
    r"""Make any text safe to draw.

    Control characters (and those that join, mark direction or are half a pair) go, white space
    becomes single spaces, a character that no font here can draw becomes □, and a ``$`` is escaped,
    because a pair of them would start a formula.

    Parameters
    ----------
    text : str
        A title or a label from a file.
    longest : int
        In letters, of which a Chinese, Japanese or Korean character takes the room of two, as does
        the □ in its stead; a longer text ends in an ellipsis.

    Returns
    -------
    str

    Examples
    --------
    >>> plain("Money\n$ $\x00")
    'Money \\$ \\$'
    >>> plain("Symphony No. 40 in G minor", longest=12)
    'Symphony No…'
    """
    known = _drawable()
    spaced = " ".join(unicodedata.normalize("NFC", text).split())
    kept = [c for c in spaced if unicodedata.category(c)[0] != "C" and not _is_variation(c)]
    shown = "".join(c if ord(c) in known else _MISSING for c in kept).strip()
    widths = list(accumulate(2 if _is_wide(c) else 1 for c in shown))
    if widths and widths[-1] > longest:
        shown = shown[: bisect_right(widths, longest - 1)].rstrip() + "…"
    return shown.replace("$", r"\$")


def face(text: str, *, bold: bool = False) -> dict[str, Any]:
    """Return the font to draw a text with, for matplotlib's `Text`.

    DejaVu Sans alone where it has all characters; else with what is installed for other scripts,
    and then never bold: those fonts often have no bold face, of which matplotlib complains.

    Parameters
    ----------
    text : str
        As `plain` gives it.
    bold : bool

    Returns
    -------
    dict
        ``fontfamily`` and ``fontweight``.

    Examples
    --------
    >>> face("Jazz", bold=True)
    {'fontfamily': ['DejaVu Sans'], 'fontweight': 'bold'}
    """
    weight = "bold" if bold else "normal"
    if all(ord(c) in _characters("DejaVu Sans", weight) or c == "\n" for c in text):
        return {"fontfamily": ["DejaVu Sans"], "fontweight": weight}
    return {"fontfamily": list(_families()), "fontweight": "normal"}


@cache
def _families() -> tuple[str, ...]:
    """Return DejaVu Sans and what is installed for the scripts that it lacks."""
    installed = {font.name for font in font_manager.fontManager.ttflist}
    return ("DejaVu Sans", *(name for name in _FALLBACKS if name in installed))


@cache
def _drawable() -> frozenset[int]:
    """Return the code points that any of the families can draw."""
    return frozenset().union(*(_characters(family, "normal") for family in _families()))


@cache
def _characters(family: str, weight: str) -> frozenset[int]:
    """Return the code points that a font can draw."""
    path = font_manager.findfont(font_manager.FontProperties(family=family, weight=weight))
    return frozenset(font_manager.get_font(path).get_charmap())


def _is_wide(character: str) -> bool:
    """Tell whether a character takes the room of two letters."""
    return character == _MISSING or unicodedata.east_asian_width(character) in "WF"


def _is_variation(character: str) -> bool:
    """Tell whether it only chooses another shape for the character before it, as with emoji."""
    return 0xFE00 <= ord(character) <= 0xFE0F
