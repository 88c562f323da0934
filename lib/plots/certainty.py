"""What a model's confidence is worth: right as often as sure, and what leaving songs out gains."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lib.judgement import Answered, Bin, calibration_error, wilson_interval
from lib.plots.canvas import blank, dress, head, percent_axis
from lib.plots.theme import Theme
from lib.wording import percent

_SQUARE = (5.6, 5.2)


def reliability_diagram(series: Mapping[str, Sequence[Bin]], theme: Theme) -> Figure:
    """Draw how often answers are right against how sure they are.

    Parameters
    ----------
    series : mapping of str to sequence of Bin
        By name, such as "before" and "after"; the last one is what matters and gets the accent.
    theme : Theme

    Returns
    -------
    Figure
        One axes; on the diagonal a model is right as often as it says.  Bars are 95 % intervals.
    """
    figure = blank(theme, size=_SQUARE)
    axes = dress(figure.add_subplot(), theme, grid="y")
    axes.plot([0, 1], [0, 1], color=theme.muted, linestyle=(0, (4, 3)), linewidth=1.0)
    colours = [*reversed(theme.series[: len(series)])]
    for (name, bins), colour, marker in zip(series.items(), colours, "so^", strict=False):
        _points(axes, name, bins, colour, marker)
    _percent_axes(axes, "how sure the answer was", "how often it was right")
    legend = axes.legend(frameon=False, fontsize=9, labelcolor=theme.text, loc="upper left")
    legend.set_in_layout(False)
    head(axes, theme, "Is it right as often as it is sure?", "On the dashed line it is")
    return figure


def answered_curve(
    curve: Sequence[Answered], theme: Theme, *, sure: Answered | None = None
) -> Figure:
    """Draw the accuracy where only the surest songs are answered, against their share.

    Parameters
    ----------
    curve : sequence of Answered
        By share, ascending.
    theme : Theme
    sure : Answered, optional
        Where an answer begins to be called unsure; marked.

    Returns
    -------
    Figure
        One axes; x is the share answered, y the accuracy of the answers.
    """
    figure = blank(theme)
    axes = dress(figure.add_subplot(), theme, grid="y")
    shares, accuracies = [p.share for p in curve], [p.accuracy for p in curve]
    marker = "o" if len(curve) == 1 else ""
    axes.plot(shares, accuracies, color=theme.accent, linewidth=1.8, marker=marker)
    subtitle = f"All answered: {percent(curve[-1].accuracy, digits=1)} right"
    if sure is not None and sure.share:
        axes.axvline(sure.share, color=theme.series[1], linewidth=1.2)
        axes.plot([sure.share], [sure.accuracy], "o", color=theme.series[1], clip_on=False)
        subtitle += (
            f"; those at least {percent(sure.least)} sure ({percent(sure.share)} of the songs): "
            f"{percent(sure.accuracy, digits=1)}"
        )
    _percent_axes(axes, "share of the songs answered, the surest first", "share named rightly")
    head(axes, theme, "What if it may leave songs unanswered?", subtitle)
    return figure


def _points(axes: Axes, name: str, bins: Sequence[Bin], colour: str, marker: str) -> None:
    """Draw a point a bin, and how sure its height is."""
    x, y = [b.confidence for b in bins], [b.accuracy for b in bins]
    spans = [wilson_interval(round(b.accuracy * b.songs), b.songs) for b in bins]
    below = [max(0.0, b.accuracy - low) for b, (low, _) in zip(bins, spans, strict=True)]
    above = [max(0.0, high - b.accuracy) for b, (_, high) in zip(bins, spans, strict=True)]
    error = percent(calibration_error(bins), digits=1)
    axes.errorbar(
        x, y, yerr=[below, above], color=colour, marker=marker, markersize=6, linewidth=1.2,
        elinewidth=0.8, label=f"{name}: calibration error {error}", clip_on=False,
    )  # fmt: skip


def _percent_axes(axes: Axes, x: str, y: str) -> None:
    axes.set(xlim=(0.0, 1.0), ylim=(0.0, 1.0), xlabel=x, ylabel=y)
    for axis in (axes.xaxis, axes.yaxis):
        percent_axis(axis)
