"""What the drawing thread does: turn a plot into pixels.

Matplotlib draws into memory here, and the window only shows the picture: drawing in Tk's own
thread would freeze every click for as long as it takes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.gui.figures import Make, Span
from lib.progress import Progress

if TYPE_CHECKING:  # matplotlib is the slowest of all to import
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Request:
    """A picture that is wanted.

    Parameters
    ----------
    plot : str
        One of `PLOTS`.
    theme : str
        ``"light"`` or ``"dark"``.
    width, height : int
        In pixels.
    dpi : float
        Pixels an inch; letters grow with it.
    span : (float, float) or None
        The stretch of the song to show, in seconds; None for all of it.
    """

    plot: str
    theme: str
    width: int
    height: int
    dpi: float
    span: Span | None = None


@dataclass(frozen=True)
class Box:
    """Where in a picture time runs from left to right, in pixels from its upper left corner."""

    left: int
    top: int
    right: int
    bottom: int

    @property
    def width(self) -> int:
        """In pixels."""
        return self.right - self.left

    def holds(self, x: int, y: int) -> bool:
        """Tell whether a pixel lies within."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


@dataclass(frozen=True)
class Picture:
    """A plot as pixels.

    Parameters
    ----------
    request : Request
        What it is a picture of.
    data : bytes
        A binary PPM, the one format that Tk reads without decompressing.
    boxes : tuple of Box
        Where time runs in it.
    """

    request: Request
    data: bytes
    boxes: tuple[Box, ...] = ()


# What stands on the tabs, and the functions of `lib.plots` behind them.
PLOTS = {
    "waveform": "Waveform",
    "mel_spectrogram": "Mel spectrogram",
    "mfcc": "MFCC",
    "chromagram": "Chromagram",
    "tempogram": "Tempogram",
}


def warm_up(progress: Progress) -> None:
    """Import what drawing needs, so that the first plot is not the slow one."""
    progress("Getting ready to draw", None)
    import matplotlib.backends.backend_agg  # noqa: F401

    progress("Getting ready to draw", None)
    import lib.plots  # noqa: F401


def draw(make: Make, request: Request, progress: Progress, *, boxes: bool = False) -> Picture:
    """Draw a plot in the theme that is asked for, while no other is drawn.

    Parameters
    ----------
    make : callable
        Makes its figure: see `lib.gui.figures`.
    request : Request
        How large; its plot's name tells this picture from others.
    progress : Progress
        Raises `~lib.errors.Cancelled` when another picture is wanted by now.
    boxes : bool
        Whether time runs in it, and it is to be known where.

    Returns
    -------
    Picture
    """
    from lib import plots

    with plots.DRAWING:
        progress("Drawing", None)  # while this one waited, the window may have been resized on
        figure = make({"light": plots.LIGHT, "dark": plots.DARK}[request.theme])
        progress("Drawing", None)
        pixels = rasterise(figure, request)
        return Picture(request, pixels, _boxes(figure, request) if boxes else ())


def stretched(picture: Picture, drawn: Span, wanted: Span) -> bytes:
    """Show another stretch of a song by pulling the picture that is there, which takes no time.

    Parameters
    ----------
    picture : Picture
    drawn, wanted : (float, float)
        What it shows and what it is to show, in seconds.

    Returns
    -------
    bytes
        A binary PPM of the same size; what was not drawn shows as background.
    """
    import numpy as np

    width, height = picture.request.width, picture.request.height
    pixels = np.frombuffer(picture.data[-width * height * 3 :], np.uint8)
    pixels = pixels.reshape(height, width, 3).copy()
    background = pixels[0, 0].copy()
    for box in picture.boxes:
        part = pixels[box.top : box.bottom, box.left : box.right].copy()
        share = (np.arange(box.width) + 0.5) / box.width
        seconds = wanted[0] + share * (wanted[1] - wanted[0])
        column = ((seconds - drawn[0]) / (drawn[1] - drawn[0]) * box.width).astype(int)
        part = part[:, np.clip(column, 0, box.width - 1)]
        part[:, (seconds < drawn[0]) | (seconds > drawn[1])] = background
        pixels[box.top : box.bottom, box.left : box.right] = part
    return _ppm(width, height, pixels.tobytes())


def rasterise(figure: Figure, request: Request) -> bytes:
    """Return a figure as a binary PPM of the size that is asked for."""
    import numpy as np
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_dpi(request.dpi)
    figure.set_size_inches(request.width / request.dpi, request.height / request.dpi)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()  # type: ignore[no-untyped-call]
    pixels = np.asarray(canvas.buffer_rgba())[:, :, :3]  # type: ignore[no-untyped-call]
    height, width = pixels.shape[:2]
    return _ppm(width, height, pixels.tobytes())


def _boxes(figure: Figure, request: Request) -> tuple[Box, ...]:
    """Return where the axes of a figure that is drawn have the song's time."""
    from lib.plots.timeline import ClockLocator

    found = []
    for axes in figure.axes:
        if isinstance(axes.xaxis.get_major_locator(), ClockLocator):
            left, bottom, right, top = map(round, axes.bbox.extents)
            found.append(Box(left, request.height - top, right, request.height - bottom))
    return tuple(found)


def _ppm(width: int, height: int, pixels: bytes) -> bytes:
    return b"P6 %d %d 255\n" % (width, height) + pixels
