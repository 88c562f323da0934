"""The training page's face after a training: the new model beside the present one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.theme import Theme
from lib.gui.training.share_bars import ShareBars
from lib.gui.training.state import Result, TrainingState
from lib.gui.training.wording import confusions, recall, remarks
from lib.gui.tree import Column, make_tree
from lib.gui.widgets import Paragraph
from lib.gui.wording import genre_name
from lib.wording import clean

COLUMNS = {
    "genre": Column("Genre", 150),
    "songs": Column("Songs", 70, "e"),
    "new": Column("Recognised", 110, "e"),
    "present": Column("By the present", 130, "e"),
    "taken": Column("The new one takes the others for", 240, stretch=True),
}


class ResultFace(ttk.Frame):
    """The face after a training.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_use, on_keep : callable
        Called when the new model is taken, and when it is left.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_use: Callable[[], None],
        on_keep: Callable[[], None],
    ) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._result: Result | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(3, weight=1)
        self.bars = ShareBars(self, theme)
        self.remarks = Paragraph(self, style="MutedBody.TLabel")
        self.table, scroll = make_tree(self, theme, COLUMNS)
        self.table.grid(row=3, column=0, sticky="nsew")
        scroll.grid(row=3, column=1, sticky="ns")
        self.trouble = Paragraph(self, style="TLabel")
        buttons = ttk.Frame(self)
        self.use_button = ttk.Button(
            buttons, text="Use the new one", underline=0, style="Accent.TButton", command=on_use
        )
        self.keep_button = ttk.Button(
            buttons, text="Keep the old one", underline=0, command=on_keep
        )
        self.bars.grid(row=1, column=0, columnspan=2, sticky="ew")
        self.remarks.grid(row=2, column=0, columnspan=2, sticky="ew", pady=(px(4), px(8)))
        self.trouble.grid(row=4, column=0, columnspan=2, sticky="ew")
        buttons.grid(row=5, column=0, columnspan=2, sticky="w", pady=(px(10), 0))
        self.use_button.pack(side="left")
        self.keep_button.pack(side="left", padx=px(8))
        ttk.Label(
            buttons, text="Closing the window keeps the old one.", style="MutedCaption.TLabel"
        ).pack(side="left", padx=px(8))
        self.table.bind("<<ThemeChanged>>", lambda _event: self._recolour(), add=True)
        self._recolour()

    def show(self, state: TrainingState) -> None:
        """Show a result."""
        for button in (self.use_button, self.keep_button):
            button.state(["disabled" if state.saving else "!disabled"])
        failed = state.failure.advice if state.failure is not None else ""
        self.trouble.configure(text=failed)
        if state.result is None or state.result is self._result:
            return
        self._result = result = state.result
        known = state.survey is None or state.survey.artists
        self.remarks.configure(text=remarks(result, artists=known))
        self.bars.show(result, state.name)
        self._fill(result)

    def _fill(self, result: Result) -> None:
        """Show each genre, those that are new first."""
        self.table.delete(*self.table.get_children())
        known = result.comparison is not None
        for genre in sorted(result.genres, key=lambda each: known and each.present is not None):
            is_new = known and genre.present is None
            name = genre_name(genre.genre) + (" (new)" if is_new else "")
            values = (
                name, str(genre.songs), recall(genre.new, genre.songs),
                recall(genre.present, genre.songs), confusions(genre),
            )  # fmt: skip
            self.table.insert("", "end", values=values, tags=("new",) if is_new else ())
        # “By ear” is a recipe, too.
        by = f"By model {clean(result.comparison.model)}" if result.comparison else "By the present"
        self.table.heading("present", text=by)
        rows = self.table.get_children()
        self.table.focus(rows[0] if rows else "")
        self.table.selection_set(rows[:1])
        self.table.yview_moveto(0)

    def _recolour(self) -> None:
        self.table.tag_configure(
            "new", foreground=self._theme.palette.accent, font=self._theme.font("Strong")
        )
