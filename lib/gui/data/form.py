"""What a person fills in to add songs from YouTube."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.data.state import DataState, Order
from lib.gui.data.wording import interruption, names
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, Line, Paragraph

if TYPE_CHECKING:  # at run time it comes from a thread, after the window stands
    from lib.collecting import Unfinished

ABOUT = (
    "Of each song the 30 seconds in its middle are heard. What the set has already is refused, as "
    "the same video or as the same recording under another link."
)
# In the order of the form's columns: what stands before a field, and what it means.
FIELDS = (
    ("Songs", "How many entries of the playlist count, from the first; or all"),
    ("Minutes at most", "Longer songs are skipped: they are mostly mixes and whole albums"),
    ("Excerpts each", "How many stretches of 30 s of each song; each is a row of features"),
    (
        "Cookies of",
        (
            "The browser where you are signed in to YouTube: for what it shows only to you, and "
            "when it asks whether you are a robot. It may block an account that fetches very much."
        ),
    ),
)
ALL = "all"
NO_BROWSER = "no browser"
MOST_MINUTES = 24 * 60


class Form(ttk.Frame):
    """The form.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    browser : str
        Whose cookies are sent; "" for none.
    on_start : callable
        Called with what is wanted.
    on_go_on : callable
        Called with a run that was stopped, and what the form says otherwise.
    on_browser : callable
        Called with the browser whose cookies are to be sent from now on; "" for none.
    on_wrong : callable
        Called with a sentence about a field that makes no sense.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        browser: str,
        on_start: Callable[[Order], None],
        on_go_on: Callable[[Unfinished, Order], None],
        on_browser: Callable[[str], None],
        on_wrong: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._on_start, self._on_go_on = on_start, on_go_on
        self._on_browser, self._on_wrong = on_browser, on_wrong
        self._unfinished: Unfinished | None = None
        self.link, self.genre = tk.StringVar(self), tk.StringVar(self)
        self.limit = tk.StringVar(self, ALL)
        self.excerpts = tk.StringVar(self, "1")
        self.longest = tk.StringVar(self, "20")
        self.keep_audio, self.again = tk.BooleanVar(self, True), tk.BooleanVar(self, False)
        self.browser = tk.StringVar(self, browser or NO_BROWSER)
        self.columnconfigure(1, weight=1)
        self._add_offer()
        self._add_what()
        self._add_choices()
        about = Paragraph(self, style="MutedBody.TLabel")
        about.configure(text=ABOUT)
        about.grid(row=6, column=0, columnspan=3, sticky="ew", pady=(theme.px(14), 0))

    def show(self, data: DataState) -> None:
        """Show the genres of a state's data set, and the run that was stopped."""
        if data.contents is None:
            return
        self.genre_entry.configure(values=names(data.contents.genres))
        unfinished = data.contents.unfinished
        self._unfinished = unfinished[0] if unfinished else None
        if self._unfinished is not None:
            self.offer.show(interruption(self._unfinished))
            self._offer.grid()
        else:
            self._offer.grid_remove()

    def go(self) -> None:
        """Put the focus into the line for the link."""
        self.link_entry.focus_set()
        self.link_entry.selection_range(0, "end")

    def order(self) -> Order | None:
        """Return what is wanted; None, after saying so, where a number makes no sense."""
        every = self.limit.get().strip() in {"", ALL}
        numbers = []
        for name, text, most in (
            ("number of songs", "1" if every else self.limit.get(), 1_000_000),
            ("number of excerpts", self.excerpts.get(), 20),
            ("length in minutes", self.longest.get(), MOST_MINUTES),
        ):
            plain = text.strip()
            if not plain.isdecimal() or not 1 <= int(plain[:9]) <= most:
                self._on_wrong(f"The {name} must be a whole number from 1 to {most:,}.")
                return None
            numbers.append(int(plain[:9]))
        return Order(
            link=self.link.get(),
            genre=self.genre.get(),
            limit=None if every else numbers[0],
            excerpts=numbers[1],
            longest=float(numbers[2]),
            keep_audio=self.keep_audio.get(),
            again=self.again.get(),
        )

    def start(self) -> None:
        """Ask for what the form says."""
        order = self.order()
        if order is not None:
            self._on_start(order)

    def go_on(self) -> None:
        """Ask for the rest of the run that was stopped."""
        order = self.order()
        if order is not None and self._unfinished is not None:
            self._on_go_on(self._unfinished, order)

    def _add_offer(self) -> None:
        """Add the line that offers to go on."""
        px = self._theme.px
        self._offer = ttk.Frame(self)
        self._offer.columnconfigure(0, weight=1)
        self.offer = Line(self._offer, self._theme, "Body", style="TLabel")
        self.go_on_button = ttk.Button(self._offer, text="Go on", underline=0, command=self.go_on)
        self.offer.grid(row=0, column=0, sticky="ew")
        self.go_on_button.grid(row=0, column=1, padx=(px(8), 0))
        self._offer.grid(row=0, column=0, columnspan=3, sticky="ew", pady=(0, px(12)))
        self._offer.grid_remove()

    def _add_what(self) -> None:
        """Add the lines for link and genre."""
        px, font = self._theme.px, self._theme.font("Body")
        self.link_entry = ttk.Entry(self, textvariable=self.link, font=font)
        self.genre_entry = ttk.Combobox(self, textvariable=self.genre, font=font, width=1)
        self.start_button = ttk.Button(
            self, text="Add songs", underline=0, style="Accent.TButton", command=self.start
        )
        Hint(self.link_entry, self._theme, "Of a YouTube playlist, or of one video")
        Hint(self.genre_entry, self._theme, "Choose a genre of the set, or type a new one")
        for row, (name, entry, span) in enumerate(
            (("Link", self.link_entry, 2), ("Genre", self.genre_entry, 1)), start=1
        ):
            label = ttk.Label(self, text=name, style="MutedBody.TLabel")
            label.grid(row=row, column=0, sticky="w", padx=(0, px(12)), pady=(0, px(8)))
            entry.grid(row=row, column=1, columnspan=span, sticky="ew", pady=(0, px(8)))
            for key in ("<Return>", "<KP_Enter>"):
                entry.bind(key, lambda _event: self.start())
        self.start_button.grid(row=2, column=2, sticky="ns", padx=(px(8), 0), pady=(0, px(8)))

    def _add_choices(self) -> None:
        """Add the fields for how many, how long, with whose cookies, and what is kept."""
        # The first thing of YouTube's that the window imports; it costs some milliseconds.
        from lib.youtube import BROWSERS

        px, font = self._theme.px, self._theme.font("Body")
        grid = ttk.Frame(self)
        grid.grid(row=3, column=0, columnspan=3, sticky="w", pady=(px(4), 0))
        self.numbers = [
            ttk.Entry(grid, textvariable=variable, width=5, font=font)
            for variable in (self.limit, self.longest, self.excerpts)
        ]
        self.browser_entry = ttk.Combobox(
            grid, textvariable=self.browser, values=(NO_BROWSER, *BROWSERS), state="readonly",
            font=font, width=9,
        )  # fmt: skip
        fields = zip(FIELDS, (*self.numbers, self.browser_entry), strict=True)
        for number, ((name, hint), entry) in enumerate(fields):
            row, column = number % 2, number // 2 * 2
            ttk.Label(grid, text=name, style="MutedBody.TLabel").grid(
                row=row,
                column=column,
                sticky="w",
                padx=(px(14) if column else 0, px(8)),
                pady=(0, px(8)),
            )
            entry.grid(row=row, column=column + 1, sticky="w", pady=(0, px(8)))
            Hint(entry, self._theme, hint)
        for entry in self.numbers:
            for key in ("<Return>", "<KP_Enter>"):
                entry.bind(key, lambda _event: self.start())
        self.browser_entry.bind("<<ComboboxSelected>>", lambda _event: self._choose_browser())
        keep = ttk.Checkbutton(self, text="Keep the excerpts", variable=self.keep_audio)
        again = ttk.Checkbutton(self, text="Add songs that I removed, too", variable=self.again)
        Hint(keep, self._theme, "As FLAC, to listen to and to compute features from")
        keep.grid(row=4, column=0, columnspan=3, sticky="w")
        again.grid(row=5, column=0, columnspan=3, sticky="w")

    def show_browser(self, browser: str) -> None:
        """Show whose cookies are sent; "" for none."""
        self.browser.set(browser or NO_BROWSER)

    def _choose_browser(self) -> None:
        name = self.browser.get()
        self.browser_entry.selection_clear()
        self._on_browser("" if name == NO_BROWSER else name)
