"""A network drawn: one bar a layer, as tall as it has units, with what it does and learns."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon

from lib.model import Graph, Network
from lib.plots.canvas import blank, dress, head, legible
from lib.plots.theme import Theme
from lib.plots.words import plain

_BAR = 0.34
_LINES = {"puts out": -0.62, "by": -0.75, "parameters": -0.93}
_LONGEST = 13  # letters of a word that stands under a bar; more go on a second line
_SECOND = 0.07  # how much lower that is


@dataclass(frozen=True)
class _Column:
    """A layer as it is drawn: how many numbers it puts out, and what is written below."""

    numbers: int
    shape: str
    kind: str
    parameters: int | None


def architecture(network: Network | Graph, theme: Theme) -> Figure:
    """Draw the layers from left to right, each joined to the one that it feeds.

    Parameters
    ----------
    network : Network or Graph
    theme : Theme

    Returns
    -------
    Figure
        One axes; layer i stands at x = i, the input at 0.  A bar's height is the square root of
        how many numbers it puts out, so that 10 still show beside 1,000.
    """
    columns = _dense(network) if isinstance(network, Network) else _steps(network)
    numbers = [column.numbers for column in columns]
    heights = np.sqrt(numbers) / np.sqrt(max(numbers))
    figure = blank(theme, size=(max(9.0, 1.0 * len(columns)), 4.2))
    axes = dress(figure.add_subplot(), theme)
    for place, column in enumerate(columns):
        if place:
            _link(axes, place, float(heights[place - 1]), float(heights[place]), theme)
        _bar(axes, place, float(heights[place]), _colour(column.kind, theme), theme)
    size = min(9.0, legible(len(columns), height=9.0))
    for place, column in enumerate(columns):
        learned = "–" if column.parameters is None else f"{column.parameters:,}"
        _write(axes, place, (column.shape, column.kind, learned), theme, size)
    for name, height in _LINES.items():
        axes.text(-0.62, height, name, ha="right", va="center", fontsize=9, color=theme.muted)
    axes.set(xlim=(-0.6, len(columns) - 0.4), ylim=(-1.03, 0.54))
    axes.set_axis_off()
    subtitle = (
        f"{numbers[0]:,} inputs, {network.outputs} genres out: "
        f"{len(columns) - 1} layers with {network.parameters:,} parameters"
    )
    head(axes, theme, f"Network {plain(network.name, longest=30)}", subtitle)
    return figure


def _dense(network: Network) -> list[_Column]:
    learned = [(before + 1) * after for before, after in network.shapes]
    layers = [
        _Column(layer.units, f"{layer.units:,}", layer.activation, count)
        for layer, count in zip(network.layers, learned, strict=True)
    ]
    return [_Column(network.inputs, f"{network.inputs:,}", "input", None), *layers]


def _steps(network: Graph) -> list[_Column]:
    inputs = _Column(math.prod(network.inputs), _times(network.inputs), "input", None)
    return [
        inputs,
        *(
            _Column(math.prod(step.shape), _times(step.shape), step.name, step.parameters)
            for step in network.layers
        ),
    ]


def _times(shape: tuple[int, ...]) -> str:
    return "×".join(f"{length:,}" for length in shape)


def _colour(kind: str, theme: Theme) -> str:
    """Return the colour of a layer: what bends, what does not, and what answers differ."""
    colours = {"input": theme.muted, "linear": theme.series[2], "softmax": theme.series[1]}
    last = kind.rpartition(" ")[2]
    if last in colours:
        return colours[last]
    return theme.accent if last in ("relu", "elu", "tanh", "silu") else theme.series[2]


def _bar(axes: Axes, place: int, height: float, colour: str, theme: Theme) -> None:
    box = FancyBboxPatch(
        (place - _BAR / 2, -height / 2), _BAR, height, facecolor=colour, edgecolor=theme.background,
        boxstyle="round,pad=0,rounding_size=0.04", linewidth=0.8, zorder=2,
    )  # fmt: skip
    axes.add_patch(box)


def _link(axes: Axes, place: int, before: float, after: float, theme: Theme) -> None:
    """Shade between two bars: each unit of the one feeds each of the other."""
    left, right = place - 1 + _BAR / 2, place - _BAR / 2
    corners = [(left, before / 2), (right, after / 2), (right, -after / 2), (left, -before / 2)]
    axes.add_patch(Polygon(corners, facecolor=theme.line, alpha=0.6, linewidth=0, zorder=1))


def _write(axes: Axes, place: int, texts: tuple[str, str, str], theme: Theme, size: float) -> None:
    """Write shape, kind and parameters under a bar."""
    shape, kind, parameters = texts
    first, *second = textwrap.wrap(kind, _LONGEST, max_lines=2)
    rows = [*zip(_LINES.values(), (shape, first, parameters), strict=True)]
    rows += [(_LINES["by"] - _SECOND, text) for text in second]
    for height, text in rows:
        axes.text(
            place, height, text, ha="center", va="center", fontsize=size, color=theme.text,
            fontweight="bold" if text is shape else "normal", in_layout=False,
        )  # fmt: skip
