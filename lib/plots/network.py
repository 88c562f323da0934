"""A network drawn: one bar a layer, as tall as it has units, with what it does and learns."""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch, Polygon

from lib.model import Network
from lib.plots.canvas import blank, dress, head, legible
from lib.plots.theme import Theme
from lib.plots.words import plain

_BAR = 0.34
_LINES = ("units", "activation", "parameters")


def architecture(network: Network, theme: Theme) -> Figure:
    """Draw the layers from left to right, joined by what links every unit to every other.

    Parameters
    ----------
    network : Network
    theme : Theme

    Returns
    -------
    Figure
        One axes; layer i stands at x = i, the input at 0.  A bar's height is the square root of
        its units, so that 10 still show beside 1,000.
    """
    units = [network.inputs, *(layer.units for layer in network.layers)]
    activations = ["input", *(layer.activation for layer in network.layers)]
    learned = [0, *((before + 1) * after for before, after in network.shapes)]
    heights = np.sqrt(units) / np.sqrt(max(units))
    figure = blank(theme, size=(max(9.0, 1.0 * len(units)), 4.2))
    axes = dress(figure.add_subplot(), theme)
    for place, activation in enumerate(activations):
        if place:
            _link(axes, place, float(heights[place - 1]), float(heights[place]), theme)
        _bar(axes, place, float(heights[place]), _colour(activation, theme), theme)
    size = min(9.0, legible(len(units), height=9.0))
    rows = zip(units, activations, learned, strict=True)
    for place, (count, activation, parameters) in enumerate(rows):
        _write(
            axes,
            place,
            (f"{count:,}", activation, f"{parameters:,}" if place else "–"),
            theme,
            size,
        )
    for line, name in enumerate(_LINES):
        axes.text(-0.62, -0.62 - 0.13 * line, name, ha="right", va="center", fontsize=9,
                  color=theme.muted)  # fmt: skip
    axes.set(xlim=(-0.6, len(units) - 0.4), ylim=(-0.98, 0.54))
    axes.set_axis_off()
    subtitle = (
        f"{network.inputs:,} inputs, {network.outputs} genres out: "
        f"{len(network.layers)} layers with {network.parameters:,} parameters to learn"
    )
    head(axes, theme, f"Network {plain(network.name, longest=30)}", subtitle)
    return figure


def _colour(activation: str, theme: Theme) -> str:
    """Return the colour of a layer: what bends, what does not, and what answers differ."""
    colours = {"input": theme.muted, "linear": theme.series[2], "softmax": theme.series[1]}
    return colours.get(activation, theme.accent)


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
    """Write units, activation and parameters under a bar."""
    for line, text in enumerate(texts):
        axes.text(
            place, -0.62 - 0.13 * line, text, ha="center", va="center", fontsize=size,
            color=theme.text, fontweight="bold" if line == 0 else "normal", in_layout=False,
        )  # fmt: skip
