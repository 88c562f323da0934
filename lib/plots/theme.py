"""The two looks of a picture, matching the window's light and dark themes."""

from __future__ import annotations

from dataclasses import dataclass

from matplotlib.colors import to_rgb
from matplotlib.typing import ColorType


@dataclass(frozen=True)
class Theme:
    """The colours that a picture is drawn in.

    Parameters
    ----------
    name : str
        What the window calls it: ``"light"`` or ``"dark"``.
    background, text : str
        Those of sv-ttk's theme of that name, so that a picture has no edge in the window.
    muted : str
        For subtitles, ticks and whatever is to be read second.
    line : str
        For frames and grids, which are to be seen last.
    accent : str
        For the one thing that a picture is about; sv-ttk's accent colour.
    series : tuple of str
        For things that are compared, in this order.  From the palettes of Okabe and Ito, "Color
        universal design" (2008), and Tol, "Colour schemes" (2021), chosen so that people who lack
        any one kind of cone tell them apart.
    sequential : str
        The colour map for amounts.  Perceptually uniform.
    diverging : str
        The colour map for what lies below and above a middle; its middle is near the background.
    """

    name: str
    background: str
    text: str
    muted: str
    line: str
    accent: str
    series: tuple[str, ...]
    sequential: str
    diverging: str


LIGHT = Theme(
    name="light",
    background="#fafafa",
    text="#1c1c1c",
    muted="#5c5c5c",
    line="#d4d4d4",
    accent="#005fb8",
    series=("#005fb8", "#d55e00", "#882255"),
    sequential="magma",
    diverging="RdBu_r",
)
DARK = Theme(
    name="dark",
    background="#1c1c1c",
    text="#fafafa",
    muted="#b0b0b0",
    line="#444444",
    accent="#57c8ff",
    series=("#57c8ff", "#e69f00", "#f5e9a9"),
    sequential="magma",
    diverging="berlin",
)


def contrast(first: ColorType, second: ColorType) -> float:
    """Compute how well one colour shows on another.

    ``(L1 + 0.05) / (L2 + 0.05)`` with L1 the greater of the relative luminances (WCAG 2.2, W3C
    2023), which asks for 4.5 between text and background and for 3 between shapes and background.

    Examples
    --------
    >>> round(contrast("#000000", "#ffffff"), 1), contrast("red", "red")
    (21.0, 1.0)
    """
    dark, bright = sorted((_luminance(first), _luminance(second)))
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: ColorType) -> float:
    linear = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in to_rgb(colour)
    )
    return sum(w * part for w, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
