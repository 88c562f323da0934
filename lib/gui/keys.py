"""Which key does what in the window."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from functools import partial

from lib.gui.comfort import Comfort
from lib.gui.hearing import MOST_RESULTS
from lib.gui.plot import STEP
from lib.gui.plot_tabs import TABS
from lib.gui.shortcuts import bind_idle_keys, bind_keys
from lib.gui.sides import Sides
from lib.gui.song_page import SongPage
from lib.gui.transport import SKIP


def bind_window(
    root: tk.Tk,
    own: Mapping[str, Callable[[], object]],
    *,
    page: SongPage,
    sides: Sides,
    comfort: Comfort,
) -> None:
    """Give the window its keys.

    Parameters
    ----------
    root : tk.Tk
        The window.
    own : mapping
        The keys of what belongs to none of its parts: see `lib.gui.shortcuts.bind_keys`.
    page : SongPage
        Its plots are turned, played and zoomed.
    sides : Sides
        Where the focus goes, and which tab is turned to.
    comfort : Comfort
        The menu and its sheets.
    """

    def escape() -> None:
        """Step back from whatever is in front."""
        if not comfort.put_away():
            sides.step_back()

    _select_all_by_letter(root)
    bind_keys(root, {
        **own,
        "Mod-l": sides.go,
        "Mod-r": page.tabs.read,
        "Escape": escape,
        "Control-Tab": partial(sides.turn_tab, 1),
        "Control-Shift-Tab": partial(sides.turn_tab, -1),
        "F1": comfort.keys.show,
        "F10": comfort.menu.open,
        "Mod-h": comfort.open_recent,
        "Mod-comma": comfort.show_preferences,
        "Mod-Shift-C": comfort.copy,
        "question": comfort.keys.show,
    })  # fmt: skip
    for number in range(len(TABS)):
        bind_keys(root, {f"Mod-Key-{number + 1}": partial(page.tabs.choose, number)})
    for number in range(MOST_RESULTS):
        bind_keys(root, {f"Key-{number + 1}": partial(sides.pick, number)})
    _bind_playing(root, page)


def _select_all_by_letter(root: tk.Tk) -> None:
    """Let Ctrl+A select all of a line, as elsewhere; on X11 Tk goes to its start, as Emacs does."""
    if root.tk.call("tk", "windowingsystem") == "x11":
        keys = ("<Control-Key-a>", "<Control-Lock-Key-A>")
        root.event_delete("<<LineStart>>", *keys)
        root.event_add("<<SelectAll>>", *keys)


def _bind_playing(root: tk.Tk, page: SongPage) -> None:
    """Bind the keys that play a song and move along it."""
    transport, tabs = page.transport, page.tabs
    bind_idle_keys(
        root,
        {
            "space": transport.toggle,
            "Left": partial(transport.skip, -SKIP),
            "Right": partial(transport.skip, SKIP),
            "Shift-Left": partial(tabs.turn_page, -1),
            "Shift-Right": partial(tabs.turn_page, 1),
            "plus": partial(transport.zoom, STEP),
            "equal": partial(transport.zoom, STEP),
            "minus": partial(transport.zoom, 1 / STEP),
            "Key-0": tabs.whole,
        },
        over=tabs,  # Left and Right would turn them, which Ctrl+Tab does as well
    )
