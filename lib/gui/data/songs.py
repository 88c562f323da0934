"""The songs of a data set: to listen to, to give another genre, to take out."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.data.state import Contents, DataState
from lib.gui.data.wording import names, song_line
from lib.gui.table import Table
from lib.gui.theme import Theme
from lib.gui.tree import Column
from lib.gui.widgets import Hint, Line
from lib.wording import clean, percent

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.collecting import Track

COLUMNS = (
    Column("Title", 110, stretch=True),
    Column("Artist", 90, stretch=True),
    Column("Genre", 112),
    Column("Heard", 64, "e"),
)


class Songs(ttk.Frame):
    """The table of songs with what can be done with them.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_play : callable
        Called with a track, to play it or, where it plays, to be silent.
    on_correct : callable
        Called with tracks and the genre they are to have.
    on_remove : callable
        Called with tracks.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_play: Callable[[str], None],
        on_correct: Callable[[Sequence[str], str], None],
        on_remove: Callable[[Sequence[str]], None],
    ) -> None:
        super().__init__(parent, padding=theme.px(12))
        px = theme.px
        self._on_play, self._on_correct, self._on_remove = on_play, on_correct, on_remove
        self._contents: Contents | None = None
        self._genre: str | None = None
        self._tracks: dict[str, Track] = {}
        self._playing = ""
        self._played: float | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.table = Table(self, theme, COLUMNS, several=True)
        self.line = Line(self, theme, "Caption", style="MutedCaption.TLabel")
        foot = ttk.Frame(self)
        self.play_button = ttk.Button(foot, text="▶ Play", width=8, command=self._toggle)
        self.genre = tk.StringVar(self)
        self.genre_entry = ttk.Combobox(
            foot, textvariable=self.genre, font=theme.font("Body"), width=9
        )
        self.correct_button = ttk.Button(foot, text="Correct", underline=0, command=self._correct)
        self.remove_button = ttk.Button(foot, text="Remove", underline=0, command=self._remove)
        Hint(self.correct_button, theme, "Give the chosen songs this genre")
        Hint(self.remove_button, theme, "Take the chosen songs out of the data set (Delete)")
        self.table.grid(row=0, sticky="nsew")
        self.line.grid(row=1, sticky="ew", pady=(px(6), px(8)))
        foot.grid(row=2, sticky="ew")
        foot.columnconfigure(1, weight=1)
        self.play_button.grid(row=0, column=0)
        self.genre_entry.grid(row=0, column=2, sticky="ns", padx=(px(8), 0))
        self.correct_button.grid(row=0, column=3, padx=(px(8), 0))
        self.remove_button.grid(row=0, column=4, padx=(px(8), 0))
        self.table.on_choose(self._look)
        self.table.on_open(self._open)
        self.table.on_delete(self._remove)
        for key in ("<Return>", "<KP_Enter>"):
            self.genre_entry.bind(key, lambda _event: self._correct())
        self._look()

    def show(self, data: DataState) -> None:
        """Show the songs of a state."""
        if data.contents is not None and data.contents is not self._contents:
            self._contents = data.contents
            self.genre_entry.configure(values=names(data.contents.genres))
            self._fill()
        if (data.playing, data.played) != (self._playing, self._played):
            self._playing, self._played = data.playing, data.played
            self._look()

    def filter(self, genre: str | None) -> None:
        """Show the songs of one genre alone, or all of them."""
        if genre != self._genre:
            self._genre = genre
            self._fill()

    def _fill(self) -> None:
        if self._contents is not None:
            pairs = zip(self._contents.songs, self._contents.rows, strict=True)
            wanted = [(song, row) for song, row in pairs if self._genre in (None, song.genre)]
            self._tracks = {song.track: song for song, _ in wanted}
            self.table.show([row for _, row in wanted])
        self._look()

    def _look(self) -> None:
        """Say what is known of the song that is chosen, and what can be done with it."""
        chosen = [self._tracks[track] for track in self.table.chosen if track in self._tracks]
        playing = bool(self._playing)
        if playing:
            told = "opening" if self._played is None else percent(self._played)
            title = (
                clean(self._tracks[self._playing].title) if self._playing in self._tracks else ""
            )
            self.line.show(f"Playing “{title or clean(self._playing)}”   ·   {told}")
        elif len(chosen) > 1:
            self.line.show(f"{len(chosen)} songs are chosen.")
        else:
            self.line.show(
                song_line(chosen[0]) if chosen else "Choose a song to hear or correct it."
            )
        self.play_button.configure(text="■ Stop" if playing else "▶ Play")
        self.play_button.state(["!disabled" if playing or len(chosen) == 1 else "disabled"])
        for button in (self.correct_button, self.remove_button):
            button.state(["!disabled" if chosen else "disabled"])
        if len({song.genre for song in chosen}) == 1 and self.focus_displayof() != self.genre_entry:
            self.genre.set(clean(chosen[0].genre))

    def _toggle(self) -> None:
        """Be silent, or play what is chosen."""
        if self._playing:
            self._on_play("")
        else:
            self._open()

    def _open(self) -> None:
        if len(self.table.chosen) == 1:
            self._on_play(self.table.chosen[0])

    def _correct(self) -> None:
        self._on_correct(self.table.chosen, self.genre.get())

    def _remove(self) -> None:
        if self.table.chosen:
            self._on_remove(self.table.chosen)
