"""The window's colours are those of the pictures in it."""

from __future__ import annotations

import pytest

from lib.gui.palette import PALETTES
from lib.plots import DARK, LIGHT, Theme


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.name)
def test_pictures_have_no_edge_in_the_window(theme: Theme) -> None:
    palette = PALETTES[theme.name]
    for colour in ("background", "text", "muted", "line", "accent"):
        assert getattr(palette, colour) == getattr(theme, colour)


@pytest.mark.parametrize("name", PALETTES)
@pytest.mark.parametrize("role", ["text", "muted", "accent", "trouble"])
def test_letters_stand_out(name: str, role: str) -> None:
    """WCAG 2.2 asks for a contrast of 4.5 between text and what is behind it."""
    palette = PALETTES[name]
    light, dark = sorted(
        (luminance(getattr(palette, role)), luminance(palette.background)), reverse=True
    )
    assert (light + 0.05) / (dark + 0.05) >= 4.5


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#rrggbb`` as WCAG 2.2 defines it."""
    shares = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
