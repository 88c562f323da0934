"""The result as plain text that can be read, walked through, selected and copied by keyboard."""

from __future__ import annotations

import re
import tkinter as tk
from tkinter import ttk
from typing import TYPE_CHECKING

from lib.gui.facts import ModelFacts
from lib.gui.theme import Theme
from lib.gui.wording import describe

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.explanation import Explanation
    from lib.gui.told import Heard
    from lib.prediction import Prediction

READING = "EarmarkReading"  # the class of bindings of a text that can't be changed
_READS = re.compile(r"Button|B1-|-1>|Wheel|Motion|Prior|Next|Prev|Home|End|Line|Select|Copy")
_WRITES = re.compile(r"Button-2|B2-|Release-2|Paste|Control-Button")


class Words(ttk.Frame):
    """The tab “In words”.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    """

    def __init__(self, parent: tk.Misc, theme: Theme) -> None:
        super().__init__(parent)
        px = theme.px
        self._theme = theme
        self._why: Explanation | None = None
        self.columnconfigure(0, weight=1)
        self.rowconfigure(0, weight=1)
        self.text = tk.Text(
            self, font=theme.font("Fixed"), wrap="word", borderwidth=0, relief="flat", undo=False,
            padx=px(14), pady=px(10), highlightthickness=px(2), width=1, height=1, spacing1=px(1),
        )  # fmt: skip
        bar = ttk.Scrollbar(self, command=self.text.yview)
        self.text.configure(yscrollcommand=bar.set)
        self.text.grid(row=0, column=0, sticky="nsew")
        bar.grid(row=0, column=1, sticky="ns")
        keep_from_writing(self.text)
        self.text.bind("<<ThemeChanged>>", lambda _event: self._recolour(), add=True)

    def show(self, prediction: Prediction, facts: ModelFacts | None) -> None:
        """Show a prediction in words."""
        self._why = None
        self.text.delete("1.0", "end")
        self.text.insert("1.0", describe(prediction, facts))
        self.text.mark_set("insert", "1.0")
        self.text.see("1.0")
        self._recolour()

    def tell_why(self, why: Explanation | None, heard: Heard | None) -> None:
        """Add why, at the end of the words of the same song, once that is known."""
        if why is None or heard is None or why is self._why:
            return
        self._why = why
        # The thread that found it has imported it already.
        from lib.explanation import why_lines

        self.text.insert("end", "\n\n" + "\n".join(why_lines(why, heard.prediction.genre)))

    def focus_text(self) -> None:
        """Put the focus at the beginning of the text."""
        self.text.mark_set("insert", "1.0")
        self.text.focus_set()

    def _recolour(self) -> None:
        colours = self._theme.palette
        self.text.configure(
            background=colours.background, foreground=colours.text, insertbackground=colours.text,
            selectbackground=colours.selection, selectforeground=colours.text,
            inactiveselectbackground=colours.selection,
            highlightbackground=colours.background, highlightcolor=colours.accent,
        )  # fmt: skip


def keep_from_writing(text: tk.Text) -> None:
    """Let a text be walked through, selected and copied, but not changed, by mouse or keyboard."""
    _make_reading_class(text)
    tags = (READING if tag == "Text" else tag for tag in text.bindtags())
    text.bindtags(tuple(tags))


def _make_reading_class(widget: tk.Misc) -> None:
    """Copy those of Tk's bindings for texts that move, select and copy; leave out what writes.

    A disabled text would be simpler, but Tab passes it by and no cursor walks in it.  Holding keys
    back with a binding of the widget's own would hold back the window's shortcuts too.
    """
    for sequence in widget.tk.splitlist(widget.tk.call("bind", "Text")):
        if _READS.search(sequence) and not _WRITES.search(sequence):
            script = widget.tk.call("bind", "Text", sequence)
            widget.tk.call("bind", READING, sequence, script)
