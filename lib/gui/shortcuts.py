"""The keys that drive the window, and the list that shows them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from tkinter import ttk

from lib.gui.theme import Theme


@dataclass(frozen=True)
class Shortcut:
    """One line of the list of keys.

    Parameters
    ----------
    keys : str
        As they are printed on a keyboard.
    does : str
        What they do.
    """

    keys: str
    does: str


def shortcuts(modifier: str) -> tuple[Shortcut, ...]:
    """Return all keys; `modifier` is what the platform prints on its key for commands."""
    return (
        Shortcut(f"{modifier}+O", "Open a song"),
        Shortcut(f"{modifier}+L", "Go to the entry line"),
        Shortcut("Alt+L, Alt+D", "Turn to the page Listen, to the page Data"),
        Shortcut(f"{modifier}+T", "Train a model on the data set"),
        Shortcut("Alt+underlined letter", "Press that button"),
        Shortcut("Enter", "Hear what stands in the entry line, or is chosen in a list"),
        Shortcut("Delete", "Take what is chosen in a table out of the data set"),
        Shortcut("1 … 8, ↑ ↓", "Choose among the results of a search"),
        Shortcut("Escape", "Cancel, put a message away, or return to the list"),
        Shortcut("Tab, Shift+Tab", "Go to the next, the previous thing"),
        Shortcut("Ctrl+Tab, Ctrl+Shift+Tab", "Show the next, the previous tab"),
        Shortcut(f"{modifier}+1 … {modifier}+6", "Show the first … the last tab"),
        Shortcut(f"{modifier}+R", "Read the result in words"),
        Shortcut("Space", "Play the song, or pause it"),
        Shortcut("← →, click in a plot", "Go five seconds back or on, play from there"),
        Shortcut("+ −, wheel; 0, double click", "Zoom the plots; show the whole song"),
        Shortcut("Shift+← →, drag", "Move along a plot that is zoomed"),
        Shortcut(f"{modifier}+S, {modifier}+Shift+S", "Save the plot, write a report of the song"),
        Shortcut("F9", "Change between light and dark"),
        Shortcut("F1 or ?", "Show this list"),
        Shortcut(f"{modifier}+Q", "Quit"),
    )


def bind_keys(root: tk.Tk, actions: dict[str, Callable[[], object]]) -> None:
    """Bind keys to actions on the whole window.

    Parameters
    ----------
    root : tk.Tk
        The window.
    actions : dict
        From Tk's name of the key to what it does.  ``Mod-`` stands for the platform's key for
        commands.  A key that makes a letter does nothing while a person types.
    """
    for key, action in actions.items():
        letter = key == "question" or key.startswith("Key-")
        root.bind(f"<{key.replace('Mod', modifier_name(root))}>", _handler(action, letter=letter))
    if root.tk.call("tk", "windowingsystem") == "x11":  # which has a name of its own for it
        root.bind("<Control-ISO_Left_Tab>", root.bind("<Control-Shift-Tab>"))
    root.bind("<Alt-Key>", lambda event: _press_underlined(root, event.keysym))
    # Windows and the desktops of Linux let Enter press the button that has the focus; Tk does not.
    for key in ("<Return>", "<KP_Enter>"):
        root.bind_class("TButton", key, _press)


def bind_idle_keys(root: tk.Tk, actions: dict[str, Callable[[], object]], *, over: tk.Misc) -> None:
    """Bind keys on the whole window that do nothing where what has the focus has a use for them.

    Parameters
    ----------
    root : tk.Tk
        The window.
    actions : dict
        From Tk's name of the key to what it does.
    over : tk.Misc
        A widget whose own use of these keys gives way.
    """
    for key, action in actions.items():
        root.bind(f"<{key}>", partial(_unless_used, root, key, action))
        over.bind(f"<{key}>", _handler(action, letter=False))


def _unless_used(
    root: tk.Tk, key: str, action: Callable[[], object], event: tk.Event[tk.Misc]
) -> str | None:
    """Act, unless a person types, or the key means something to what has the focus."""
    if isinstance(event.widget, ttk.Entry | tk.Text):
        return None
    tags = event.widget.bindtags()
    own = tags[: tags.index(str(root))] if str(root) in tags else tags
    if any(root.tk.call("bind", tag, f"<{key}>") for tag in own):
        return None
    action()
    return "break"


# What Alt presses by its underlined letter.
_PRESSED = ttk.Button | ttk.Checkbutton | ttk.Radiobutton


def modifier_name(root: tk.Misc) -> str:
    """Return Tk's name of the platform's key for commands."""
    return "Command" if root.tk.call("tk", "windowingsystem") == "aqua" else "Control"


def _press(event: tk.Event[tk.Misc]) -> None:
    if isinstance(event.widget, ttk.Button):
        event.widget.invoke()


def _press_underlined(root: tk.Tk, letter: str) -> str | None:
    """Press the button that can be seen and has that letter underlined."""
    waiting: list[tk.Misc] = [root]
    while waiting:
        widget = waiting.pop()
        waiting += reversed(widget.winfo_children())
        if isinstance(widget, _PRESSED) and widget.winfo_viewable():
            place, text = int(widget.cget("underline")), str(widget.cget("text"))
            if 0 <= place < len(text) and text[place].lower() == letter.lower():
                widget.invoke()
                return "break"
    return None


def _handler(
    action: Callable[[], object], *, letter: bool
) -> Callable[[tk.Event[tk.Misc]], str | None]:
    def handle(event: tk.Event[tk.Misc]) -> str | None:
        if letter and isinstance(event.widget, ttk.Entry):
            return None
        action()
        return "break"

    return handle


class ShortcutList:
    """The list of keys, laid over the window; not a window of its own that could get lost.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
        Gives it its look.
    """

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        self._root = root
        self._theme = theme
        self._frame: tk.Frame | None = None
        self._focus: tk.Misc | None = None

    @property
    def shown(self) -> bool:
        """Whether it lies over the window now."""
        return self._frame is not None

    def show(self) -> None:
        """Lay the list over the window, or take it away if it is there."""
        if self._frame is not None:
            self.hide()
            return
        px = self._theme.px
        self._focus = self._root.focus_get()
        border = tk.Frame(self._root, background=self._theme.palette.line)
        inside = ttk.Frame(border, padding=(px(28), px(22)))
        inside.pack(padx=1, pady=1)
        ttk.Label(inside, text="Keys", style="Title.TLabel").grid(columnspan=2, sticky="w")
        modifier = "⌘" if modifier_name(self._root) == "Command" else "Ctrl"
        for row, shortcut in enumerate(shortcuts(modifier), start=1):
            ttk.Label(inside, text=shortcut.keys, style="Strong.TLabel").grid(
                row=row, column=0, sticky="w", pady=(px(4), 0)
            )
            ttk.Label(inside, text=shortcut.does).grid(
                row=row, column=1, sticky="w", padx=(px(28), 0), pady=(px(4), 0)
            )
        close = ttk.Button(inside, text="Close", command=self.hide)
        close.grid(columnspan=2, sticky="e", pady=(px(20), 0))
        border.place(relx=0.5, rely=0.5, anchor="center")
        border.bind("<<ThemeChanged>>", lambda _event: self._recolour())
        self._frame = border
        close.focus_set()

    def hide(self) -> None:
        """Take the list away and give the focus back."""
        if self._frame is None:
            return
        self._frame.destroy()
        self._frame = None
        if self._focus is not None and self._focus.winfo_exists():
            self._focus.focus_set()

    def _recolour(self) -> None:
        if self._frame is not None:
            self._frame.configure(background=self._theme.palette.line)
