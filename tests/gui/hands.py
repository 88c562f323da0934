"""A person's eyes and hands, for tests of the window: real clicks and keys, with time limits."""

from __future__ import annotations

import threading
import time
import tkinter as tk
from collections.abc import Callable, Sequence
from itertools import pairwise
from tkinter import ttk

from lib.gui import App
from lib.gui.state import Phase

PATIENCE = 60.0  # seconds; far more than anything takes on an idle machine

KEYSYMS = {
    "/": "slash", ".": "period", "-": "minus", "_": "underscore", " ": "space", "?": "question",
    ":": "colon", "~": "asciitilde", "\\": "backslash",
}  # fmt: skip


class Hands:
    """Drives a window and watches it.

    Parameters
    ----------
    app : App
        The window.
    errors : list
        Whatever its callbacks raised; a test fails if something is in it at the end.
    """

    def __init__(self, app: App, errors: list[BaseException]) -> None:
        self.app = app
        self.errors = errors

    @property
    def phase(self) -> Phase:
        return self.app.store.state.phase

    def until(self, condition: Callable[[], object], *, seconds: float = PATIENCE) -> None:
        """Let the window live until something is so, or fail."""
        end = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < end, f"in vain for {seconds} s; {self.app.store.state}"
            self.breathe(0.01)

    def breathe(self, seconds: float) -> None:
        """Let the window live for a while."""
        end = time.monotonic() + seconds
        while True:
            self.app.root.update()
            if time.monotonic() >= end:
                return
            time.sleep(0.005)

    def until_heard(self) -> None:
        """Wait for the end of hearing, good or bad."""
        self.until(lambda: self.phase in {Phase.HEARD, Phase.FAILED})

    def click(self, widget: tk.Misc, *, at: tuple[int, int] | None = None) -> None:
        """Click the middle of a widget, or a place in it, with the left button."""
        self.app.root.update()
        assert widget.winfo_viewable(), f"{widget} can't be seen, so it can't be clicked"
        x, y = at or (widget.winfo_width() // 2, widget.winfo_height() // 2)
        widget.event_generate("<Enter>", x=x, y=y)
        widget.event_generate("<Motion>", x=x, y=y)
        widget.event_generate("<ButtonPress-1>", x=x, y=y)
        widget.event_generate("<ButtonRelease-1>", x=x, y=y)
        widget.event_generate("<Leave>", x=x, y=y)
        self.app.root.update()

    def press(self, key: str) -> None:
        """Press a key where the focus is: ``"Return"``, ``"Control-o"``."""
        self.focus().event_generate(f"<{key}>")
        self.app.root.update()

    def type(self, text: str) -> None:
        """Type letters where the focus is."""
        for letter in text:
            self.focus().event_generate("<Key>", keysym=KEYSYMS.get(letter, letter))
        self.app.root.update()

    def focus(self) -> tk.Misc:
        """Return the widget that has the focus."""
        self.app.root.update()
        widget = self.app.root.focus_get()
        assert widget is not None, "nothing has the focus"
        return widget

    def nothing_cut_off(self) -> None:
        """Fail if a widget stays without the room it asks for; a busy machine lays out late."""
        end = time.monotonic() + 10
        while cut_off(self.app.root) and time.monotonic() < end:
            self.breathe(0.05)
        assert cut_off(self.app.root) == []

    def hear(self, path: object) -> None:
        """Put a path into the entry line, press Enter, and wait for the end."""
        entry = self.app.bar.entry
        entry.focus_force()
        entry.delete(0, "end")
        entry.insert(0, str(path))
        self.press("Return")
        self.until_heard()

    def seen(self) -> str:
        """Return all text that can be seen in the window."""
        texts = []
        for widget in descendants(self.app.root):
            if not widget.winfo_viewable():
                continue
            if isinstance(widget, ttk.Label | ttk.Button | tk.Label):
                texts.append(str(widget.cget("text")))
            elif isinstance(widget, tk.Text):
                texts.append(widget.get("1.0", "end"))
            elif isinstance(widget, tk.Canvas):
                items = (i for i in widget.find_all() if widget.type(i) == "text")
                texts += [widget.itemcget(item, "text") for item in items]
        return "\n".join(texts)


def assert_alive(beats: Sequence[float]) -> None:
    """Hold a window to never freezing, by the times of a heartbeat of 20 ms.

    How late a single beat may be depends on what else the machine does; most of them must be on
    time, and none may wait for work that takes seconds.
    """
    lags = sorted(later - earlier - 0.02 for earlier, later in pairwise(beats))
    assert lags[len(lags) * 9 // 10] < 0.25
    assert lags[-1] < 2.0


def working() -> list[threading.Thread]:
    """Return the threads that a window's jobs still run in."""
    return [t for t in threading.enumerate() if t.name.startswith("earmark-job")]


def descendants(widget: tk.Misc) -> list[tk.Misc]:
    """Return all widgets in a widget."""
    return [w for child in widget.winfo_children() for w in (child, *descendants(child))]


def cut_off(root: tk.Misc) -> list[str]:
    """Name the widgets that can be seen but have less room than they ask for, or lie outside."""
    right = root.winfo_rootx() + root.winfo_width()
    bottom = root.winfo_rooty() + root.winfo_height()
    found = []
    for widget in descendants(root):
        if not widget.winfo_viewable() or isinstance(widget, tk.Toplevel):
            continue
        x, y = widget.winfo_rootx(), widget.winfo_rooty()
        outside = x < root.winfo_rootx() or y < root.winfo_rooty()
        outside = outside or x + widget.winfo_width() > right or y + widget.winfo_height() > bottom
        cut = (
            widget.winfo_width() < widget.winfo_reqwidth()
            or widget.winfo_height() < widget.winfo_reqheight()
        )
        if outside or cut:
            wanted = f"{widget.winfo_reqwidth()}x{widget.winfo_reqheight()}"
            found.append(f"{widget} {widget.winfo_geometry()} wants {wanted}")
    return found
