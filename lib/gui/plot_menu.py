"""The menu of a plot, which the right mouse button opens."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from lib.gui.theme import Theme
from lib.gui.widgets import make_menu

SAVE = "<<SavePlot>>"
"""The event by which a plot asks the window to save what is shown."""


def menu_button(widget: tk.Misc) -> str:
    """Return Tk's name of the mouse button that opens menus."""
    return "<Button-2>" if widget.tk.call("tk", "windowingsystem") == "aqua" else "<Button-3>"


def offer_saving(widget: tk.Widget, theme: Theme, ready: Callable[[], bool]) -> None:
    """Give a plot a menu that saves it.

    Parameters
    ----------
    widget : tk.Widget
        Shows the plot.
    theme : Theme
    ready : callable
        Tells whether there is a plot to save.
    """
    made: list[tk.Menu] = []  # anew each time, for the theme may have changed

    def pop_up(event: tk.Event[tk.Misc]) -> None:
        if not ready():
            return
        if made:
            made.pop().destroy()
        menu = make_menu(widget, theme)
        made.append(menu)
        menu.add_command(label="Save this plot …", command=lambda: widget.event_generate(SAVE))
        menu.tk_popup(event.x_root, event.y_root)

    widget.bind(menu_button(widget), pop_up, add=True)


def song_menu(
    widget: tk.Widget,
    theme: Theme,
    *,
    play: Callable[[], None] | None,
    whole: Callable[[], None] | None,
    save: Callable[[], None],
    report: Callable[[], None],
) -> tk.Menu:
    """Make the menu of a song's plot; what is None can't be chosen."""
    menu = make_menu(widget, theme)
    for label, action in (("Play from here", play), ("Show the whole song", whole)):
        menu.add_command(
            label=label, command=action or "", state="normal" if action else "disabled"
        )
    menu.add_separator()
    menu.add_command(label="Save this plot …", command=save)
    menu.add_command(label="Write a report …", command=report)
    return menu
