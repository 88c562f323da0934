"""A result that is dragged out of the window, into a mail or a list, as text."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import Any


def let_drag(widget: tk.Widget, text: Callable[[], str]) -> bool:
    """Let a widget be dragged to other programs as a text.

    Parameters
    ----------
    widget : tk.Widget
        What the person takes hold of.
    text : callable
        Returns the text, asked at the moment of dragging; nothing is dragged where it is empty.

    Returns
    -------
    bool
        False where tkdnd's library is not made for this machine.
    """
    try:
        from tkinterdnd2 import COPY, DND_TEXT, REFUSE_DROP, TkinterDnD

        TkinterDnD.require(widget.winfo_toplevel())
    except (ImportError, RuntimeError, tk.TclError):
        return False

    def begin(_event: object) -> tuple[str, str, str]:
        told = text()
        return (str(COPY) if told else str(REFUSE_DROP), str(DND_TEXT), told)

    source: Any = widget  # tkinterdnd2 adds its methods to tkinter's classes at run time
    source.drag_source_register(1, DND_TEXT)
    source.dnd_bind("<<DragInitCmd>>", begin)
    return True
