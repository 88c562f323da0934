"""The song page's first face, which teaches the first step."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.state import State
from lib.gui.theme import Theme
from lib.wording import clean

# The heights of the bars in the picture of a sound, as shares of the tallest.
SOUND = (0.2, 0.45, 0.3, 0.75, 1.0, 0.55, 0.85, 0.4, 0.65, 0.3, 0.5, 0.2)
MOST_NAMES = 12  # more genres than that are counted, not named


class Welcome(ttk.Frame):
    """The first face, which teaches the first step.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_open : callable
        Called when a person wants to choose a song.
    can_drop : bool
        Whether files can be dropped on this window.
    """

    def __init__(
        self, parent: tk.Misc, theme: Theme, *, on_open: Callable[[], None], can_drop: bool
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._inviting = False
        self._canvas = tk.Canvas(self, highlightthickness=0, borderwidth=0, takefocus=0)
        self._canvas.place(relwidth=1, relheight=1)
        middle = ttk.Frame(self)
        middle.place(relx=0.5, rely=0.5, anchor="center")
        self._sound = tk.Canvas(
            middle, width=px(140), height=px(64), highlightthickness=0, borderwidth=0, takefocus=0
        )
        first = "Drop a song or a link here" if can_drop else "Open a song"
        ways = (
            "Or paste the link of a YouTube video or playlist above, "
            "or type the name of a song, and press Enter"
        )
        self.headline = ttk.Label(middle, text=first, style="Title.TLabel")
        self.open_button = ttk.Button(
            middle, text="Choose a song …  Ctrl+O", style="Accent.TButton", command=on_open
        )
        self.genres = ttk.Label(middle, style="MutedBody.TLabel", justify="center")
        self._sound.pack(pady=(0, px(20)))
        self.headline.pack()
        ttk.Label(middle, text=ways, style="MutedBody.TLabel").pack(pady=(px(6), px(20)))
        self.open_button.pack()
        self.genres.pack(pady=(px(28), 0))
        ttk.Label(
            middle, style="MutedCaption.TLabel", wraplength=px(700), justify="center",
            text="mp3, m4a, flac, ogg, opus, wav, and the sound of videos. Your songs never leave "
            "this computer; links and words go to YouTube.",
        ).pack(pady=(px(6), 0))  # fmt: skip
        for event in ("<Configure>", "<<ThemeChanged>>"):
            self._canvas.bind(event, lambda _event: self._draw(), add=True)

    def invite(self, inviting: bool) -> None:
        """Show, or no longer, that a file held over the window can be let go."""
        self._inviting = inviting
        self._draw()

    def show(self, state: State) -> None:
        """Name the genres of the model, once it is read."""
        if state.model is not None:
            names = [clean(genre) for genre in state.model.genres]
            text = ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) <= MOST_NAMES else ""
            self.genres.configure(
                text=f"Earmark knows {len(names)} genres" + (f": {text}" if text else "")
            )

    def _draw(self) -> None:
        """Draw the dashed frame and the picture of a sound."""
        colours = self._theme.palette
        px = self._theme.px
        canvas, sound = self._canvas, self._sound
        canvas.configure(background=colours.background)
        sound.configure(background=colours.background)
        canvas.delete("all")
        sound.delete("all")
        canvas.create_rectangle(
            px(2), px(2), canvas.winfo_width() - px(3), canvas.winfo_height() - px(3),
            outline=colours.accent if self._inviting else colours.line,
            width=px(2), dash=() if self._inviting else (px(6), px(5)),
        )  # fmt: skip
        step = px(140) / len(SOUND)
        for index, share in enumerate(SOUND):
            x = step * (index + 0.5)
            half = share * px(26)
            sound.create_line(
                x,
                px(32) - half,
                x,
                px(32) + half,
                width=px(5),
                capstyle="round",
                fill=colours.accent,
            )
