"""The genre over time: a ribbon in which every genre is as tall as it is likely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.backend_bases import RendererBase
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Patch
from matplotlib.text import Text
from numpy.typing import NDArray

from lib.plots.theme import Theme, contrast
from lib.plots.timeline import COLUMNS, Span
from lib.plots.words import face, plain
from lib.prediction import Prediction

GENRE_COLOURS = (
    "#1e517d", "#e1ce6f", "#7d3f33", "#a96cd5", "#ff8107",
    "#3a8d8e", "#d83d1a", "#d1a4e8", "#69c19a", "#7333db",
)  # fmt: skip
"""One for each genre in the order of their names, then over again.  Found by search: the least
distance between any two in OKLab is as large as it gets for people who lack any one kind of cone
(as Machado, Oliveira and Fernandes simulate them, 2009), on light and dark backgrounds alike."""

OTHERS = "others"
_MOST = 6  # genres that have a colour of their own in one song; the rest would be slivers
_LEAST = 0.12  # what a genre reaches in some stretch to be among them
# What is finer than this share of the picture's width flickers: a window of three hours is a pixel.
_SMOOTHING = 1 / 120
_FAINT = 0.62  # how much of the background lies over an unsure stretch
_TEXT = 8.5  # points


@dataclass(frozen=True, eq=False)
class Ribbon:
    """Genres over time, brought to what a screen can show.

    Parameters
    ----------
    times : np.ndarray [shape=(n,)]
        In seconds.
    genres : tuple of str
        Those shown, the song's likeliest first; `OTHERS` last, where there are any.
    shares : np.ndarray [shape=(g, n)]
        Their probabilities; each column sums to 1.
    unsure : np.ndarray [shape=(n,)]
        How much of what is heard around each moment is unsure, 0 to 1.
    """

    times: NDArray[np.float64]
    genres: tuple[str, ...]
    shares: NDArray[np.float64]
    unsure: NDArray[np.float64]


def genre_colours(genres: Sequence[str], theme: Theme) -> dict[str, str]:
    """Return the colour of each of a model's genres, the same in every picture and theme.

    Parameters
    ----------
    genres : sequence of str
        All that the model can name.
    theme : Theme
        Gives the rest its grey.

    Examples
    --------
    >>> from lib.plots import LIGHT
    >>> genre_colours(["rock", "blues"], LIGHT)["blues"]
    '#1e517d'
    """
    colours = {
        genre: GENRE_COLOURS[place % len(GENRE_COLOURS)]
        for place, genre in enumerate(sorted(genres))
    }
    return {**colours, OTHERS: theme.line}


def genres_over_time(
    prediction: Prediction, *, span: Span | None = None, columns: int = COLUMNS
) -> Ribbon:
    """Compute how likely each genre is at every moment.

    Between the middles of two windows the probabilities change evenly from the one's to the
    other's.  A long song is averaged over what is too fine to see.

    Parameters
    ----------
    prediction : Prediction
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.
    columns : int
        How many moments.
    """
    windows = prediction.windows
    first, last = span or (windows[0].start, windows[-1].end)
    ranked = list(prediction.probabilities)
    heard = np.array([[window.probabilities[genre] for genre in ranked] for window in windows])
    reached = heard.max(axis=0)
    shown = [genre for genre, most in zip(ranked, reached, strict=True) if most >= _LEAST][:_MOST]
    keep = [ranked.index(genre) for genre in shown]
    rest = 1.0 - heard[:, keep].sum(axis=1, keepdims=True)
    rows = np.hstack([heard[:, keep], rest, [[float(window.unsure)] for window in windows]])
    times = np.linspace(first, last, columns)
    middles = np.array([(window.start + window.end) / 2 for window in windows])
    smooth = _averages(middles, rows, times, (last - first) * _SMOOTHING)
    some = rest.max() > 1e-6
    shares = smooth[:-1] if some else smooth[:-2]
    genres = (*shown, OTHERS) if some else tuple(shown)
    return Ribbon(times, genres, shares / shares.sum(axis=0), smooth[-1])


def draw_ribbon(
    axes: Axes,
    prediction: Prediction,
    theme: Theme,
    *,
    span: Span | None = None,
    columns: int = COLUMNS,
) -> Ribbon:
    """Draw the genres over time, the song's likeliest on top, with their names on and beside them.

    What is unsure lies fainter.

    Parameters
    ----------
    axes : Axes
    prediction : Prediction
    theme : Theme
    span : (float, float) or None
        The stretch to show, in seconds; None for the whole song.
    columns : int

    Returns
    -------
    Ribbon
        What was drawn.
    """
    ribbon = genres_over_time(prediction, span=span, columns=columns)
    colours = genre_colours(list(prediction.probabilities), theme)
    lower = np.cumsum(ribbon.shares, axis=0)
    upper = lower - ribbon.shares
    for genre, top, bottom in zip(ribbon.genres, upper, lower, strict=True):
        axes.fill_between(
            ribbon.times, top, bottom,
            facecolor=colours[genre], edgecolor=theme.background, linewidth=0.6,
        )  # fmt: skip
    veil = np.empty((1, len(ribbon.times), 4))
    veil[..., :3] = to_rgb(theme.background)
    veil[0, :, 3] = _FAINT * ribbon.unsure
    ends = (float(ribbon.times[0]), float(ribbon.times[-1]), 1.0, 0.0)
    axes.imshow(veil, aspect="auto", extent=ends, zorder=3, interpolation="nearest")
    axes.set_ylim(1.0, 0.0)
    axes.set_yticks([])
    axes.set_ylabel("genre")
    for genre, top, bottom in zip(ribbon.genres, upper, lower, strict=True):
        if genre != OTHERS:
            _write(axes, ribbon, theme, genre, colours[genre], (top, bottom))
    _legend(axes, ribbon, theme, colours)
    return ribbon


def _averages(
    middles: NDArray[np.float64],
    rows: NDArray[np.float64],
    times: NDArray[np.float64],
    width: float,
) -> NDArray[np.float64]:
    """Average rows [shape=(w, r)], linear between `middles`, over `width` around each time.

    The integral of what is linear between its nodes is exact by the trapezoids between all nodes.
    """
    low, high = times - width / 2, times + width / 2
    nodes = np.unique(np.concatenate([middles, low, high]))
    values = np.stack([np.interp(nodes, middles, row) for row in rows.T])
    steps = np.diff(nodes) * (values[:, 1:] + values[:, :-1]) / 2
    total = np.concatenate([np.zeros((len(values), 1)), np.cumsum(steps, axis=1)], axis=1)
    ends = total[:, np.searchsorted(nodes, high)] - total[:, np.searchsorted(nodes, low)]
    return np.asarray(ends / (high - low))


class _Name(Text):
    """A genre's name in its band, drawn only where it finds room in the picture as it is now."""

    def __init__(self, text: str, room: tuple[Span, Span], colour: str) -> None:
        (left, right), (top, bottom) = room
        super().__init__(
            (left + right) / 2, (top + bottom) / 2, text,
            color=colour, fontsize=_TEXT, ha="center", va="center_baseline", zorder=4, **face(text),
        )  # fmt: skip
        self._room = [(left, bottom), (right, top)]
        self.set_in_layout(False)

    def draw(self, renderer: RendererBase) -> None:
        """Draw the name, or nothing."""
        box = self.get_window_extent(renderer)
        (left, bottom), (right, top) = self.get_transform().transform(self._room)
        if box.width + 6 <= abs(right - left) and box.height <= abs(top - bottom):
            super().draw(renderer)


