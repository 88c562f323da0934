"""The answer: the genre in large type, how sure it is, which song, and all other genres."""

from __future__ import annotations

import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.bars import Bars
from lib.gui.theme import Theme
from lib.gui.widgets import Line, Paragraph
from lib.gui.wording import clock, genre_name, hedge, one_line, percent, tempo_name

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.prediction import Prediction

MOST_NOTES = 2


class Verdict(ttk.Frame):
    """What was heard, at one glance.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    """

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        px = theme.px
        self.columnconfigure(0, weight=1, uniform="half")
        self.columnconfigure(1, weight=1, uniform="half")
        self.rowconfigure(0, weight=1)
        words = ttk.Frame(self)
        words.grid(row=0, column=0, sticky="nsew", padx=(0, px(32)))
        words.columnconfigure(0, weight=1)
        words.rowconfigure(2, weight=1)
        words.rowconfigure(6, weight=1)
        self.song = Line(words, theme, "Strong", style="Strong.TLabel")
        self.facts = Line(words, theme, "Body", style="MutedBody.TLabel")
        self.hedge = Line(words, theme, "Large", style="MutedLarge.TLabel")
        self.genre = Line(words, theme, "Display", smaller=("Title",), style="Accent.TLabel")
        self.confidence = Line(words, theme, "Large", style="Large.TLabel")
        self.warnings = Paragraph(words, style="MutedCaption.TLabel")
        self.bars = Bars(self, theme)
        self.song.grid(row=0, sticky="ew")
        self.facts.grid(row=1, sticky="ew", pady=(px(2), px(10)))
        self.hedge.grid(row=3, sticky="ew")
        self.genre.grid(row=4, sticky="ew")
        self.confidence.grid(row=5, sticky="ew")
        self.warnings.grid(row=7, sticky="ew")
        self.bars.grid(row=0, column=1, sticky="nsew")

    def show(self, prediction: Prediction) -> None:
        """Show a prediction."""
        facts = [
            one_line(prediction.artist),
            clock(prediction.seconds),
            tempo_name(prediction.tempo),
        ]
        self.song.show(one_line(prediction.title))
        self.facts.show("   ·   ".join(filter(None, facts)))
        self.hedge.show(hedge(prediction.confidence))
        self.genre.show(genre_name(prediction.genre))
        self.confidence.show(f"{percent(prediction.confidence)} confident")
        self.warnings.configure(text="\n".join(_notes(prediction.warnings)))
        self.bars.show(prediction.probabilities)


def _notes(warnings: tuple[str, ...]) -> list[str]:
    """Return the first few warnings as notes; the tab “In words” has them all."""
    notes = [f"Note: {one_line(warning)}" for warning in warnings[:MOST_NOTES]]
    more = len(warnings) - len(notes)
    return [*notes, f"{more} more under “In words”"] if more else notes
