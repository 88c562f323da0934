"""What the drawing thread does: turn a plot into pixels.

Matplotlib draws into memory here, and the window only shows the picture: drawing in Tk's own
thread would freeze every click for as long as it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from lib.events import Epoch
from lib.gui.told import Heard
from lib.progress import Progress

if TYPE_CHECKING:  # matplotlib is the slowest of all to import
    from matplotlib.figure import Figure

    from lib.explanation import Explanation
    from lib.library import Total
    from lib.plots import Theme as PlotTheme

Span = tuple[float, float]
"""Where a stretch of a song begins and ends, in seconds."""

LOW = 2.2  # inches; below it a plot has no room for the names of its axes
LOW_WHY = 2.4  # inches; below it the picture of why leaves some of it to “In words”


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


def draw(heard: Heard, request: Request, progress: Progress) -> Picture:
    """Draw one plot of a song.

    Parameters
    ----------
    heard : Heard
        The song.
    request : Request
        Which plot, and how large.
    progress : Progress
        Raises `~lib.errors.Cancelled` when another picture is wanted by now.

    Returns
    -------
    Picture
    """
    from lib import plots

    def make(theme: PlotTheme) -> Figure:
        return plots.song_plot(
            request.plot, heard.overview, theme,
            prediction=heard.prediction, span=request.span, low=request.height < LOW * request.dpi,
        )  # fmt: skip

    return _picture(request, progress, make, boxes=_boxes)


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


def draw_curves(epochs: Sequence[Epoch], request: Request, progress: Progress) -> Picture:
    """Draw the learning curves of a training that runs.

    Parameters
    ----------
    epochs : sequence of Epoch
        Of one fit, at least one.
    request : Request
        How large; its plot's name says how many epochs there are.
    progress : Progress
        Raises `~lib.errors.Cancelled` when another picture is wanted by now.

    Returns
    -------
    Picture
    """
    import pandas as pd

    from lib.plots.training import learning_curves

    table = pd.DataFrame([asdict(epoch) for epoch in epochs])
    return _picture(request, progress, lambda theme: learning_curves(table, theme))


def draw_totals(totals: Sequence[Total], request: Request, progress: Progress) -> Picture:
    """Draw a library by genre.

    Parameters
    ----------
    totals : sequence of Total
        At least one.
    request : Request
        How large; its plot's name tells these totals from others.
    progress : Progress
        Raises `~lib.errors.Cancelled` when another picture is wanted by now.

    Returns
    -------
    Picture
    """
    from lib.plots.library import genre_totals

    return _picture(request, progress, lambda theme: genre_totals(totals, theme))


def draw_why(heard: Heard, why: Explanation, request: Request, progress: Progress) -> Picture:
    """Draw why a song was given its genre.

    Parameters
    ----------
    heard : Heard
        The song.
    why : Explanation
        Of the same song.
    request : Request
        How large.
    progress : Progress
        Raises `~lib.errors.Cancelled` when another picture is wanted by now.

    Returns
    -------
    Picture
    """
    from lib.plots.why import why as plot

    low = request.height < LOW_WHY * request.dpi
    return _picture(request, progress, lambda theme: plot(heard.prediction, why, theme, low=low))


def _picture(
    request: Request,
    progress: Progress,
    make: Callable[[PlotTheme], Figure],
    *,
    boxes: Callable[[Figure, Request], tuple[Box, ...]] = lambda _figure, _request: (),
) -> Picture:
    """Draw a figure in the theme that is asked for, while no other is drawn."""
    from lib import plots

    with plots.DRAWING:
        progress("Drawing", None)  # while this one waited, the window may have been resized on
        figure = make({"light": plots.LIGHT, "dark": plots.DARK}[request.theme])
        progress("Drawing", None)
        return Picture(request, rasterise(figure, request), boxes(figure, request))


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
