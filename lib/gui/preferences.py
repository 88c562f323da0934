"""The settings, on one sheet; each takes effect and is kept the moment it is changed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from tkinter import ttk
from typing import TypeVar

from lib.gui.facts import ModelFacts
from lib.gui.overlay import Overlay
from lib.gui.settings import MOST_LIMIT, THEMES, Settings
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, shorten
from lib.wording import NUMBER_STYLES, clean, grouped, percent

MODELS_OWN = "as the model says"
NEVER = "never"
NO_BROWSER = "no browser"
HINTS = {
    "Model": "Which model answers: one of those in outputs/models, or in another folder (F2)",
    "Unsure below": (
        "An answer of less confidence is called unsure. The model's own limit is where right "
        "answers begin to outnumber wrong ones by most."
    ),
    "YouTube: minutes at most": "Longer songs from YouTube are refused, unless you insist",
    "YouTube: megabytes at most": "Larger downloads from YouTube are refused, unless you insist",
    "Cookies of": "The browser where you are signed in to YouTube",
    "Data sets in": "Where the page Data looks for sets and makes new ones",
}
LONGEST_PATH = 44  # characters
LONGEST_NAME = 40
Widget = TypeVar("Widget", bound=ttk.Widget)


class Preferences(Overlay):
    """The sheet with all settings.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
        Gives it its look.
    settings : callable
        Returns the present ones.
    usual : callable
        Returns minutes of a song and megabytes of a download where a person has set none.
    sets : callable
        Returns the folder that data sets lie in.
    choose_folder : callable
        Asks for a folder, given where to begin; returns "" if none was chosen.
    on_change : callable
        Called with the new settings.
    on_model : callable
        Called with the widget beside which the menu of models is to show.
    """

    def __init__(
        self,
        root: tk.Tk,
        theme: Theme,
        *,
        settings: Callable[[], Settings],
        usual: Callable[[], tuple[int, int]],
        sets: Callable[[], Path],
        choose_folder: Callable[[Path], str],
        on_change: Callable[[Settings], None],
        on_model: Callable[[tk.Misc], None],
    ) -> None:
        super().__init__(root, theme, "Settings")
        self._settings, self._usual, self._sets = settings, usual, sets
        self._choose_folder, self._on_change = choose_folder, on_change
        self._on_model = on_model
        self._facts: ModelFacts | None = None
        self._row = 0

    def _fill(self, body: ttk.Frame) -> tk.Misc:
        from lib.youtube import BROWSERS

        now, usual = self._settings(), self._usual()
        self._row = 0
        self.theme_box = self._choice(
            body, "Look", THEMES, self._theme.name, lambda name: self._change(theme=name)
        )
        self.numbers_box = self._choice(
            body, "Numbers", [example(style) for style in NUMBER_STYLES], example(now.numbers),
            self._change_numbers,
        )  # fmt: skip
        self.model_button = ttk.Button(body)
        self.model_button.configure(command=lambda: self._on_model(self.model_button))
        self._line(body, "Model", self.model_button)
        self.show_model(self._facts)
        self.unsure_box = self._choice(
            body, "Unsure below", thresholds(), threshold(now.unsure_below),
            lambda text: self._change(unsure_below=thresholds()[text]),
        )  # fmt: skip
        self.minutes = self._number(
            body, "YouTube: minutes at most", now.longest or usual[0],
            lambda number: self._change(longest=number),
        )  # fmt: skip
        self.megabytes = self._number(
            body, "YouTube: megabytes at most", now.largest or usual[1],
            lambda number: self._change(largest=number),
        )  # fmt: skip
        self.browser_box = self._choice(
            body, "Cookies of", (NO_BROWSER, *BROWSERS), now.browser or NO_BROWSER,
            lambda name: self._change(browser="" if name == NO_BROWSER else name),
        )  # fmt: skip
        self.folder_button = self._folder(body, "Data sets in")
        return self.theme_box

    def show_model(self, facts: ModelFacts | None) -> None:
        """Show which model answers; None where it is not read yet."""
        self._facts = facts
        if self.shown:
            name = clean(facts.name, longest=LONGEST_NAME) if facts is not None else ""
            self.model_button.configure(text=f"{name} …")

    def _change(self, **changes: object) -> None:
        self._on_change(replace(self._settings(), **changes))  # type: ignore[arg-type]

    def _change_numbers(self, text: str) -> None:
        """Write numbers otherwise from now on, on this sheet too."""
        self._change(numbers=next(style for style in NUMBER_STYLES if example(style) == text))
        self.unsure_box.configure(values=list(thresholds()))
        self.unsure_box.set(threshold(self._settings().unsure_below))

    def _choice(
        self,
        body: ttk.Frame,
        name: str,
        values: Iterable[str],
        chosen: str,
        on_choice: Callable[[str], None],
    ) -> ttk.Combobox:
        """Add a line with a value to be chosen."""
        box = ttk.Combobox(
            body, values=list(values), state="readonly", width=24, font=self._theme.font("Body"),
        )  # fmt: skip
        box.set(chosen)

        def choose(_event: object) -> None:
            box.selection_clear()
            on_choice(box.get())

        box.bind("<<ComboboxSelected>>", choose)
        return self._line(body, name, box)

    def _number(
        self, body: ttk.Frame, name: str, value: int, on_number: Callable[[int], None]
    ) -> ttk.Entry:
        """Add a line with a number to be typed; what is none is put back, and it says why."""
        parts = ttk.Frame(body)
        entry = ttk.Entry(parts, width=8, font=self._theme.font("Body"))
        entry.insert(0, str(value))
        wrong = ttk.Label(parts, style="MutedCaption.TLabel")
        entry.pack(side="left")
        wrong.pack(side="left", padx=(self._theme.px(10), 0))
        Hint(entry, self._theme, HINTS.get(name, ""))
        kept = [value]

        def take(_event: object) -> None:
            text, said = entry.get().strip(), ""
            if text.isdecimal() and 0 < int(text) <= MOST_LIMIT:
                if int(text) != kept[0]:
                    kept[0] = int(text)
                    on_number(kept[0])
            else:
                entry.delete(0, "end")
                entry.insert(0, str(kept[0]))
                said = f"“{clean(text, longest=8)}” is not from 1 to {grouped(MOST_LIMIT)}."
            wrong.configure(text=said)

        for event in ("<Return>", "<KP_Enter>", "<FocusOut>"):
            entry.bind(event, take)
        self._line(body, name, parts)
        return entry

    def _folder(self, body: ttk.Frame, name: str) -> ttk.Button:
        """Add a line with a folder to be chosen."""
        button = ttk.Button(body)

        def show(folder: Path) -> None:
            text = clean(str(folder))
            # The end of a path tells more than its beginning.
            shown = shorten(text[::-1], lambda end: len(end) <= LONGEST_PATH)[::-1]
            button.configure(text=shown)

        def choose() -> None:
            chosen = self._choose_folder(self._sets())
            if chosen and self.shown:
                self._change(sets=chosen)
                show(Path(chosen))

        button.configure(command=choose)
        show(Path(self._settings().sets) if self._settings().sets else self._sets())
        return self._line(body, name, button)

    def _line(self, body: ttk.Frame, name: str, widget: Widget) -> Widget:
        px = self._theme.px
        label = ttk.Label(body, text=name, style="MutedBody.TLabel")
        label.grid(row=self._row, column=0, sticky="w", padx=(0, px(24)), pady=(px(8), 0))
        widget.grid(row=self._row, column=1, sticky="w", pady=(px(8), 0))
        Hint(widget, self._theme, HINTS.get(name, ""))
        self._row += 1
        return widget


def example(style: str) -> str:
    """Return a percentage and a large number as a style writes them.

    Examples
    --------
    >>> example("english")
    '61.4%   1,200'
    """
    written = NUMBER_STYLES[style]
    return f"61{written.decimal}4{written.sign}   1{written.thousands}200"


def thresholds() -> dict[str, float | None]:
    """Return the thresholds that can be chosen, by what they are called as numbers are written."""
    shares = {percent(share / 10): share / 10 for share in range(3, 10)}
    return {MODELS_OWN: None, **shares, NEVER: 0.0}


def threshold(share: float | None) -> str:
    """Return how a threshold is called.

    Examples
    --------
    >>> threshold(None), threshold(0.5), threshold(0.55)
    ('as the model says', '50 %', '55 %')
    """
    named = {value: text for text, value in thresholds().items()}
    return named.get(share, "" if share is None else percent(share))
