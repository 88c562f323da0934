"""The window's icon: the picture of a sound, drawn rather than stored."""

from __future__ import annotations

import tkinter as tk

from lib.gui.palette import PALETTES

SIZE = 48  # pixels
BARS = (10, 22, 36, 18, 28, 12)  # heights in pixels


def set_icon(root: tk.Tk) -> None:
    """Give a window its icon."""
    icon = tk.PhotoImage(master=root, width=SIZE, height=SIZE)
    icon.put(PALETTES["light"].accent, to=(0, 0, SIZE, SIZE))
    for index, height in enumerate(BARS):
        x, top = 5 + 7 * index, (SIZE - height) // 2
        icon.put("#ffffff", to=(x, top, x + 4, top + height))
    root.iconphoto(True, icon)
