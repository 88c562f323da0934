"""What a search found: its history, what each choice matters, and how choices go together."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import LinearSegmentedColormap, Normalize
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from lib.plots.canvas import blank, colour_bar, dress, head, name_ticks, percent_axis
from lib.plots.errors import PlotError
from lib.plots.save import save
from lib.plots.theme import LIGHT, Theme
from lib.search import History, Tried
from lib.wording import count, percent

_LOGARITHMIC = 20.0  # a choice whose largest value is so many times its least is drawn by ratio
_NAMED = 6  # values, up to which a choice of numbers is a choice of names


def save_pictures(history: History, folder: Path) -> None:
    """Save the pictures of a search that can be drawn by now.

    Parameters
    ----------
    history : History
    folder : Path
    """
    if any(tried.state in {"complete", "pruned"} for tried in history.trials):
        save(search_history(history, LIGHT), folder / "history.png")
    if history.importances:
        save(importance(history, LIGHT), folder / "importance.png")
    if history.complete:
        save(parallel_coordinates(history, LIGHT), folder / "parallel_coordinates.png")


def search_history(history: History, theme: Theme) -> Figure:
    """Draw the accuracy of each trial in the order of the search, and the best so far.

    Parameters
    ----------
    history : History
    theme : Theme

    Returns
    -------
    Figure
        One axes: points for trials, hollow where given up early, and a line of the best.

    Raises
    ------
    PlotError
        If nothing was tried.
    """
    drawn = {"complete", "pruned"}
    tried = [t for t in history.trials if t.accuracy is not None and t.state in drawn]
    if not tried:
        raise PlotError(f"The search {history.name} has tried nothing: there is nothing to draw.")
    figure = blank(theme)
    axes = dress(figure.add_subplot(), theme, grid="y")
    whole = [t for t in tried if t.state == "complete"]
    others = [t for t in tried if t.state != "complete"]
    axes.scatter(
        [t.number for t in others], [t.accuracy or 0.0 for t in others], s=24, linewidths=1.0,
        facecolors="none", edgecolors=theme.muted, label="given up early", zorder=2,
    )  # fmt: skip
    numbers, accuracies = [t.number for t in whole], [t.accuracy or 0.0 for t in whole]
    axes.scatter(numbers, accuracies, s=28, color=theme.accent, label="all folds", zorder=3)
    if whole:
        best = np.maximum.accumulate(accuracies)
        axes.step(numbers, best, where="post", color=theme.series[1], linewidth=1.6, label="best")
    axes.set(xlabel="trial", ylabel="mean accuracy over the folds judged")
    axes.xaxis.set_major_locator(MaxNLocator(integer=True))
    percent_axis(axes.yaxis)
    legend = axes.legend(frameon=False, fontsize=9, labelcolor=theme.text, loc="lower right")
    legend.set_in_layout(False)
    found = f"best {percent(history.best.accuracy or 0, digits=1)}" if history.best else "none yet"
    subtitle = f"{count(len(tried), 'trial')}, {len(whole)} by all folds; {found}"
    head(axes, theme, "Search history", subtitle)
    return figure


def importance(history: History, theme: Theme) -> Figure:
    """Draw which share of the differences in accuracy each choice explains.

    Parameters
    ----------
    history : History
    theme : Theme

    Returns
    -------
    Figure
        One axes: a bar a choice, the greatest on top.

    Raises
    ------
    PlotError
        If too few trials are finished.
    """
    if not history.importances:
        raise PlotError(
            f"The search {history.name} has finished too few trials to tell which choice matters."
        )
    names, shares = list(history.importances), list(history.importances.values())
    figure = blank(theme)
    axes = dress(figure.add_subplot(), theme, grid="x")
    axes.barh(range(len(names)), shares, 0.62, color=theme.accent)
    name_ticks(axes.yaxis, names, theme)
    axes.set(ylim=(len(names) - 0.4, -0.6), xlabel="share of the differences explained")
    percent_axis(axes.xaxis)
    subtitle = (
        f"fANOVA over {count(len(history.complete), 'finished trial')}: over few, a rough guess"
    )
    head(axes, theme, "What each choice matters", subtitle)
    return figure


def parallel_coordinates(history: History, theme: Theme) -> Figure:
    """Draw each finished trial as a line through all its choices, coloured by its accuracy.

    Parameters
    ----------
    history : History
    theme : Theme

    Returns
    -------
    Figure
        The first axes holds the lines: an upright a choice, from its least value to its greatest,
        by ratio where it spans several tens; the best trials lie on top.

    Raises
    ------
    PlotError
        If no trial is finished.
    """
    ranked = sorted(history.complete, key=lambda tried: tried.accuracy or 0.0)
    if not ranked:
        raise PlotError(f"The search {history.name} has finished no trial: nothing to draw.")
    names = list(ranked[-1].choices)
    figure = blank(theme, size=(13.0, 5.2))
    axes = dress(figure.add_subplot(), theme)
    columns = [_upright(axes, i, name, ranked, theme) for i, name in enumerate(names)]
    accuracies = np.array([tried.accuracy or 0.0 for tried in ranked])
    lines = [np.column_stack([np.arange(len(names)), row]) for row in np.transpose(columns)]
    best = len(ranked) - max(1, len(ranked) // 10)
    collection = LineCollection(
        lines,
        cmap=LinearSegmentedColormap.from_list(theme.name, [theme.line, theme.accent]),
        norm=Normalize(accuracies.min(), max(accuracies.max(), accuracies.min() + 1e-6)),
        linewidths=[2.4 if i >= best else 1.0 for i in range(len(lines))],
        alpha=0.9,
        zorder=2,
    )
    collection.set_array(accuracies)
    axes.add_collection(collection)
    name_ticks(axes.xaxis, [name.replace(" ", "\n") for name in names], theme)
    axes.set(xlim=(-0.4, len(names) - 0.4), ylim=(-0.06, 1.06), yticks=[])
    for spine in axes.spines.values():
        spine.set_visible(False)
    subtitle = (
        f"{count(len(ranked), 'finished trial')}, each a line through its choices; "
        f"the best tenth is thick"
    )
    head(axes, theme, "How choices go together", subtitle)
    colour_bar(collection, axes, theme, "accuracy over the folds")
    return figure


def _upright(
    axes: Axes, place: int, name: str, tried: Sequence[Tried], theme: Theme
) -> NDArray[np.float64]:
    """Draw the axis of a choice with its ends named; return where each trial crosses it."""
    axes.axvline(place, color=theme.line, linewidth=1.0, zorder=1)
    values = [t.choices[name] for t in tried]
    distinct = sorted(set(values), key=lambda value: (isinstance(value, str), value))
    if isinstance(distinct[0], str) or len(distinct) <= _NAMED:
        heights = np.linspace(0, 1, len(distinct)) if len(distinct) > 1 else np.array([0.5])
        at = dict(zip(distinct, heights, strict=True))
        marks = [(height, _short(value)) for value, height in at.items()]
        crossed = np.array([at[value] for value in values])
    else:
        numbers = np.array(values, dtype=np.float64)
        by_ratio = numbers.min() > 0 and numbers.max() >= _LOGARITHMIC * numbers.min()
        scaled = np.log(numbers) if by_ratio else numbers
        crossed = (scaled - scaled.min()) / max(np.ptp(scaled), 1e-12)
        marks = [(0.0, _short(numbers.min())), (1.0, _short(numbers.max()))]
    for height, text in marks:
        axes.annotate(
            text, xy=(place, height), xytext=(4, 0), textcoords="offset points", va="center",
            fontsize=8, color=theme.text, zorder=4,
            bbox={"facecolor": theme.background, "edgecolor": "none", "alpha": 0.8, "pad": 0.8},
        )  # fmt: skip
    return crossed


def _short(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.3g}"
