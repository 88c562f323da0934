"""The window's colours."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Palette:
    """The colours of a theme.

    Background, text, muted, line and accent are those of `lib.plots.theme`, which can't be imported
    here (matplotlib would come with it); a test holds the two together.

    Parameters
    ----------
    background, text, muted, line, accent : str
        As in `lib.plots.theme.Theme`.
    trouble : str
        For what went wrong.
    surface : str
        Behind a group of things.
    bar : str
        Of a probability that is not the greatest.
    selection : str
        Behind selected text.
    selected : str
        Behind the row of a list that has the focus.
    field, field_hover, field_focus : str
        Inside an entry line, as sv-ttk's pictures have it in these states.
    """

    background: str
    text: str
    muted: str
    line: str
    accent: str
    trouble: str
    surface: str
    bar: str
    selection: str
    selected: str
    field: str
    field_hover: str
    field_focus: str


PALETTES = {
    "light": Palette(
        background="#fafafa", text="#1c1c1c", muted="#5c5c5c", line="#d4d4d4", accent="#005fb8",
        trouble="#b3261e", surface="#efefef", bar="#a9b4c0", selection="#b5d5f2",
        selected="#dbeafb",
        field="#fdfdfd", field_hover="#f9f9f9", field_focus="#ffffff",
    ),
    "dark": Palette(
        background="#1c1c1c", text="#fafafa", muted="#b0b0b0", line="#444444", accent="#57c8ff",
        trouble="#ff9c8f", surface="#2a2a2a", bar="#5b6570", selection="#2f60d8",
        selected="#24405c",
        field="#292929", field_hover="#2f2f2f", field_focus="#1c1c1c",
    ),
}  # fmt: skip
