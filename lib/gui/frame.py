"""Where the window stands on the desktop: put there at the start, noted at the end."""

from __future__ import annotations

import contextlib
import re
import tkinter as tk
from dataclasses import replace

from lib.gui.settings import Area, Settings, fit
from lib.gui.theme import Theme

USUAL_SIZE = (1040, 760)  # in pixels of a usual screen
LEAST_SIZE = (780, 600)


def place(root: tk.Tk, settings: Settings, theme: Theme) -> None:
    """Give a window its remembered size and place, on the desktop as it is today."""
    desktop = Area(
        root.winfo_vrootx(), root.winfo_vrooty(), root.winfo_vrootwidth(), root.winfo_vrootheight()
    )
    px = theme.px
    least = (min(px(LEAST_SIZE[0]), desktop.width), min(px(LEAST_SIZE[1]), desktop.height))
    usual = (px(USUAL_SIZE[0]), px(USUAL_SIZE[1]))
    area = fit(settings, desktop, usual=usual, least=least)
    root.minsize(*least)
    root.geometry(f"{area.width}x{area.height}+{area.x}+{area.y}")
    if settings.maximised:
        _maximise(root)


def remember(root: tk.Tk, settings: Settings) -> Settings:
    """Return the settings with a window's present size and place in them."""
    if _is_maximised(root):
        return replace(settings, maximised=True)  # and the size from before, to return to
    # What geometry says, not winfo_x: the two differ by the frame that a window manager adds, and
    # the window would wander by as much each time.
    found = re.fullmatch(r"(\d+)x(\d+)\+(-?\d+)\+(-?\d+)", root.geometry())
    if found is None:
        return replace(settings, maximised=False)
    width, height, x, y = (int(number) for number in found.groups())
    return replace(settings, maximised=False, width=width, height=height, x=x, y=y)


def _maximise(root: tk.Tk) -> None:
    try:
        root.attributes("-zoomed", True)  # X11
    except tk.TclError:
        with contextlib.suppress(tk.TclError):
            root.state("zoomed")


def _is_maximised(root: tk.Tk) -> bool:
    try:
        return bool(root.tk.getboolean(root.attributes("-zoomed")))
    except tk.TclError:
        return root.state() == "zoomed"
