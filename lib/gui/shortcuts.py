"""The keys that drive the window, and the list that shows them."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from tkinter import font as tkfont
from tkinter import ttk

from lib.gui.overlay import Overlay, reading_text
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
        Shortcut("Alt+L, Alt+I, Alt+D", "Turn to the page Listen, Library, Data"),
        Shortcut(f"{modifier}+T", "Train a model on the data set"),
        Shortcut("Alt+T", "On the page Library: write genre tags"),
        Shortcut("Alt+underlined letter", "Press that button"),
        Shortcut("Enter", "Hear what stands in the entry line, or is chosen in a list"),
        Shortcut("Delete", "Take what is chosen in a table out of the data set"),
        Shortcut("1 … 8, ↑ ↓", "Choose among the results of a search"),
        Shortcut("Escape", "Cancel, put a message away, or return to the list"),
        Shortcut("Tab, Shift+Tab", "Go to the next, the previous thing"),
        Shortcut("Ctrl+Tab, Ctrl+Shift+Tab", "Show the next, the previous tab"),
        Shortcut(f"{modifier}+1 … {modifier}+7", "Show the first … the last tab"),
        Shortcut(f"{modifier}+R", "Read the result in words"),
        Shortcut(f"{modifier}+Shift+C", "Copy the result as text"),
        Shortcut(f"↓, {modifier}+H", "Choose among what was heard lately"),
        Shortcut(f"{modifier}+,", "Settings"),
        Shortcut("F10", "Open the menu"),
        Shortcut("F2", "Choose the model that answers"),
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


def modifier_sign(root: tk.Misc) -> str:
    """Return what is printed on the platform's key for commands."""
    return "⌘" if modifier_name(root) == "Command" else "Ctrl"


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


class ShortcutList(Overlay):
    """The list of keys.

    Parameters
    ----------
    root : tk.Tk
        The window.
    theme : Theme
        Gives it its look.
    """

    def __init__(self, root: tk.Tk, theme: Theme) -> None:
        super().__init__(root, theme, "Keys")

    def _fill(self, body: ttk.Frame) -> tk.Misc:
        px, rows = self._theme.px, shortcuts(modifier_sign(self._root))
        lines = "\n".join(f"{row.keys}\t{row.does}" for row in rows)
        text = reading_text(body, self._theme, lines, 84, len(rows), role="Body", space=px(4))
        strong = tkfont.nametofont(self._theme.font("Strong"), root=self._root)
        column = max(strong.measure(row.keys) for row in rows) + px(24)
        text.configure(tabs=(column,))
        text.tag_configure("keys", font=strong.name)
        for line, row in enumerate(rows, start=1):
            text.tag_add("keys", f"{line}.0", f"{line}.{len(row.keys)}")
        return text
