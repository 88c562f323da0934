"""The bare widget of a table, with its columns and its scroll bar."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from dataclasses import dataclass
from tkinter import ttk
from typing import Literal

from lib.gui.theme import Theme


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    heading : str
    width : int
        In pixels of a usual screen.
    anchor : {"w", "e"}
        Where its text stands.
    stretch : bool
        Whether it takes the room that is left.
    """

    heading: str
    width: int
    anchor: Literal["w", "e"] = "w"
    stretch: bool = False


def make_tree(
    parent: tk.Misc,
    theme: Theme,
    columns: Mapping[str, Column],
    *,
    several: bool = False,
    rows: int = 1,
    least: int = 60,
) -> tuple[ttk.Treeview, ttk.Scrollbar]:
    """Make the bare widget of a table, and its scroll bar that is there only where it is needed.

    Parameters
    ----------
    parent : tk.Misc
    theme : Theme
    columns : mapping of str to Column
        By the name that the widget knows them by.
    several : bool
        Whether more than one row can be chosen at a time.
    rows : int
        How many it asks room for.
    least : int
        The width that a column keeps at least, in pixels of a usual screen.

    Returns
    -------
    tree, scroll : ttk.Treeview, ttk.Scrollbar
        To be put into the parent's grid.
    """
    tree = ttk.Treeview(
        parent, columns=tuple(columns), show="headings",
        selectmode="extended" if several else "browse", height=rows,
    )  # fmt: skip
    for name, column in columns.items():
        tree.heading(name, text=column.heading, anchor=column.anchor)
        tree.column(
            name, width=theme.px(column.width), minwidth=theme.px(least),
            stretch=column.stretch, anchor=column.anchor,
        )  # fmt: skip
    scroll = ttk.Scrollbar(parent, command=tree.yview)

    def follow(first: float, last: float) -> None:
        scroll.set(first, last)
        if float(first) <= 0 and float(last) >= 1:
            scroll.grid_remove()
        else:
            scroll.grid()

    tree.configure(yscrollcommand=follow)
    return tree, scroll
