"""All models beside each other: sets of features as bars, everything by two protocols as points."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from textwrap import wrap

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap, to_hex
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lib.judgement import FoldsBy
from lib.plots.canvas import blank, dress, head, legible, name_ticks, percent_axis
from lib.plots.errors import PlotError
from lib.plots.save import save
from lib.plots.theme import LIGHT, Theme, contrast
from lib.search import Entry, Figures, InputsEntry, Line
from lib.wording import count

_CALLED: dict[FoldsBy, str] = {
    "random": "random folds: artists are known",
    "artist": "artist folds: somebody new",
}


def save_charts(
    entries: Sequence[Entry], figures: Sequence[Figures], lines: Sequence[Line], folder: Path
) -> None:
    """Save the charts of what was compared, as far as it could be judged.

    Parameters
    ----------
    entries : sequence of Entry
        What was compared.
    figures : sequence of Figures
        What came of it.
    lines : sequence of Line
        The same in the order of the table.
    folder : Path
    """
    judged = {found.name for found in figures if found.protocol == "artist" and not found.reason}
    inputs = [e for e in entries if isinstance(e, InputsEntry) and e.name in judged]
    if inputs:
        save(all_models(inputs, figures, LIGHT), folder / "all_models.png")
    if any(not line.reason for line in lines):
        save(one_chart(lines, LIGHT), folder / "everything.png")


def all_models(entries: Sequence[InputsEntry], figures: Sequence[Figures], theme: Theme) -> Figure:
    """Draw how well each set of features does, over epochs and batch sizes.

    Parameters
    ----------
    entries : sequence of InputsEntry
        What was compared.
    figures : sequence of Figures
        What came of it; those by artist folds are drawn.
    theme : Theme

    Returns
    -------
    Figure
        One axes: a group a set of features, a bar a setting, its accuracy from 0 to 1, with a
        whisker for the 95 % interval.

    Raises
    ------
    PlotError
        If none was judged.
    """
    found = {f.name: f for f in figures if f.protocol == "artist" and not f.reason}
    drawn = [entry for entry in entries if entry.name in found]
    if not drawn:
        raise PlotError("No set of features was judged by artist folds: there is nothing to draw.")
    sets = list(dict.fromkeys(entry.features for entry in drawn))
    settings = sorted({(entry.epochs, entry.batch_size) for entry in drawn})
    figure = blank(theme, size=(11.0, 4.8))
    axes = dress(figure.add_subplot(), theme, grid="y")
    colours = _ramp(theme, len(settings))
    width = 0.8 / len(settings)
    for (k, setting), colour in zip(enumerate(settings), colours, strict=True):
        own = {e.features: found[e.name] for e in drawn if (e.epochs, e.batch_size) == setting}
        places = np.array([sets.index(name) for name in own]) + (k + 0.5) * width - 0.4
        _bars(axes, places, list(own.values()), theme, colour=colour, width=0.88 * width)
        epochs, batch = setting
        axes.bar([0], [0], color=colour, label=f"{epochs} epochs, batches of {batch}")
    words = {entry.features: entry.words for entry in drawn}
    name_ticks(axes.xaxis, [f"{name}\n{_folded(words[name])}" for name in sets], theme)
    axes.set(ylabel="accuracy", ylim=(0.0, None))
    percent_axis(axes.yaxis)
    _legend(axes, theme, columns=len(settings))
    some = next(iter(found.values()))
    subtitle = (
        f"The original network on seven sets of features; {some.folds} folds by artist, "
        f"{count(some.songs, 'song')}; whiskers: 95 %"
    )
    head(axes, theme, "All models", subtitle)
    return figure


def one_chart(lines: Sequence[Line], theme: Theme) -> Figure:
    """Draw everything that was compared, by both protocols, best on top.

    Parameters
    ----------
    lines : sequence of Line
        As `~lib.search.make_lines` gives them.
    theme : Theme

    Returns
    -------
    Figure
        One axes: a row an entry, a point a protocol with the line of its 95 % interval; the name
        says how long it trains.

    Raises
    ------
    PlotError
        If none was judged.
    """
    judged = [line for line in lines if not line.reason]
    if not judged:
        raise PlotError("Nothing could be judged: there is nothing to draw.")
    figure = blank(theme, size=(9.5, 1.7 + 0.3 * len(judged)))
    axes = dress(figure.add_subplot(), theme, grid="x")
    looks = zip(
        _CALLED.items(), ("o", "D"), (theme.series[1], theme.accent), (-0.13, 0.13), strict=True
    )
    for (protocol, called), marker, colour, shift in looks:
        rows = [
            (i + shift, line.judged[protocol])
            for i, line in enumerate(judged)
            if protocol in line.judged
        ]
        if rows:
            places, found = zip(*rows, strict=True)
            axes.hlines(
                places,
                [f.low for f in found],
                [f.high for f in found],
                color=colour,
                linewidth=2.0,
                alpha=0.55,
            )
            axes.scatter(
                [f.mean for f in found],
                places,
                s=34,
                marker=marker,
                color=colour,
                label=called,
                zorder=3,
            )
    for i, line in enumerate(judged):
        axes.annotate(
            f"{line.seconds_told} s", xy=(1.0, i), xycoords=("axes fraction", "data"),
            xytext=(6, 0), textcoords="offset points", va="center", fontsize=8.5,
            color=theme.muted,
        )  # fmt: skip
    size = legible(len(judged), height=0.8 * figure.get_figheight())
    name_ticks(axes.yaxis, [line.name for line in judged], theme, size=size)
    axes.set(ylim=(len(judged) - 0.4, -0.6), xlabel="accuracy")
    percent_axis(axes.xaxis)
    _legend(axes, theme, columns=2)
    songs = " or ".join(f"{number:,}" for number in sorted({line.songs for line in judged}))
    head(
        axes,
        theme,
        "Everything compared",
        f"{songs} songs; lines: 95 % intervals; right: seconds to train",
    )
    return figure


def _bars(
    axes: Axes,
    places: NDArray[np.float64],
    found: Sequence[Figures],
    theme: Theme,
    *,
    colour: str,
    width: float,
) -> None:
    """Draw bars with the accuracy in them and a whisker over each."""
    means = np.array([figures.mean for figures in found])
    axes.bar(places, means, width, color=colour, zorder=2)
    axes.vlines(
        places, [f.low for f in found], [f.high for f in found], color=theme.text, linewidth=1.0,
        alpha=0.55, zorder=3,
    )  # fmt: skip
    ink = max((theme.text, theme.background), key=lambda text: contrast(text, colour))
    for place, mean in zip(places, means, strict=True):
        axes.text(
            place, 0.012, f"{100 * mean:.0f}", ha="center", va="bottom", fontsize=7.5, color=ink,
            in_layout=False, zorder=4,
        )  # fmt: skip


def _ramp(theme: Theme, steps: int) -> list[str]:
    """Return as many shades from pale to the theme's accent."""
    ramp = LinearSegmentedColormap.from_list(theme.name, [theme.line, theme.accent])
    return [to_hex(ramp(share)) for share in np.linspace(0.25, 1.0, steps)]


def _folded(words: str) -> str:
    """Break words into lines that fit under a group of bars."""
    return "\n".join(wrap(words, width=18, break_on_hyphens=False))


def _legend(axes: Axes, theme: Theme, *, columns: int) -> None:
    legend = axes.legend(
        ncols=columns, loc="lower right", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=8.5,
        labelcolor=theme.text, handletextpad=0.4, columnspacing=1.2, borderaxespad=1.9,
        handlelength=1.2,
    )  # fmt: skip
    legend.set_in_layout(False)
