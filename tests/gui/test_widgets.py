"""Hints: there when the pointer rests, and never over a menu."""

from __future__ import annotations

import tkinter as tk

from lib.gui.widgets import HINT_MILLISECONDS
from tests.gui.hands import Hands


def hints(widget: tk.Misc) -> list[tk.Misc]:
    return [child for child in widget.winfo_children() if isinstance(child, tk.Toplevel)]


def rest(hands: Hands, widget: tk.Misc) -> None:
    """Rest the pointer on a widget for as long as a hint takes to come."""
    came: list[bool] = []
    widget.event_generate("<Enter>")
    widget.after(HINT_MILLISECONDS + 100, lambda: came.append(True))
    hands.until(lambda: came)


def test_a_hint_gives_way_to_the_menu_and_does_not_come_over_it(hands: Hands) -> None:
    menu = hands.app.comfort.menu
    rest(hands, menu.button)
    assert len(hints(menu.button)) == 1
    hands.press("F10")
    assert menu.menu.winfo_ismapped()
    assert hints(menu.button) == []
    rest(hands, menu.button)  # as Tk says of the pointer when the menu takes it
    assert hints(menu.button) == []
    menu.menu.unpost()
    hands.until(lambda: not menu.menu.winfo_ismapped())
    rest(hands, menu.button)
    assert len(hints(menu.button)) == 1
    menu.button.event_generate("<ButtonPress-1>")
    assert hints(menu.button) == []
