"""Three of the song page's faces: nothing heard yet, hearing, and failed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.sources import read_source
from lib.gui.state import State
from lib.gui.theme import Theme
from lib.gui.widgets import Line, Paragraph
from lib.gui.wording import one_line, percent

# The heights of the bars in the picture of a sound, as shares of the tallest.
SOUND = (0.2, 0.45, 0.3, 0.75, 1.0, 0.55, 0.85, 0.4, 0.65, 0.3, 0.5, 0.2)


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
        first = "Drop a song here" if can_drop else "Open a song"
        ways = "or press Ctrl+O to choose one, or type its path above and press Enter"
        self.headline = ttk.Label(middle, text=first, style="Title.TLabel")
        self.open_button = ttk.Button(
            middle, text="Choose a song …", style="Accent.TButton", command=on_open
        )
        self.genres = ttk.Label(middle, style="MutedBody.TLabel", justify="center")
        self._sound.pack(pady=(0, px(20)))
        self.headline.pack()
        ttk.Label(
            middle, text=ways if can_drop else ways[3:].capitalize(), style="MutedBody.TLabel"
        ).pack(pady=(px(6), px(20)))
        self.open_button.pack()
        self.genres.pack(pady=(px(28), 0))
        ttk.Label(
            middle, style="MutedCaption.TLabel",
            text="mp3, m4a, flac, ogg, opus, wav, and the sound of videos. "
            "Nothing leaves this computer.",
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
            names = [one_line(genre) for genre in state.model.genres]
            text = ", ".join(names[:-1]) + f" and {names[-1]}" if len(names) <= 12 else ""
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


class Working(ttk.Frame):
    """The face while a song is being heard.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_cancel : callable
        Called when Cancel is pressed.
    """

    def __init__(self, parent: tk.Misc, theme: Theme, *, on_cancel: Callable[[], None]) -> None:
        super().__init__(parent)
        px = theme.px
        self.columnconfigure((0, 2), weight=1)
        self.columnconfigure(1, weight=6)
        self.rowconfigure((0, 5), weight=1)
        ttk.Label(self, text="Hearing", style="MutedLarge.TLabel", anchor="center").grid(
            row=1, column=1, sticky="ew"
        )
        self.title = Line(self, theme, "Title", smaller=("Large",), anchor="center")
        self.title.grid(row=2, column=1, sticky="ew", pady=(px(4), px(28)))
        self.bar = ttk.Progressbar(self, mode="determinate", maximum=1.0, length=px(420))
        self.bar.grid(row=3, column=1, pady=(0, px(10)))
        foot = ttk.Frame(self)
        foot.grid(row=4, column=1)
        self.step = ttk.Label(foot, style="MutedBody.TLabel", anchor="center")
        self.step.pack()
        self.cancel_button = ttk.Button(foot, text="Cancel", underline=0, command=on_cancel)
        self.cancel_button.pack(pady=(px(28), 0))
        self._running = False

    def show(self, state: State) -> None:
        """Show how far the work has come."""
        self.title.show(one_line(read_source(state.source).name) if state.source else "")
        if state.fraction is None:
            self.step.configure(text=f"{state.step} …")
            self._run()
        else:
            self._stand()
            self.bar.configure(value=state.fraction)
            self.step.configure(text=f"{state.step}, {percent(state.fraction)}")

    def rest(self) -> None:
        """Stop moving, because nobody looks."""
        self._stand()
        self.bar.configure(value=0)

    def _run(self) -> None:
        """Move the bar to and fro: work goes on, and nobody knows how long."""
        if not self._running:
            self._running = True
            self.bar.configure(mode="indeterminate")
            self.bar.start(30)

    def _stand(self) -> None:
        if self._running:
            self._running = False
            self.bar.stop()
            self.bar.configure(mode="determinate")


class Trouble(ttk.Frame):
    """The face that says why a song could not be heard, and what to do.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_open, on_dismiss : callable
        Called when these buttons are pressed.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_open: Callable[[], None],
        on_dismiss: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self.columnconfigure((0, 2), weight=1)
        self.columnconfigure(1, weight=5)
        self.rowconfigure((0, 4), weight=1)
        self.headline = Line(self, theme, "Title", smaller=("Large",))
        self.headline.grid(row=1, column=1, sticky="ew")
        self.advice = Paragraph(self, style="Large.TLabel")
        self.advice.grid(row=2, column=1, sticky="ew", pady=(px(14), px(26)))
        buttons = ttk.Frame(self)
        buttons.grid(row=3, column=1, sticky="w")
        self.open_button = ttk.Button(
            buttons, text="Choose another song …", style="Accent.TButton", command=on_open
        )
        self.open_button.pack(side="left")
        ttk.Button(buttons, text="Dismiss", command=on_dismiss).pack(side="left", padx=px(8))

    def show(self, state: State) -> None:
        """Show the failure of a state."""
        if state.failure is not None:
            self.headline.show(state.failure.headline)
            self.advice.configure(text=state.failure.advice)
