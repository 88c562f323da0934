"""Accuracies as bars with their intervals, drawn by Tk itself."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass
from tkinter import font as tkfont
from typing import TYPE_CHECKING

from lib.gui.figures import Shown, of_shares
from lib.gui.plot_menu import offer_saving
from lib.gui.theme import Theme
from lib.gui.training.state import Result
from lib.gui.widgets import shorten
from lib.wording import clean, file_name, percent

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.judgement import Share

ROW = 27  # height of a bar with its gap, in pixels of a usual screen


@dataclass(frozen=True)
class Bar:
    """A bar: what it is of, how much that names rightly, and whether it is the new one."""

    name: str
    share: Share
    new: bool


class ShareBars(tk.Canvas):
    """A bar for the new model and one for the present, with whiskers for their intervals.

    Where the new model knows more genres, two more bars are of the songs of genres that both know;
    where the present one has learned from these songs, or may have, a last one is of the songs held
    out of its own training.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    """

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(
            parent, highlightthickness=0, borderwidth=0, takefocus=0,
            width=theme.px(300), height=theme.px(2 * ROW),
        )  # fmt: skip
        self._theme = theme
        self.rows: list[Bar] = []
        self._model = ""
        offer_saving(self, theme, lambda: bool(self.rows))
        for event in ("<Configure>", "<<ThemeChanged>>"):
            self.bind(event, lambda _event: self._draw(), add=True)

    def show(self, result: Result, name: str) -> None:
        """Show how the new model, of that name, and the present one do."""
        self._model = clean(name)
        self.rows = [Bar(f"New: {clean(name)}", result.new, new=True)]
        if (both := result.comparison) is not None:
            old, present = both.present, clean(both.model)
            self.rows.append(Bar(f"Present: {present}", old, new=False))
            if both.new_genres and both.shared_new.songs:
                for share, is_new in ((both.shared_new, True), (both.shared_present, False)):
                    who = "New" if is_new else "Present"
                    what = f"{who}, on genres both know"
                    self.rows.append(Bar(what, share, is_new))
            if both.own is not None and both.learned != 0:
                what = f"{present}, on other songs new to it"
                self.rows.append(Bar(what, both.own, new=False))
        self.configure(height=self._theme.px(ROW) * len(self.rows))
        self._draw()

    @property
    def shown(self) -> Shown | None:
        """The bars, as they can be saved; None where there are none."""
        if not self.rows:
            return None
        shares = {row.name: row.share for row in self.rows}
        new = frozenset(row.name for row in self.rows if row.new)
        return Shown(file_name(f"{self._model} - Compared"), of_shares(self._model, shares, new))

    def _draw(self) -> None:
        self.delete("all")
        self.configure(background=self._theme.palette.background)
        if not self.rows:
            return
        px = self._theme.px
        font = tkfont.nametofont(self._theme.font("Body"), root=self)
        names = min(max(font.measure(row.name) for row in self.rows), self.winfo_width() // 3)
        numbers = font.measure("100 %  (100 to 100)")
        span = (names + px(12), self.winfo_width() - numbers - px(12))
        for index, row in enumerate(self.rows):
            self._draw_row(px(ROW) * (index + 0.5), row, span, font)

    def _draw_row(self, y: float, row: Bar, span: tuple[int, int], font: tkfont.Font) -> None:
        """Draw one bar, with its name to the left of `span` and its figures to the right."""
        colours, px = self._theme.palette, self._theme.px
        (left, right), half = span, px(6)
        room = left - px(12)
        shown = shorten(row.name, lambda text: font.measure(text) <= room)
        text = colours.text if row.new else colours.muted
        self.create_text(0, y, text=shown, anchor="w", font=font.name, fill=text)
        self.create_rectangle(left, y - half, right, y + half, fill=colours.surface, width=0)
        end = left + (right - left) * row.share.accuracy
        fill = colours.accent if row.new else colours.bar
        self.create_rectangle(left, y - half, end, y + half, fill=fill, width=0)
        low, high = (left + (right - left) * share for share in row.share.interval)
        self.create_line(low, y, high, y, fill=colours.text, width=px(1))
        for x in (low, high):
            self.create_line(x, y - px(4), x, y + px(4), fill=colours.text, width=px(1))
        span_text = f"({100 * row.share.interval[0]:.0f} to {100 * row.share.interval[1]:.0f})"
        figures = f"{percent(row.share.accuracy)}  {span_text}"
        self.create_text(self.winfo_width(), y, text=figures, anchor="e", font=font.name, fill=text)
