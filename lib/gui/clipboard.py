"""A link in the clipboard, which the window may offer to hear."""

from __future__ import annotations

import re
import tkinter as tk
from collections.abc import Callable

from lib.errors import EarmarkError
from lib.gui.state import State, Store

LONGEST = 500  # characters of a link that anybody copies
LINK = re.compile(r"\S*youtu\S+", re.IGNORECASE)
SETTLE_MILLISECONDS = 150


class ClipboardWatch:
    """Looks into the clipboard when the window gets the focus.

    It looks for one thing: a text that is nothing but the link of a video or playlist, and that
    was neither offered nor given before.  Everything else is let go of unread, and nobody is asked
    about the link until the person says so.

    Parameters
    ----------
    root : tk.Tk
        The window.
    store : Store
        Holds the state.
    on_link : callable
        Called with a new link, or with ``""`` when there is none any more.
    """

    def __init__(self, root: tk.Tk, store: Store[State], *, on_link: Callable[[str], None]) -> None:
        self._root = root
        self._store = store
        self._on_link = on_link
        self._known: set[str] = set()
        self._waiting = ""
        self._reading = False
        root.bind("<FocusIn>", self._on_focus, add=True)

    def forget(self, link: str) -> None:
        """Never offer a link: it comes from this window."""
        self._known.add(link)

    def look(self) -> None:
        """Look into the clipboard, and offer a link that is new."""
        self._waiting = ""
        if self._reading:  # Tk lets events through while it waits for the other program
            return
        self._reading = True
        text = _text(self._root)
        self._reading = False
        link = link_in(text)
        state = self._store.state
        self._known.update(_given(state.source))
        if state.heard is not None:
            self._known.add(state.heard.prediction.source)
        if link in self._known or not link:
            if state.offer and link != state.offer:
                self._on_link("")
            return
        self._known.add(link)
        self._on_link(link)

    def _on_focus(self, event: tk.Event[tk.Misc]) -> None:
        """Look once the window has come to rest: the focus may pass through it."""
        if event.widget is self._root and not self._waiting:
            self._waiting = self._root.after(SETTLE_MILLISECONDS, self.look)


def link_in(text: str) -> str:
    """Return the link that a text is, in the one form in which Earmark shows it, or ``""``.

    Examples
    --------
    >>> link_in(" https://youtu.be/dQw4w9WgXcQ?t=43 ")
    'https://www.youtube.com/watch?v=dQw4w9WgXcQ'
    >>> link_in("see https://youtu.be/dQw4w9WgXcQ"), link_in("correct horse battery staple")
    ('', '')
    """
    if len(text) > LONGEST or LINK.fullmatch(text.strip()) is None:
        return ""
    from lib.youtube import Playlist, Video, read_entry

    try:
        found = read_entry(text.strip())
    except EarmarkError:
        return ""
    return found.link if isinstance(found, Video | Playlist) else ""


def _given(source: str) -> set[str]:
    """Return the link that a person gave, if it is one."""
    link = link_in(source)
    return {link} if link else set()


def _text(root: tk.Tk) -> str:
    """Return the text in the clipboard; ``""`` where there is none."""
    try:
        return str(root.clipboard_get())
    except (tk.TclError, UnicodeError):  # empty, a picture, or a program that does not answer
        return ""
