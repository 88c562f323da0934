"""The window's look: its theme, the fonts, sizes that grow with the screen's density."""

from __future__ import annotations

import tkinter as tk
from tkinter import font as tkfont

import sv_ttk

from lib.gui.density import MAC_DPI, USUAL_DPI, screen_dpi
from lib.gui.palette import PALETTES, Palette
from lib.gui.pictures import Pictures
from lib.gui.settings import THEMES
from lib.gui.styles import SIZES, Styles, font_name

THICKNESS = 6  # of the progress bar, in pixels of a usual screen


class Theme:
    """Gives a window its look, and widgets their colours, fonts and pixels.

    Parameters
    ----------
    root : tk.Tk
        The window, before any widget is in it.

    Attributes
    ----------
    name : str
        ``"light"`` or ``"dark"``.
    scale : float
        How much larger things are drawn than on a usual screen.
    """

    def __init__(self, root: tk.Tk) -> None:
        self.name = THEMES[0]
        self._root = root
        dpi = screen_dpi(root)
        mac = root.tk.call("tk", "windowingsystem") == "aqua"
        self.scale = dpi / (MAC_DPI if mac else USUAL_DPI)
        root.tk.call("tk", "scaling", dpi / 72)
        self._styled: set[str] = set()
        self._make_fonts()
        self._pictures = Pictures(root)
        # When its theme changes, sv-ttk would call tk_setPalette, which gives every widget the one
        # colour for text that it knows: muted text could not be.
        root.tk.eval("proc configure_colors {} {}")
        self._fit_fonts()
        root.bind_class("ComboboxListbox", "<Map>", self._colour_list, add=True)

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return PALETTES[self.name]

    def px(self, length: float) -> int:
        """Return a length in this screen's pixels, given in pixels of a usual screen."""
        return round(length * self.scale)

    def font(self, role: str) -> str:
        """Return the name of the font for a role in the type scale."""
        return font_name(role)

    def use(self, name: str) -> None:
        """Take on the theme of that name."""
        self.name = name if name in THEMES else THEMES[0]
        self._root.configure(background=self.palette.background)
        new = self.name not in self._styled
        if new:
            self._pictures.prepare(self.name, self.px(THICKNESS))
        sv_ttk.set_theme(self.name, self._root)
        if new:  # a style belongs to the theme that was in use when it was set
            self._styled.add(self.name)
            Styles(self._root, self.palette, self.px).set()

    def _make_fonts(self) -> None:
        """Make the fonts of the type scale out of the platform's own text font."""
        own = tkfont.nametofont("TkDefaultFont", root=self._root).actual()
        fixed = tkfont.nametofont("TkFixedFont", root=self._root).actual("family")
        self._root.tk.call(
            "font", "create", self.font("Fixed"), "-family", fixed, "-size", own["size"]
        )
        for role, (ratio, weight) in SIZES.items():
            self._root.tk.call(
                "font", "create", self.font(role),
                "-family", own["family"], "-size", round(own["size"] * ratio), "-weight", weight,
            )  # fmt: skip

    def _fit_fonts(self) -> None:
        """Make sv-ttk's fonts ours: its own are Windows', and tiny on a dense screen."""
        pairs = {"Caption": "Caption", "Body": "Body", "BodyStrong": "Strong", "BodyLarge": "Large"}
        for theirs, ours in pairs.items():
            values = tkfont.nametofont(self.font(ours), root=self._root).actual()
            self._root.tk.call(
                "font", "configure", f"SunValley{theirs}Font",
                "-family", values["family"], "-size", values["size"], "-weight", values["weight"],
            )  # fmt: skip

    def _colour_list(self, event: tk.Event[tk.Misc]) -> None:
        """Colour a drop-down list when it opens: it is no widget of ttk, and knows no styles."""
        colours = self.palette
        self._root.tk.call(
            str(event.widget), "configure", "-borderwidth", 0, "-font", self.font("Body"),
            "-background", colours.field, "-foreground", colours.text,
            "-selectbackground", colours.selection, "-selectforeground", colours.text,
            "-highlightbackground", colours.line, "-highlightcolor", colours.line,
        )  # fmt: skip
