"""What is laid over the window for a moment: it can't get lost behind it, as a window could."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont
from tkinter import ttk

from lib.gui.theme import Theme
from lib.gui.words import keep_from_writing

AROUND = 190  # pixels of a usual screen that title, button and margins of a sheet take


class Overlay:
    """A sheet in the middle of the window, which Escape puts away.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
        Gives it its look.
    title : str
        Stands at its top.
    """

    def __init__(self, root: tk.Tk, theme: Theme, title: str) -> None:
        self._root = root
        self._theme = theme
        self._title = title
        self._frame: tk.Frame | None = None
        self._focus: tk.Misc | None = None

    @property
    def shown(self) -> bool:
        """Whether it lies over the window now."""
        return self._frame is not None

    def show(self) -> None:
        """Lay it over the window, or take it away if it is there."""
        if self._frame is not None:
            self.hide()
            return
        px = self._theme.px
        self._focus = self._root.focus_get()
        border = tk.Frame(self._root, background=self._theme.palette.line)
        inside = ttk.Frame(border, padding=(px(28), px(22)))
        inside.pack(padx=1, pady=1)
        ttk.Label(inside, text=self._title, style="Title.TLabel").pack(anchor="w")
        body = ttk.Frame(inside)
        body.pack(fill="both", expand=True, pady=(px(8), 0))
        close = ttk.Button(inside, text="Close", command=self.hide)
        close.pack(anchor="e", pady=(px(20), 0))
        border.bind("<<ThemeChanged>>", lambda _event: self._recolour())
        self._frame = border
        (self._fill(body) or close).focus_set()
        border.place(relx=0.5, rely=0.5, anchor="center")

    def hide(self) -> None:
        """Take it away and give the focus back."""
        if self._frame is None:
            return
        self._frame.destroy()
        self._frame = None
        if self._focus is not None and self._focus.winfo_exists():
            self._focus.focus_set()

    def _fill(self, body: ttk.Frame) -> tk.Misc | None:
        """Put what it shows into `body`; return what is to have the focus, if not Close."""
        raise NotImplementedError

    def _recolour(self) -> None:
        if self._frame is not None:
            self._frame.configure(background=self._theme.palette.line)


def reading_text(
    parent: tk.Misc,
    theme: Theme,
    text: str,
    width: int,
    height: int,
    *,
    role: str = "Fixed",
    space: int = 0,
) -> tk.Text:
    """Make a text that can be read by mouse and keyboard, and copied, but not changed.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    text : str
        What it says.
    width, height : int
        Letters in a line, and lines; fewer where the window has no room for so many.
    role : str
        In the type scale of `Theme`.
    space : int
        Pixels between two lines.
    """
    px, colours = theme.px, theme.palette
    font = tkfont.nametofont(theme.font(role), root=parent)
    window = parent.winfo_toplevel()
    wide, high = window.winfo_width() - px(140), window.winfo_height() - px(AROUND)
    width = max(20, min(width, wide // font.measure("0")))
    height = max(4, min(height, high // (font.metrics("linespace") + space)))
    frame = ttk.Frame(parent)
    frame.pack(fill="both", expand=True)
    shown = tk.Text(
        frame, font=font.name, wrap="word", width=width, height=height, borderwidth=0,
        padx=px(10), pady=px(8), relief="flat", spacing1=space, highlightthickness=px(2),
        background=colours.surface, foreground=colours.text, insertbackground=colours.text,
        selectbackground=colours.selection, selectforeground=colours.text,
        highlightbackground=colours.surface, highlightcolor=colours.accent,
    )  # fmt: skip
    bar = ttk.Scrollbar(frame, command=shown.yview)
    shown.configure(yscrollcommand=bar.set)
    bar.pack(side="right", fill="y")
    shown.pack(side="left", fill="both", expand=True)
    shown.insert("1.0", text)
    shown.mark_set("insert", "1.0")
    keep_from_writing(shown)
    return shown
