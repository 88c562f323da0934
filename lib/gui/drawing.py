"""What the drawing thread does: turn a plot into pixels.

Matplotlib draws into memory here, and the window only shows the picture: drawing in Tk's own
thread would freeze every click for as long as it takes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from lib.events import Epoch
from lib.gui.told import Heard
from lib.progress import Progress

if TYPE_CHECKING:  # matplotlib is the slowest of all to import
    from matplotlib.figure import Figure

    from lib.explanation import Explanation

# Matplotlib shares caches of fonts and text between figures, and is not made for two threads.
_DRAWING = threading.Lock()


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
    """

    plot: str
    theme: str
    width: int
    height: int
    dpi: float


@dataclass(frozen=True)
class Picture:
    """A plot as pixels.

    Parameters
    ----------
    request : Request
        What it is a picture of.
    data : bytes
        A binary PPM, the one format that Tk reads without decompressing.
    """

    request: Request
    data: bytes


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
    with _DRAWING:
        progress("Drawing", None)  # while this one waited, the window may have been resized on
        from lib import plots

        theme = {"light": plots.LIGHT, "dark": plots.DARK}[request.theme]
        figure = getattr(plots, request.plot)(heard.overview, theme=theme)
        progress("Drawing", None)
        return Picture(request, rasterise(figure, request))


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
    with _DRAWING:
        progress("Drawing", None)
        import pandas as pd

        from lib import plots
        from lib.plots.training import learning_curves

        theme = {"light": plots.LIGHT, "dark": plots.DARK}[request.theme]
        figure = learning_curves(pd.DataFrame([asdict(epoch) for epoch in epochs]), theme)
        progress("Drawing", None)
        return Picture(request, rasterise(figure, request))


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
    with _DRAWING:
        progress("Drawing", None)
        from lib import plots
        from lib.plots.why import why as plot

        theme = {"light": plots.LIGHT, "dark": plots.DARK}[request.theme]
        low = request.height < LOW_WHY * request.dpi
        figure = plot(heard.prediction, why, theme, low=low)
        progress("Drawing", None)
        return Picture(request, rasterise(figure, request))


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
    return b"P6 %d %d 255\n" % (width, height) + pixels.tobytes()
