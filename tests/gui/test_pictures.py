"""What widgets are painted with: as sv-ttk means it, in larger pieces."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from contextlib import contextmanager
from tkinter import ttk

import pytest
import sv_ttk

from lib.gui.pictures import LARGE, LEAST, LEAST_OF_LARGE, Pictures

THEMES = ("light", "dark")


@contextmanager
def window() -> Iterator[tk.Tk]:
    root = tk.Tk()
    try:
        yield root
    finally:
        root.destroy()


def sizes(root: tk.Tk) -> list[tuple[int, int]]:
    """Return the room that widgets of every kind ask for."""
    widgets: list[tk.Widget] = [
        ttk.Button(root),
        ttk.Button(root, text="Press", style="Accent.TButton"),
        ttk.Button(root, text="Press", style="Toolbutton"),
        ttk.Entry(root),
        ttk.Combobox(root),
        ttk.Checkbutton(root, text="On"),
        ttk.Progressbar(root),
        ttk.Treeview(root, columns=("a",), show="headings"),
    ]
    tabs = ttk.Notebook(root)
    tabs.add(ttk.Frame(tabs), text="Tab")
    return [(widget.winfo_reqwidth(), widget.winfo_reqheight()) for widget in (*widgets, tabs)]


def picture(root: tk.Tk, theme: str, name: str) -> str:
    return root.tk.eval(f"set ttk::theme::sv_{theme}::I({name})")


def row(root: tk.Tk, image: str, y: int) -> list[str]:
    width = int(root.tk.call("image", "width", image))
    return [str(root.tk.call(image, "get", x, y)) for x in range(width)]


@pytest.mark.parametrize("theme", THEMES)
def test_widgets_ask_for_the_room_that_sv_ttk_gives_them(display: str, theme: str) -> None:
    with window() as plain:
        sv_ttk.set_theme(theme, plain)
        expected = sizes(plain)
    with window() as root:
        pictures = Pictures(root)
        pictures.prepare(theme, 5)
        sv_ttk.set_theme(theme, root)
        assert sizes(root) == expected


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize(
    ("name", "border"), [("button-rest", 5), ("empty", 4), ("card", 10), ("heading-hover", 5)]
)
def test_a_picture_repeats_its_middle_between_its_borders(
    display: str, theme: str, name: str, border: int
) -> None:
    with window() as root:
        pictures = Pictures(root)
        image = picture(root, theme, name)
        before = row(root, image, border)
        pictures.prepare(theme, 5)
        after = row(root, image, border)
        wide, high = LEAST if len(before) < LARGE else LEAST_OF_LARGE
        assert len(after) >= wide
        assert int(root.tk.call("image", "height", image)) >= high
        middle = before[border:-border]
        times = (len(after) - 2 * border) // len(middle)
        assert after == before[:border] + times * middle + before[-border:]


def test_progress_bars_are_as_thick_as_is_asked_for(display: str) -> None:
    with window() as root:
        pictures = Pictures(root)
        for _ in range(2):
            pictures.prepare("light", 12)
            for part in ("trough", "bar"):
                image = picture(root, "light", f"progressbar-{part}-hor")
                assert int(root.tk.call("image", "height", image)) == 12


def test_ttk_is_left_as_it_was(display: str) -> None:
    with window() as root:
        Pictures(root)
        left = root.tk.splitlist(root.tk.eval("info commands ::ttk::*style*"))
        assert left == ("::ttk::style",)
        ttk.Style(root).element_create("Own.field", "from", "default", "Entry.field")
