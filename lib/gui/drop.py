"""Files, links and words that are dropped on the window, where the machine can do that."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any, Protocol


class Drop(Protocol):
    """What tkinterdnd2 tells of a drop."""

    data: str
    type: str


def accept_drops(
    area: tk.Widget, *, on_drop: Callable[[list[str]], None], on_hover: Callable[[bool], None]
) -> bool:
    """Let files, links and words be dropped on a widget and on everything in it.

    Parameters
    ----------
    area : tk.Widget
        What it may be dropped on.
    on_drop : callable
        Called with the paths or links that were dropped, or with one line of text.
    on_hover : callable
        Called with True when something is held over the window, and with False when it leaves.

    Returns
    -------
    bool
        False where tkdnd's library is not made for this machine: the window works without.
    """
    try:
        from tkinterdnd2 import COPY, DND_FILES, DND_TEXT, REFUSE_DROP, TkinterDnD

        TkinterDnD.require(area.winfo_toplevel())
    except (ImportError, RuntimeError, tk.TclError):
        return False

    def hover(_event: Drop) -> str:
        on_hover(True)
        return str(COPY)

    def leave(_event: Drop) -> str:
        on_hover(False)
        return str(COPY)

    def drop(event: Drop) -> str:
        on_hover(False)
        if DND_TEXT in area.tk.call("::tkdnd::platform_independent_types", event.type):
            texts = [line for line in event.data.splitlines() if line.strip()][:1]
        else:
            # A list as Tcl writes it: names with spaces stand in braces.
            texts = [str(text) for text in area.tk.splitlist(event.data)]
        # Not from within the drop: the program that it comes from waits for its end.
        area.after_idle(on_drop, texts)
        return str(COPY) if texts else str(REFUSE_DROP)

    target: Any = area  # tkinterdnd2 adds its methods to tkinter's classes at run time
    target.drop_target_register(DND_FILES, DND_TEXT)  # a browser's link comes as either
    target.dnd_bind("<<DropEnter>>", hover)
    target.dnd_bind("<<DropLeave>>", leave)
    target.dnd_bind("<<Drop>>", drop)
    return True
