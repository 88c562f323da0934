"""The genres of a data set: how many songs each has, as numbers and as bars."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.data.state import DataState
from lib.gui.data.wording import holdings, scarcity
from lib.gui.table import FAILED, Row, Table
from lib.gui.theme import Theme
from lib.gui.tree import Column
from lib.gui.widgets import Paragraph
from lib.wording import clean, grouped

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.collecting import GenreCount

COLUMNS = (Column("Genre", 112, stretch=True), Column("Songs", 58, "e"), Column("", 88))
ALL = "\0"  # the key of the row for all genres; no genre's name
# Bars of text: they are as sharp as letters, move with the rows and need no drawing.
WHOLE, HALF = "━", "╸"
WIDEST = 8  # characters


class Genres(ttk.Frame):
    """The table of genres; choosing one shows its songs alone.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_choose : callable
        Called with the genre that is chosen; None for all of them.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, *, on_choose: Callable[[str | None], None]
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._genres: tuple[GenreCount, ...] | None = None
        self._on_choose = on_choose
        self.columnconfigure(0, weight=1)
        self.rowconfigure(1, weight=1)
        self.headline = ttk.Label(self, style="Strong.TLabel")
        self.table = Table(self, theme, COLUMNS)
        self.note = Paragraph(self, style="MutedCaption.TLabel")
        self.headline.grid(row=0, sticky="ew", pady=(px(10), px(12)))
        self.table.grid(row=1, sticky="nsew")
        self.note.grid(row=2, sticky="ew", pady=(px(6), 0))
        self.table.on_choose(self._choose)

    def show(self, data: DataState) -> None:
        """Show the genres of a state."""
        genres = data.contents.genres if data.contents is not None else None
        if genres is None or genres == self._genres:
            return
        self._genres = genres
        self.headline.configure(text=holdings(genres))
        most = max((genre.songs for genre in genres), default=1)
        everything = Row(ALL, ("All genres", grouped(sum(g.songs for g in genres)), ""))
        rows = [_row(genre, most) for genre in genres]
        self.table.show([everything, *rows] if rows else [])
        if rows and not self.table.chosen:
            self.table.choose(ALL)
        self.note.configure(text=scarcity(genres))

    def _choose(self) -> None:
        chosen = self.table.chosen
        self._on_choose(chosen[0] if chosen and chosen[0] != ALL else None)


def bar(share: float) -> str:
    """Draw a bar of text.

    Examples
    --------
    >>> bar(1.0), bar(0.45), bar(0.01), bar(0.0)
    ('━━━━━━━━', '━━━╸', '╸', '')
    """
    halves = max(round(share * WIDEST * 2), 1) if share > 0 else 0
    return WHOLE * (halves // 2) + HALF * (halves % 2)


def _row(genre: GenreCount, most: int) -> Row:
    cells = (clean(genre.genre), grouped(genre.songs), bar(genre.songs / most))
    return Row(genre.genre, cells, FAILED if genre.lacking else "")
