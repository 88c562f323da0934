"""All probabilities as bars, drawn by Tk itself: there at once, and sharp on every screen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from tkinter import font as tkfont

from lib.gui.theme import Theme
from lib.gui.widgets import shorten
from lib.gui.wording import genre_name
from lib.wording import percent

ROW = 23  # height of a bar with its gap, in pixels of a usual screen


class Bars(tk.Canvas):
    """A bar for each genre, likeliest first.

    Genres that find no room are summed up in a last line; the tab “In words” has them all.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    """

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(
            parent, highlightthickness=0, borderwidth=0, takefocus=0,
            width=theme.px(200), height=theme.px(10 * ROW),
        )  # fmt: skip
        self._theme = theme
        self._rows: list[tuple[str, float]] = []
        self._values: list[tuple[str, float]] = []
        for event in ("<Configure>", "<<ThemeChanged>>"):
            self.bind(event, lambda _event: self._draw(), add=True)

    @property
    def rows(self) -> list[tuple[str, float]]:
        """What is drawn: names and probabilities, from top to bottom."""
        return self._rows

    def show(self, probabilities: Mapping[str, float]) -> None:
        """Show these, which come likeliest first."""
        values = [(genre_name(genre), p) for genre, p in probabilities.items()]
        if values != self._values:
            self._values = values
            self._draw()

    def _draw(self) -> None:
        self.delete("all")
        self.configure(background=self._theme.palette.background)
        px = self._theme.px
        room = max(1, self.winfo_height() // px(ROW - 4))
        self._rows = self._values
        if len(self._values) > room:
            rest = self._values[room - 1 :]
            others = (f"{len(rest)} others", sum(p for _, p in rest))
            self._rows = [*self._values[: room - 1], others]
        if not self._rows:
            return
        font = tkfont.nametofont(self._theme.font("Body"), root=self)
        strong = tkfont.nametofont(self._theme.font("Strong"), root=self)
        names = min(max(strong.measure(name) for name, _ in self._rows), self.winfo_width() // 3)
        numbers = strong.measure(">99 %")
        left, right = names + px(12), self.winfo_width() - numbers - px(10)
        height = min(px(ROW + 3), self.winfo_height() / len(self._rows))
        for index, (name, p) in enumerate(self._rows):
            y = height * (index + 0.5)
            self._draw_row(y, name, p, span=(left, right), font=strong if index == 0 else font)

    def _draw_row(
        self, y: float, name: str, p: float, *, span: tuple[int, int], font: tkfont.Font
    ) -> None:
        """Draw one genre, with its name to the left of `span` and its number to the right."""
        colours = self._theme.palette
        left, right = span
        first = font.actual("weight") == "bold"
        half = self._theme.px(5)
        room = left - self._theme.px(12)
        shown = shorten(name, lambda text: font.measure(text) <= room)
        text = colours.text if first else colours.muted
        self.create_text(room, y, text=shown, anchor="e", font=font.name, fill=text)
        self.create_rectangle(left, y - half, right, y + half, fill=colours.surface, width=0)
        end = left + max(self._theme.px(2), (right - left) * p)
        fill = colours.accent if first else colours.bar
        self.create_rectangle(left, y - half, end, y + half, fill=fill, width=0)
        self.create_text(
            self.winfo_width(), y, text=percent(p), anchor="e", font=font.name, fill=text
        )
