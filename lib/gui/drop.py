"""Files that are dropped on the window, where the machine can do that."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any, Protocol


class Drop(Protocol):
    """What tkinterdnd2 tells of a drop."""

    data: str


def accept_drops(
    area: tk.Widget, *, on_drop: Callable[[list[str]], None], on_hover: Callable[[bool], None]
) -> bool:
    """Let files be dropped on a widget and on everything in it.

    Parameters
    ----------
    area : tk.Widget
        What they may be dropped on.
    on_drop : callable
        Called with the paths that were dropped.
    on_hover : callable
        Called with True when files are held over the window, and with False when they leave.

    Returns
    -------
    bool
        False where tkdnd's library is not made for this machine: the window works without.
    """
    try:
        from tkinterdnd2 import COPY, DND_FILES, REFUSE_DROP, TkinterDnD

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
        # A list as Tcl writes it: names with spaces stand in braces.
        paths = [str(path) for path in area.tk.splitlist(event.data)]
        # Not from within the drop: the program that the file comes from waits for its end.
        area.after_idle(on_drop, paths)
        return str(COPY) if paths else str(REFUSE_DROP)

    target: Any = area  # tkinterdnd2 adds its methods to tkinter's classes at run time
    target.drop_target_register(DND_FILES)
    target.dnd_bind("<<DropEnter>>", hover)
    target.dnd_bind("<<DropLeave>>", leave)
    target.dnd_bind("<<Drop>>", drop)
    return True
