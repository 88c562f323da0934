"""How dense the screen is that a window opens on."""

from __future__ import annotations

import contextlib
import sys
import tkinter as tk

# The pixels an inch at which nothing is enlarged.
USUAL_DPI = 96.0
MAC_DPI = 72.0


def make_aware_of_density() -> None:
    """Ask Windows for real pixels; without it, it enlarges a small window into a blurred one."""
    if sys.platform == "win32":
        import ctypes

        with contextlib.suppress(AttributeError, OSError):  # older than Windows 8.1
            ctypes.windll.shcore.SetProcessDpiAwareness(1)


def screen_dpi(root: tk.Tk) -> float:
    """Return the density of a window's screen, in pixels an inch.

    On X11, desktops that enlarge everything say so in the resource ``Xft.dpi`` and leave the
    screen's own size as it is.  Tk reads a resource for a window of that class only.
    """
    if root.tk.call("tk", "windowingsystem") == "x11":
        probe = tk.Tk(className="Xft")
        stated = probe.option_get(  # type: ignore[no-untyped-call]
            "dpi", "Dpi"
        )
        probe.destroy()
        with contextlib.suppress(ValueError):
            return min(max(float(stated), 72.0), 480.0)
    return min(max(float(root.winfo_fpixels("1i")), 72.0), 480.0)
