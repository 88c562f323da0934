"""Text that can be drawn."""

from __future__ import annotations

import io

import pytest
from matplotlib.figure import Figure

from lib.plots.words import face, plain


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Rock\x00\x1b[31m 'n'\tRoll\r\n", "Rock[31m 'n' Roll"),
        ("half a pair \ud83d", "half a pair"),
        ("right\u202eto\u200bleft", "righttoleft"),
        ("Beyonce\u0301", "Beyoncé"),
        ("$x$", r"\$x\$"),
        ("heart \u2764\ufe0f", "heart \u2764"),
        ("", ""),
    ],
)
def test_what_cannot_be_drawn_goes(text: str, shown: str) -> None:
    assert plain(text) == shown


def test_wide_characters_count_twice() -> None:
    shown = plain("夜")  # a □ where no font of this machine can draw it, which is as wide
    assert shown in ("夜", "□")
    assert plain("夜" * 9, longest=10) == 4 * shown + "…"
    assert plain("夜" * 5, longest=10) == 5 * shown


def test_a_character_without_glyph_becomes_a_box() -> None:
    assert plain("a\U0001f9ffb") == "a□b"


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("text", ["夜に駆ける", "🎵🎸 ok", "$\\frac{1}", "a_b^c", "شعر", "\\$100"])
@pytest.mark.parametrize("bold", [True, False])
def test_any_text_is_drawn_without_a_word(
    text: str, bold: bool, capfd: pytest.CaptureFixture[str]
) -> None:
    figure = Figure()
    figure.text(0.5, 0.5, plain(text), **face(plain(text), bold=bold))
    figure.savefig(io.BytesIO(), format="png")
    assert capfd.readouterr() == ("", "")