def _write(
    axes: Axes,
    ribbon: Ribbon,
    theme: Theme,
    genre: str,
    colour: str,
    band: tuple[NDArray[np.float64], NDArray[np.float64]],
) -> None:
    """Write a genre's name where its band is tallest, over as much time as it stays so tall."""
    top, bottom = band
    tallest = int(np.argmax(bottom - top))
    height = float(bottom[tallest] - top[tallest])
    inner = (float(top[tallest] + 0.1 * height), float(bottom[tallest] - 0.1 * height))
    holds = (top <= inner[0]) & (bottom >= inner[1])
    breaks = np.flatnonzero(~holds)
    left = breaks[breaks < tallest].max(initial=-1) + 1
    right = breaks[breaks > tallest].min(initial=len(holds)) - 1
    middle = (left + right) // 2
    veiled = _FAINT * float(ribbon.unsure[middle])
    red, green, blue = (
        part * (1 - veiled) + over * veiled
        for part, over in zip(to_rgb(colour), to_rgb(theme.background), strict=True)
    )
    ground = to_hex((red, green, blue))
    ink = max(("#ffffff", "#1c1c1c"), key=lambda text: contrast(text, ground))
    room = ((float(ribbon.times[left]), float(ribbon.times[right])), inner)
    axes.add_artist(_Name(plain(genre, longest=18), room, ink))


def _legend(axes: Axes, ribbon: Ribbon, theme: Theme, colours: dict[str, str]) -> None:
    """Name the colours beside the picture."""
    figure = axes.get_figure(root=True)
    handles = [
        Patch(facecolor=colours[genre], label=plain(genre, longest=14)) for genre in ribbon.genres
    ]
    if ribbon.unsure.max() > 0.5:
        handles.append(Patch(facecolor="none", label="faint: unsure"))
    legend = figure.legend(  # type: ignore[union-attr]
        handles=handles, loc="outside right lower", frameon=False, fontsize=_TEXT,
        labelcolor=theme.muted, handlelength=1.0, handleheight=1.0, borderpad=0.2,
        labelspacing=0.35, handletextpad=0.6, borderaxespad=0.6,
    )  # fmt: skip
    for label in legend.get_texts():
        label.set(**face(label.get_text()))
