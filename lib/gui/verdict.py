"""The answer: the genre in large type, how sure it is, which song, and all other genres."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.bars import Bars
from lib.gui.correction import CorrectionLine
from lib.gui.cover import Cover, Fetch
from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, Line, Paragraph
from lib.gui.wording import confidence_words, genre_name, tempo_name, why_told
from lib.gui.worker import Workers
from lib.wording import clean, clock, hedge

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.prediction import Prediction
    from lib.youtube import Entry

MOST_NOTES = 2
ALSO = (
    "Tags that listeners give to music like this: instruments, moods, decades, styles. They come "
    "from the network that the model hears by, not from the genres it was taught."
)

WHY = (
    "Words for what sets it apart from most songs that the model learned from, and how many points "
    "of a hundred each kind of feature added to the genre's probability. The backbone is what a "
    "network that has heard a million songs hears in it. More under “Why”."
)


class Verdict(ttk.Frame):
    """What was heard, at one glance.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    workers : Workers
        Fetch the picture of a video.
    on_browse, on_copy : callable
        Called with the link of a video when these buttons are pressed.
    picture : callable
        Given the id of a video, returns its picture; called in a thread.
    on_correct, on_take_back : callable
        Called with the genre that the song has, and when that is not to count any more.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        workers: Workers,
        *,
        on_browse: Callable[[str], None],
        on_copy: Callable[[str], None],
        picture: Fetch,
        on_correct: Callable[[str], None],
        on_take_back: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._gap = px(8)
        self.link = ""
        self.columnconfigure(0, weight=1, uniform="half")
        self.columnconfigure(1, weight=1, uniform="half")
        self.rowconfigure(0, weight=1)
        words = ttk.Frame(self)
        words.grid(row=0, column=0, sticky="nsew", padx=(0, px(32)))
        words.columnconfigure(0, weight=1)
        words.rowconfigure(2, weight=1)
        words.rowconfigure(8, weight=1)
        head = ttk.Frame(words)
        head.columnconfigure(1, weight=1)
        self.cover = Cover(head, theme, workers, picture)
        self.song = Line(head, theme, "Strong", style="Strong.TLabel")
        self.facts = Line(head, theme, "Body", style="MutedBody.TLabel")
        self.measures = Line(head, theme, "Body", style="MutedBody.TLabel")
        self.links = self._make_links(head, on_browse, on_copy)
        self.hedge = Line(words, theme, "Large", style="MutedLarge.TLabel")
        self.genre = Line(words, theme, "Display", smaller=("Title",), style="Accent.TLabel")
        self.confidence = Line(words, theme, "Large", style="Large.TLabel")
        self.also = Paragraph(words, style="MutedBody.TLabel")
        self._also_hint = Hint(self.also, theme)
        self.why = Paragraph(words, style="MutedBody.TLabel")
        self._why_hint = Hint(self.why, theme)
        self.correction = CorrectionLine(
            words, theme, on_correct=on_correct, on_take_back=on_take_back
        )
        self.warnings = Paragraph(words, style="MutedCaption.TLabel")
        self.bars = Bars(self, theme)
        head.grid(row=0, sticky="ew", pady=(0, px(10)))
        self.cover.grid(row=0, column=0, rowspan=4, padx=(0, px(16)))
        self.song.grid(row=0, column=1, sticky="ew")
        self.facts.grid(row=1, column=1, sticky="ew", pady=(px(2), 0))
        self.measures.grid(row=2, column=1, sticky="ew")
        self.links.grid(row=3, column=1, sticky="w", pady=(px(3), 0))
        self.hedge.grid(row=3, sticky="ew")
        self.genre.grid(row=4, sticky="ew")
        self.confidence.grid(row=5, sticky="ew")
        self.correction.grid(row=6, sticky="ew")
        ttk.Frame(words, height=px(6)).grid(row=7)
        self.also.grid(row=8, sticky="new")
        self.why.grid(row=9, sticky="ew")
        self.warnings.grid(row=10, sticky="ew")
        self.bars.grid(row=0, column=1, sticky="nsew")

    def _make_links(
        self, parent: tk.Misc, on_browse: Callable[[str], None], on_copy: Callable[[str], None]
    ) -> ttk.Frame:
        """Make what can be done with the link of a video."""
        links = ttk.Frame(parent)
        self.browse_button = ttk.Button(
            links, text="Open in browser", style="Link.Toolbutton",
            command=lambda: on_browse(self.link),
        )  # fmt: skip
        self.copy_button = ttk.Button(
            links, text="Copy link", style="Link.Toolbutton", command=lambda: on_copy(self.link)
        )
        self.browse_button.pack(side="left")
        self.copy_button.pack(side="left", padx=(self._gap, 0))
        self._link_hint = Hint(self.browse_button, self._theme)
        return links

    def show(self, prediction: Prediction) -> None:
        """Show a prediction."""
        self._show_video(prediction.video)
        self.song.show(clean(prediction.title))
        self._show_facts(prediction)
        self.hedge.show(hedge(prediction.confidence, prediction.doubt))
        name = genre_name(prediction.genre)
        # A large J begins to the left of its place, where a label would cut it.
        self.genre.configure(padding=(self._theme.px(4) if name.startswith("J") else 0, 0, 0, 0))
        self.genre.show(name)
        self.confidence.show(confidence_words(prediction))
        self._show_also(prediction)
        notes = [*filter(None, [prediction.doubts]), *_notes(prediction.warnings)]
        self.warnings.configure(text="\n".join(notes))
        self.bars.show(prediction.probabilities)

    def tell(self, state: State) -> None:
        """Show what is known of the song of a state by and by: why, and what a person says."""
        self.correction.show(state)
        why, heard = state.why, state.heard
        told = (
            why_told(why, heard.prediction.genre) if why is not None and heard is not None else ""
        )
        self.why.configure(text=told)
        self._why_hint.text = WHY if told else ""

    def _show_also(self, prediction: Prediction) -> None:
        """Show what else was heard, where the model hears it, apart from the genre."""
        also = ", ".join(prediction.also_heard)
        self.also.configure(text=f"Also heard: {also}" if also else "")
        self._also_hint.text = ALSO if also else ""

    def _show_facts(self, prediction: Prediction) -> None:
        """Show who plays, how long and how fast; in two lines where a picture takes the room."""
        artist = clean(prediction.artist)
        measures = [clock(prediction.seconds), tempo_name(prediction.tempo)]
        if prediction.video is None:
            self.facts.show("   ·   ".join(filter(None, (artist, *measures))))
            self.measures.grid_remove()
        else:
            self.facts.show(artist)
            self.measures.show("   ·   ".join(measures))
            self.measures.grid()

    def _show_video(self, video: Entry | None) -> None:
        """Show what only a video has: its picture and its link."""
        self.link = video.link if video is not None else ""
        self._link_hint.text = self.link
        self.cover.show(video.id if video is not None else "")
        for widget in (self.cover, self.links):
            if video is None:
                widget.grid_remove()
            else:
                widget.grid()


def _notes(warnings: tuple[str, ...]) -> list[str]:
    """Return the first few warnings as notes; the tab “In words” has them all."""
    notes = [f"Note: {clean(warning)}" for warning in warnings[:MOST_NOTES]]
    more = len(warnings) - len(notes)
    return [*notes, f"{more} more under “In words”"] if more else notes
