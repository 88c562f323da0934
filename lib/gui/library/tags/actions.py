"""The tab's last line: what came of it, and the buttons that write and undo, and ask before."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import replace
from tkinter import ttk

from lib.gui.library.state import LibraryState
from lib.gui.library.tags.state import Doing, TagState, Told
from lib.gui.library.tags.wording import question, run_line, standing
from lib.gui.theme import Theme
from lib.gui.widgets import Hint, Line
from lib.wording import count


class TagActions(ttk.Frame):
    """The line.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    on_write : callable
        Called when the preview is to be written, and that was confirmed.
    on_preview : callable
        Called when it is to be made anew.
    on_undo : callable
        Called with the number of a run that is to be undone, and that was confirmed.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        *,
        on_write: Callable[[], None],
        on_preview: Callable[[], None],
        on_undo: Callable[[int], None],
    ) -> None:
        super().__init__(parent)
        self._on_write, self._on_preview, self._on_undo = on_write, on_preview, on_undo
        self._gap = theme.px(8)
        self._tags: TagState | None = None
        self._asking = ""
        self._could = False
        self.columnconfigure(0, weight=1)
        self.told = Line(self, theme, "Body")
        self.undo_button = ttk.Button(
            self, text="Undo …", underline=0, command=lambda: self.ask("undo")
        )
        self.write_button = ttk.Button(
            self, underline=1, style="Accent.TButton", command=self._write_or_look
        )
        self.question = Line(self, theme, "Strong", style="Strong.TLabel")
        self.run_box = ttk.Combobox(self, state="readonly", font=theme.font("Body"), width=1)
        self.yes_button = ttk.Button(self, style="Accent.TButton", command=self._confirm)
        self.no_button = ttk.Button(self, text="Never mind", command=self.rest)
        self._undo_hint = Hint(self.undo_button, theme)
        Hint(self.run_box, theme, "Which run is undone")
        Hint(
            self.yes_button, theme, "Nothing but genres changes; dates, owner and permissions stay"
        )
        for widget in (self.run_box, self.yes_button, self.no_button):
            widget.bind("<Escape>", self._leave)
        self.run_box.bind("<<ComboboxSelected>>", lambda _event: self.run_box.selection_clear())
        self._lay()

    def show(self, tags: TagState, library: LibraryState) -> None:
        """Show a state; a question that it makes void is taken back."""
        before, self._tags = self._tags, tags
        self.told.show(standing(tags, library))
        same = before is not None and replace(before, fraction=tags.fraction) == tags
        if same and self._could != library.busy:
            return
        self._could = not library.busy
        if self._asking:
            self.rest()
        due = len(tags.due)
        again = tags.stopped or (tags.told is not Told.PREVIEW and not tags.at_work)
        self.write_button.configure(
            text="Preview" if again else f"Write {count(due, 'file')}" if due else "Write"
        )
        idle = tags.doing is Doing.NOTHING and self._could
        self.write_button.state(["!disabled" if idle and (again or due) else "disabled"])
        self.undo_button.state(
            ["!disabled" if self._could and not tags.at_work and tags.runs else "disabled"]
        )
        last = (
            run_line(tags.runs[0]) if tags.runs else "Nothing was written, or nothing can be undone"
        )
        self._undo_hint.text = last

    def ask(self, what: str) -> None:
        """Ask whether it is meant.

        Parameters
        ----------
        what : {"write", "undo"}
        """
        tags = self._tags
        if tags is None:
            return
        self._asking = what
        if what == "write":
            self.question.show(question(tags.due))
            self.yes_button.configure(text="Write them" if len(tags.due) > 1 else "Write it")
        else:
            runs = [run_line(run) for run in tags.runs]
            self.question.show(f"Undo {runs[0][:1].lower()}{runs[0][1:]}?")
            self.run_box.configure(values=runs)
            self.run_box.current(0)
            self.yes_button.configure(text="Undo it")
        self._lay()
        self.yes_button.focus_set()

    def rest(self) -> None:
        """Ask no more."""
        held = self.focus_displayof() in {self.yes_button, self.no_button, self.run_box}
        asked, self._asking = self._asking, ""
        self._lay()
        if held:
            (self.undo_button if asked == "undo" else self.write_button).focus_set()

    def _write_or_look(self) -> None:
        if self._tags is not None and self._tags.due:
            self.ask("write")
        else:
            self._on_preview()

    def _confirm(self) -> None:
        asked, tags = self._asking, self._tags
        run = max(self.run_box.current(), 0)
        self.rest()
        if asked == "write":
            self._on_write()
        elif tags is not None and tags.runs:
            self._on_undo(tags.runs[run].number)

    def _leave(self, _event: object) -> str:
        self.rest()
        return "break"  # the window's Escape would put a message away

    def _lay(self) -> None:
        """Show the parts that are wanted now."""
        for part in self.grid_slaves():
            part.grid_remove()
        several = self._asking == "undo" and self._tags is not None and len(self._tags.runs) > 1
        first = self.run_box if several else self.question if self._asking else self.told
        buttons = (
            (self.yes_button, self.no_button)
            if self._asking
            else (self.undo_button, self.write_button)
        )
        first.grid(row=0, column=0, sticky="nsew" if several else "ew")
        for column, button in enumerate(buttons, start=1):
            button.grid(row=0, column=column, padx=(self._gap, 0))
