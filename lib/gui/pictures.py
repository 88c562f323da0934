"""The pictures that sv-ttk paints its widgets with, made large and thick enough.

Tk fills a surface with copies of a picture's middle, and sends each copy to the screen by itself.
Middles of two to thirty pixels, as sv-ttk has them, make ten thousand copies when the window
changes its look, most of them of a picture in which nothing can be seen.
"""

from __future__ import annotations

import contextlib
import tkinter as tk
from collections.abc import Iterator

import sv_ttk

# What a picture measures at least, once it is enlarged: as much as a button, or, where it was
# that many pixels wide already, as a good part of a page.
LEAST = (96, 32)
LARGE, LEAST_OF_LARGE = 40, (320, 160)
# A border of fewer pixels is that of a bar, which grows in one direction only.
_BORDER = 4
# Commands of Tcl, for the moment.
_ASIDE, _NOTE = "::ttk::style_of_tk", "::ttk::note_style"


class Pictures:
    """Loads the themes of sv-ttk, whose widgets look as ever, but take a fifth of the time.

    Parameters
    ----------
    root : tk.Tk
        A window that knows nothing of sv-ttk yet.
    """

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._borders: dict[str, dict[str, int]] = {}
        with _noting(root, self._borders):
            sv_ttk.get_theme(root)  # which loads them

    def prepare(self, theme: str, bar: int) -> None:
        """Make the pictures of a theme ready for use.

        Parameters
        ----------
        theme : str
            ``"light"`` or ``"dark"``.
        bar : int
            The height of a progress bar, in pixels.
        """
        for name, border in self._borders.pop(f"sun-valley-{theme}", {}).items():
            _enlarge(self._root, name, border)
        with contextlib.suppress(tk.TclError):  # another sv-ttk may keep its pictures elsewhere
            _thicken_bars(self._root, theme, bar)


@contextlib.contextmanager
def _noting(root: tk.Tk, borders: dict[str, dict[str, int]]) -> Iterator[None]:
    """Note, by theme, the border of each picture that grows in both directions, while it is made.

    Elements get the size that they would have by their pictures as these are now.
    """
    theme: dict[str, int] = {}

    def note(*args: str) -> tuple[str, ...]:
        nonlocal theme
        if args[:2] == ("theme", "create"):
            theme = borders.setdefault(args[2], {})
        image = args[:2] == ("element", "create") and args[3] == "image"
        return _note(root, args[4], args[5:], theme) if image else ()

    root.tk.createcommand(_NOTE, note)
    # A proc, for a command of Python's would take the script's variables for global ones.
    root.tk.eval(
        f"rename ::ttk::style {_ASIDE}\n"
        f"proc ::ttk::style args {{uplevel 1 [list {_ASIDE} {{*}}$args {{*}}[{_NOTE} {{*}}$args]]}}"
    )
    try:
        yield
    finally:
        root.tk.eval(f"rename ::ttk::style {{}}\nrename {_ASIDE} ::ttk::style")
        root.tk.deletecommand(_NOTE)


def _note(
    root: tk.Tk, pictures: str, options: tuple[str, ...], borders: dict[str, int]
) -> tuple[str, ...]:
    """Note an element's pictures; return the options that it lacks to keep its size."""
    given = dict(zip(options[::2], options[1::2], strict=True))
    border = given.get("-border", "")
    if not border.isdecimal() or int(border) < _BORDER:
        return ()
    usual, *others = root.tk.splitlist(pictures)
    for name in (usual, *others[1::2]):
        borders[name] = max(borders.get(name, 0), int(border))
    sizes = {f"-{side}": str(root.tk.call("image", side, usual)) for side in ("width", "height")}
    return tuple(text for name in sizes if name not in given for text in (name, sizes[name]))


def _enlarge(root: tk.Tk, image: str, border: int) -> None:
    """Repeat the middle of a picture, as Tk would, until it is large enough."""
    width, height = _size(root, image)
    wide, high = LEAST if width < LARGE else LEAST_OF_LARGE
    across, down = _stretch(width, border, wide), _stretch(height, border, high)
    with _copy_of(root, image) as copy:
        root.tk.call(image, "configure", "-width", across[-1][-1], "-height", down[-1][-1])
        for left, right, new_left, new_right in across:
            for top, bottom, new_top, new_bottom in down:
                root.tk.call(
                    image, "copy", copy, "-from", left, top, right, bottom,
                    "-to", new_left, new_top, new_right, new_bottom, "-compositingrule", "set",
                )  # fmt: skip


def _stretch(length: int, border: int, least: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return where a side's border, middle and other border begin and end, before and after.

    Examples
    --------
    >>> _stretch(10, 4, 15)
    ((0, 4, 0, 4), (4, 6, 4, 12), (6, 10, 12, 16))
    """
    middle = length - 2 * border
    more = max(-(-(least - length) // middle), 0) * middle
    end = length - border
    return (0, border, 0, border), (border, end, border, end + more), (
        end, length, end + more, length + more
    )  # fmt: skip


def _thicken_bars(root: tk.Tk, theme: str, height: int) -> None:
    """Thicken the progress bars for a dense screen."""
    for part in ("trough", "bar"):
        image = root.tk.eval(f"set ttk::theme::sv_{theme}::I(progressbar-{part}-hor)")
        width, old = _size(root, image)
        if old < height:
            with _copy_of(root, image) as copy:
                root.tk.call(image, "configure", "-height", height)
                root.tk.call(
                    image, "copy", copy, "-zoom", 1, -(-height // old), "-to", 0, 0, width, height
                )


def _size(root: tk.Tk, image: str) -> tuple[int, int]:
    """Return a picture's width and height, in pixels."""
    return int(root.tk.call("image", "width", image)), int(root.tk.call("image", "height", image))


@contextlib.contextmanager
def _copy_of(root: tk.Tk, image: str) -> Iterator[str]:
    """Give a copy of a picture for as long as it is needed."""
    copy = str(root.tk.call("image", "create", "photo"))
    root.tk.call(copy, "copy", image)
    try:
        yield copy
    finally:
        root.tk.call("image", "delete", copy)
