"""What ttk is told of the window's look: the styles that sv-ttk lacks, and paddings by density."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from tkinter import ttk

from lib.gui.palette import Palette

# The type scale, as multiples of the platform's own size for text.
SIZES = {
    "Caption": (0.9, "normal"),
    "Body": (1.0, "normal"),
    "Strong": (1.0, "bold"),
    "Large": (1.35, "normal"),
    "Title": (1.7, "bold"),
    "Display": (4.0, "bold"),
}


def font_name(role: str) -> str:
    """Return the name of the font for a role in the type scale."""
    return f"Earmark{role}"


class Styles:
    """Sets the styles of a window.

    Parameters
    ----------
    root : tk.Tk
        The window, with its fonts and the theme of sv-ttk.
    colours : Palette
    px : callable
        Turns pixels of a usual screen into this one's.
    """

    def __init__(self, root: tk.Tk, colours: Palette, px: Callable[[float], int]) -> None:
        self._style = ttk.Style(root)
        self._colours = colours
        self._px = px

    def set(self) -> None:
        """Set them all."""
        self._set_usual()
        self._set_labels()
        self._set_buttons()
        self._set_fields()
        self._set_tables()
        self._set_rows()

    def _set_usual(self) -> None:
        """Set what all widgets begin with."""
        colours = self._colours
        self._style.configure(
            ".",
            background=colours.background,
            foreground=colours.text,
            fieldbackground=colours.background,
            troughcolor=colours.background,
            focuscolor=colours.accent,
            selectbackground=colours.selection,
            selectforeground=colours.text,
            insertcolor=colours.text,
            insertwidth=1,
            borderwidth=0,
            relief="flat",
            font=font_name("Body"),
        )

    def _set_labels(self) -> None:
        colours = self._colours
        for role in SIZES:
            self._label(role, role, colours.text)
            self._label(f"Muted{role}", role, colours.muted)
        for role in ("Strong", "Caption"):
            self._label(f"Trouble{role}", role, colours.trouble)
        self._label("Trouble", "Title", colours.trouble)
        self._label("Accent", "Display", colours.accent)

    def _label(self, name: str, role: str, colour: str) -> None:
        self._style.configure(f"{name}.TLabel", font=font_name(role), foreground=colour)

    def _set_buttons(self) -> None:
        style, colours, px = self._style, self._colours, self._px
        for button in ("TButton", "Accent.TButton", "Toolbutton", "Switch.Toolbutton"):
            style.configure(button, padding=(px(12), px(4)))
        # The tab's own picture has 16 pixels to each side, however dense the screen is.
        style.configure("TNotebook.Tab", padding=(px(18) - 16, px(12) - 10))
        caption = font_name("Caption")
        style.configure(
            "Link.Toolbutton", font=caption, foreground=colours.accent, padding=(0, px(1))
        )
        style.configure("Quiet.Toolbutton", foreground=colours.accent, padding=(0, px(2)))
        style.map("Switch.Toolbutton", foreground=[("!selected", colours.muted)])
        style.configure("Small.Toolbutton", font=caption, foreground=colours.muted)

    def _set_fields(self) -> None:
        style, colours = self._style, self._colours
        style.configure("TEntry", padding=(self._px(8), self._px(4)))
        style.configure(
            "Placeholder.TLabel",
            font=font_name("Body"), foreground=colours.muted, background=colours.field,
        )  # fmt: skip
        style.map(
            "Placeholder.TLabel",
            background=[("focus", colours.field_focus), ("active", colours.field_hover)],
        )

    def _set_tables(self) -> None:
        style, colours, px = self._style, self._colours, self._px
        style.configure("Treeview", rowheight=px(30), font=font_name("Body"))
        side = px(10)
        style.configure("Cell", padding=(side, 0))
        style.configure(
            "Heading",
            font=font_name("Caption"), foreground=colours.muted, padding=(side, px(3)),
        )  # fmt: skip
        style.map(
            "Treeview",
            background=[("selected", colours.selected)],
            foreground=[("selected", colours.text)],
        )

    def _set_rows(self) -> None:
        """Set the rows of a search's results."""
        style, colours = self._style, self._colours
        states = [("focus", colours.selected), ("active", colours.surface)]
        style.configure("Row.TFrame", background=colours.background)
        style.map("Row.TFrame", background=states)
        fonts = {"": "Body", "Title": "Strong", "Muted": "Body", "Count": "Large"}
        for part, font in fonts.items():
            colour = colours.muted if part in {"Muted", "Count"} else colours.text
            self._label(f"Row{part}", font, colour)
            style.map(f"Row{part}.TLabel", background=states)
