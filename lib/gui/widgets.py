"""Small widgets that tkinter lacks: a label that cuts long text, a hint, wrapped text."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import font as tkfont
from tkinter import ttk
from typing import ClassVar, Literal
from weakref import WeakSet

from lib.gui.theme import Theme

HINT_MILLISECONDS = 600

# The menus that are there: no hint comes up over one that is open.
_menus: WeakSet[tk.Menu] = WeakSet()


class Hint:
    """A small window of text that shows while the pointer rests on a widget.

    Parameters
    ----------
    widget : tk.Widget
        What the hint is about.
    theme : Theme
        Gives it its look.
    text : str
        What it says; none shows where this is empty.
    """

    # As there is one pointer, one hint waits or shows at a time.
    _current: ClassVar[Hint | None] = None

    def __init__(self, widget: tk.Misc, theme: Theme, text: str = "") -> None:
        self.text = text
        self._widget = widget
        self._theme = theme
        self._waiting = ""
        self._window: tk.Toplevel | None = None
        widget.bind("<Enter>", self._wait, add=True)
        for event in ("<Leave>", "<ButtonPress>", "<Unmap>", "<Destroy>"):
            widget.bind(event, self.hide, add=True)

    @classmethod
    def put_away(cls, _event: object = None) -> None:
        """Hide the one that shows, such as from above a menu that opens."""
        if cls._current is not None:
            cls._current.hide()

    def _wait(self, _event: tk.Event[tk.Misc]) -> None:
        self.hide()
        if self.text:
            Hint._current = self
            self._waiting = self._widget.after(HINT_MILLISECONDS, self._show)

    def _show(self) -> None:
        self._waiting = ""
        if any(menu.tk is self._widget.tk and _is_open(menu) for menu in _menus):
            return
        colours = self._theme.palette
        window = tk.Toplevel(self._widget, background=colours.line)
        window.wm_overrideredirect(True)
        label = tk.Label(
            window, text=self.text, background=colours.surface, foreground=colours.text,
            font=self._theme.font("Caption"), justify="left", wraplength=self._theme.px(520),
            padx=self._theme.px(8), pady=self._theme.px(5),
        )  # fmt: skip
        label.pack(padx=1, pady=1)
        window.update_idletasks()
        x, y = self._widget.winfo_pointerxy()
        x = min(x + self._theme.px(12), window.winfo_screenwidth() - window.winfo_reqwidth())
        y = min(y + self._theme.px(18), window.winfo_screenheight() - window.winfo_reqheight())
        window.wm_geometry(f"+{max(x, 0)}+{max(y, 0)}")
        self._window = window

    def hide(self, _event: tk.Event[tk.Misc] | None = None) -> None:
        """Take it away, or show it not at all if it was about to show."""
        if self._waiting:
            self._widget.after_cancel(self._waiting)
            self._waiting = ""
        if self._window is not None:
            self._window.destroy()
            self._window = None
        if Hint._current is self:
            Hint._current = None


class Line(ttk.Label):
    """One line of text that is cut with an ellipsis where it finds no room; a hint has it whole.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    role : str
        In the type scale of `Theme`.
    smaller : tuple of str
        Roles to fall back to, in order, before anything is cut.
    style, anchor : str
        Of `ttk.Label`.
    """

    def __init__(
        self,
        parent: tk.Misc,
        theme: Theme,
        role: str,
        *,
        smaller: tuple[str, ...] = (),
        style: str = "TLabel",
        anchor: Literal["w", "center", "e"] = "w",
    ) -> None:
        # One letter wide, so that a long text never pushes the window: the layout stretches it.
        super().__init__(parent, width=1, style=style, anchor=anchor)
        self.full = ""
        self._theme = theme
        self._roles = (role, *smaller)
        self._hint = Hint(self, theme)
        self.bind("<Configure>", self._cut, add=True)

    def show(self, text: str) -> None:
        """Show a text, as much of it as there is room for."""
        if text != self.full:
            self.full = text
            self._cut()

    def _cut(self, _event: object = None) -> None:
        room = self.winfo_width()
        if room <= 1:  # not laid out yet; <Configure> comes
            self.configure(text=self.full)
            return
        for role in self._roles:
            font = tkfont.nametofont(self._theme.font(role), root=self)
            if font.measure(self.full) <= room:
                break
        shown = shorten(self.full, lambda text: font.measure(text) <= room)
        self._hint.text = self.full if shown != self.full else ""
        if shown != self.cget("text") or str(self.cget("font")) != self._theme.font(role):
            self.configure(text=shown, font=self._theme.font(role))


class Paragraph(ttk.Label):
    """Text that wraps at its own width, however the window is resized."""

    def __init__(self, parent: tk.Misc, *, style: str = "TLabel") -> None:
        super().__init__(parent, justify="left", style=style)
        self.bind("<Configure>", lambda event: self.configure(wraplength=max(event.width, 80)))


def make_menu(parent: tk.Misc, theme: Theme) -> tk.Menu:
    """Make an empty menu that looks as the window does now; Tk's own are grey in every theme."""
    colours = theme.palette
    menu = tk.Menu(
        parent, tearoff=False, borderwidth=0, relief="flat", activeborderwidth=theme.px(4),
        font=theme.font("Body"), background=colours.surface, foreground=colours.text,
        activebackground=colours.selected, activeforeground=colours.text,
        disabledforeground=colours.muted, selectcolor=colours.accent,
    )  # fmt: skip
    menu.bind("<Map>", Hint.put_away)
    _menus.add(menu)
    return menu


def _is_open(menu: tk.Menu) -> bool:
    return bool(menu.winfo_exists() and menu.winfo_ismapped())


def shorten(text: str, fits: Callable[[str], bool]) -> str:
    """Return the text, or as much of its beginning as fits with an ellipsis behind it.

    Examples
    --------
    >>> shorten("A very long title", lambda text: len(text) <= 8)
    'A very…'
    """
    if fits(text):
        return text
    low, high = 0, len(text)
    while low < high:  # the longest beginning that fits
        middle = (low + high + 1) // 2
        if fits(text[:middle].rstrip() + "…"):
            low = middle
        else:
            high = middle - 1
    return text[:low].rstrip() + "…"
