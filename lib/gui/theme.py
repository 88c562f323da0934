"""The window's look: colours, the scale of letters, sizes that grow with the screen's density."""

from __future__ import annotations

import contextlib
import sys
import tkinter as tk
from dataclasses import dataclass
from tkinter import font as tkfont
from tkinter import ttk

import sv_ttk

from lib.gui.settings import THEMES

# The pixels an inch at which nothing is enlarged.
USUAL_DPI = 96.0
MAC_DPI = 72.0
THICKNESS = 6  # of the progress bar, in pixels of a usual screen


@dataclass(frozen=True)
class Palette:
    """The colours of a theme.

    Background, text, muted, line and accent are those of `lib.plots.theme`, which can't be imported
    here (matplotlib would come with it); a test holds the two together.

    Parameters
    ----------
    background, text, muted, line, accent : str
        As in `lib.plots.theme.Theme`.
    trouble : str
        For what went wrong.
    surface : str
        Behind a group of things.
    bar : str
        Of a probability that is not the greatest.
    selection : str
        Behind selected text.
    selected : str
        Behind the row of a list that has the focus.
    field, field_hover, field_focus : str
        Inside an entry line, as sv-ttk's pictures have it in these states.
    """

    background: str
    text: str
    muted: str
    line: str
    accent: str
    trouble: str
    surface: str
    bar: str
    selection: str
    selected: str
    field: str
    field_hover: str
    field_focus: str


PALETTES = {
    "light": Palette(
        background="#fafafa", text="#1c1c1c", muted="#5c5c5c", line="#d4d4d4", accent="#005fb8",
        trouble="#b3261e", surface="#efefef", bar="#a9b4c0", selection="#b5d5f2",
        selected="#dbeafb",
        field="#fdfdfd", field_hover="#f9f9f9", field_focus="#ffffff",
    ),
    "dark": Palette(
        background="#1c1c1c", text="#fafafa", muted="#b0b0b0", line="#444444", accent="#57c8ff",
        trouble="#ff9c8f", surface="#2a2a2a", bar="#5b6570", selection="#2f60d8",
        selected="#24405c",
        field="#292929", field_hover="#2f2f2f", field_focus="#1c1c1c",
    ),
}  # fmt: skip

# The type scale, as multiples of the platform's own size for text.
SIZES = {
    "Caption": (0.9, "normal"),
    "Body": (1.0, "normal"),
    "Strong": (1.0, "bold"),
    "Large": (1.35, "normal"),
    "Title": (1.7, "bold"),
    "Display": (4.0, "bold"),
}


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
        self._make_fonts()

    @property
    def palette(self) -> Palette:
        """The colours in use."""
        return PALETTES[self.name]

    def px(self, length: float) -> int:
        """Return a length in this screen's pixels, given in pixels of a usual screen."""
        return round(length * self.scale)

    def font(self, role: str) -> str:
        """Return the name of the font for a role in the type scale."""
        return f"Earmark{role}"

    def use(self, name: str) -> None:
        """Take on the theme of that name."""
        self.name = name if name in THEMES else THEMES[0]
        sv_ttk.set_theme(self.name, self._root)
        # When its theme changes, sv-ttk would call tk_setPalette, which gives every widget the one
        # colour for text that it knows: muted text could not be.
        self._root.tk.eval("proc configure_colors {} {}")
        self._fit_fonts()
        self._style()

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

    def _style(self) -> None:
        """Set the styles that sv-ttk lacks, and paddings by the screen's density."""
        style = ttk.Style(self._root)
        colours = self.palette
        style.configure(
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
            font=self.font("Body"),
        )
        self._root.configure(background=colours.background)
        with contextlib.suppress(tk.TclError):  # another sv-ttk may keep its pictures elsewhere
            self._thicken_progress()
        for role in SIZES:
            style.configure(f"{role}.TLabel", font=self.font(role), foreground=colours.text)
            style.configure(f"Muted{role}.TLabel", font=self.font(role), foreground=colours.muted)
        style.configure(
            "TroubleStrong.TLabel", font=self.font("Strong"), foreground=colours.trouble
        )
        style.configure(
            "TroubleCaption.TLabel", font=self.font("Caption"), foreground=colours.trouble
        )
        style.configure("Trouble.TLabel", font=self.font("Title"), foreground=colours.trouble)
        style.configure("Accent.TLabel", font=self.font("Display"), foreground=colours.accent)
        for button in ("TButton", "Accent.TButton", "Toolbutton", "Switch.Toolbutton"):
            style.configure(button, padding=(self.px(12), self.px(4)))
        style.configure("TEntry", padding=(self.px(8), self.px(4)))
        # The tab's own picture has 16 pixels to each side, however dense the screen is.
        side = self.px(18) - 16
        style.configure("TNotebook.Tab", padding=(side, self.px(12) - 10))
        style.configure(
            "Placeholder.TLabel",
            font=self.font("Body"), foreground=colours.muted, background=colours.field,
        )  # fmt: skip
        style.map(
            "Placeholder.TLabel",
            background=[("focus", colours.field_focus), ("active", colours.field_hover)],
        )
        style.configure(
            "Link.Toolbutton",
            font=self.font("Caption"), foreground=colours.accent, padding=(0, self.px(1)),
        )  # fmt: skip
        style.configure("Quiet.Toolbutton", foreground=colours.accent, padding=(0, self.px(2)))
        style.map("Switch.Toolbutton", foreground=[("!selected", colours.muted)])
        self._style_lists(style)
        style.configure("Small.Toolbutton", font=self.font("Caption"), foreground=colours.muted)

    def _style_lists(self, style: ttk.Style) -> None:
        """Set the styles of tables, and of the rows of a search's results."""
        colours = self.palette
        style.configure("Treeview", rowheight=self.px(30), font=self.font("Body"))
        side = self.px(10)
        style.configure("Cell", padding=(side, 0))
        style.configure(
            "Heading",
            font=self.font("Caption"), foreground=colours.muted, padding=(side, self.px(3)),
        )  # fmt: skip
        style.map(
            "Treeview",
            background=[("selected", colours.selected)],
            foreground=[("selected", colours.text)],
        )
        states = [("focus", colours.selected), ("active", colours.surface)]
        fonts = {"": "Body", "Title": "Strong", "Muted": "Body", "Count": "Large"}
        style.configure("Row.TFrame", background=colours.background)
        style.map("Row.TFrame", background=states)
        for part, font in fonts.items():
            name = f"Row{part}.TLabel"
            colour = colours.muted if part in {"Muted", "Count"} else colours.text
            style.configure(name, font=self.font(font), foreground=colour)
            style.map(name, background=states)

    def _thicken_progress(self) -> None:
        """Thicken the progress bar for a dense screen: sv-ttk has it as a picture."""
        tk_call = self._root.tk.call
        for part in ("trough", "bar"):
            variable = f"ttk::theme::sv_{self.name}::I(progressbar-{part}-hor)"
            image = self._root.tk.globalgetvar(variable)  # type: ignore[no-untyped-call]
            height = self.px(THICKNESS)
            old = int(tk_call("image", "height", image))
            if old < height:
                copy = tk_call("image", "create", "photo")
                tk_call(copy, "copy", image)
                tk_call(image, "configure", "-height", height)
                tk_call(image, "copy", copy, "-zoom", 1, -(-height // old), "-to", 0, 0,
                        int(tk_call("image", "width", image)), height)  # fmt: skip
                tk_call("image", "delete", copy)


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
