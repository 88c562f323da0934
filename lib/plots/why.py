"""Why a model says what it says: what pulled it, how the song sounds, which known ones are near."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lib.explanation import (
    SCALES,
    Explanation,
    Neighbour,
    Pulls,
    Trait,
    points,
    song_name,
    strongest_first,
)
from lib.plots.canvas import blank, dress, head, legible, name_ticks
from lib.plots.theme import Theme
from lib.plots.words import face, plain
from lib.prediction import Prediction
from lib.wording import percent

_LEAST_SPAN = 0.1  # of probability: pulls of a point must not look like something
_LONGEST_NAME = 64
_FEW = 5  # scales that a low picture has room for
_LINE, _BESIDE = 13, 105  # points from one line of text to the next, and from its heading
_WORDS = {scale.name: (scale.low, scale.high) for scale in SCALES}


def why(
    prediction: Prediction, explanation: Explanation, theme: Theme, *, low: bool = False
) -> Figure:
    """Draw why a song was given its genre.

    Parameters
    ----------
    prediction : Prediction
        What was heard.
    explanation : Explanation
        Of the same song by the same model.
    theme : Theme
    low : bool
        Whether the picture is to be less than some 2.4 inches high: then it leaves out the nearest
        songs, and all scales but the five on which the song stands out most.

    Returns
    -------
    Figure
        At the left a bar for each group of features, to the right where it pulled towards the genre
        and to the left where it pulled away, in points of probability.  At the right a line for
        each scale, with a dot where the song stands among those learned from, filled where that is
        worth a word.  Under both the nearest songs.
    """
    figure = blank(theme)
    ratios = (1,) if low else (1, 0.32)
    grid = figure.add_gridspec(len(ratios), 2, width_ratios=(1.25, 1), height_ratios=ratios)
    genre = plain(prediction.genre)
    found = explanation.pulls.get(prediction.genre)
    axes = dress(figure.add_subplot(grid[0, 0]), theme, grid="x")
    if found is not None:
        _draw_pulls(axes, found, theme)
        told = f"In points, from {percent(found.base)} on average."
        head(axes, theme, f"What pulled it towards {genre}", told)
    else:
        _say(axes, explanation.unsaid, theme)
    if not low:
        _tell_neighbours(figure.add_subplot(grid[1, :]), explanation.neighbours, theme)
    if traits := _standing_out(explanation.traits) if low else explanation.traits:
        axes = dress(figure.add_subplot(grid[0, 1]), theme, grid="x")
        _draw_traits(axes, traits, theme)
        head(
            axes,
            theme,
            "How it sounds",
            "The middle is like most it learned from.",
        )
    return figure


def _draw_pulls(axes: Axes, found: Pulls, theme: Theme) -> None:
    """Draw bars that part at what the model says without the song."""
    pulls = strongest_first(found)
    towards, away = theme.series[0], theme.series[1]
    changes = [pull.change for pull in pulls]
    size = legible(len(pulls), height=1.2)
    axes.barh(
        range(len(pulls)),
        changes,
        height=0.62,
        color=[towards if change >= 0 else away for change in changes],
    )
    for row, change in enumerate(changes):
        axes.annotate(
            points(change), (change, row), (5 if change >= 0 else -5, 0),
            textcoords="offset points", va="center", ha="left" if change >= 0 else "right",
            color=theme.text, fontsize=size, fontweight="bold", in_layout=False,
        )  # fmt: skip
    axes.axvline(0, color=theme.muted, linewidth=1)
    # The room beyond the bars is for their numbers.
    low, high = min(*changes, 0.0), max(*changes, 0.0)
    high = max(high, low + _LEAST_SPAN)
    span = high - low
    axes.set_xlim(low - 0.2 * span, high + 0.2 * span)
    axes.set_ylim(len(pulls) - 0.4, -0.6)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    name_ticks(axes.yaxis, [pull.group for pull in pulls], theme, size=size)


def _standing_out(traits: Sequence[Trait]) -> tuple[Trait, ...]:
    """Return the few on which a song is least like most, in their order."""
    ranked = sorted(traits, key=lambda trait: -abs(trait.rank - 0.5))[:_FEW]
    return tuple(trait for trait in traits if trait in ranked)


def _draw_traits(axes: Axes, traits: Sequence[Trait], theme: Theme) -> None:
    """Draw where the song stands between two words, scale by scale."""
    size = legible(len(traits), height=1.4)
    rows = range(len(traits))
    axes.hlines(rows, 0, 1, color=theme.line, linewidth=2)
    for row, trait in enumerate(traits):
        said = bool(trait.word)
        axes.plot(
            trait.rank, row, "o", markersize=8, clip_on=False, zorder=3,
            color=theme.accent, markerfacecolor=theme.accent if said else theme.background,
        )  # fmt: skip
    axes.set_xlim(-0.02, 1.02)
    axes.set_ylim(len(traits) - 0.5, -0.5)
    axes.set_xticks([])
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.grid(visible=False)
    axes.axvline(0.5, color=theme.line, linewidth=0.8, zorder=0)
    lows, highs = zip(*(_WORDS[trait.scale] for trait in traits), strict=True)
    name_ticks(axes.yaxis, lows, theme, size=size)
    right = axes.twinx()
    dress(right, theme, grid="x").set_ylim(axes.get_ylim())
    right.spines[["left", "bottom"]].set_visible(False)
    right.grid(visible=False)
    name_ticks(right.yaxis, highs, theme, size=size)
    for axis, high in ((axes.yaxis, False), (right.yaxis, True)):
        for trait, label in zip(traits, axis.get_ticklabels(), strict=True):
            here = bool(trait.word) and (trait.rank > 0.5) is high
            label.set(color=theme.text if here else theme.muted)
            if here:
                label.set(**face(label.get_text(), bold=True))


def _tell_neighbours(axes: Axes, neighbours: Sequence[Neighbour], theme: Theme) -> None:
    """Write the nearest songs, a line each, at the same distances however high the picture is."""
    axes.axis("off")
    if not neighbours:
        return
    title = "The nearest\nit learned from"
    axes.annotate(
        title, (0, 1), xycoords="axes fraction", va="top", color=theme.text, fontsize=9,
        in_layout=False, linespacing=1.4, **face(title, bold=True),
    )  # fmt: skip
    for row, near in enumerate(neighbours):
        name = plain(f"{song_name(near)}, {near.song.genre}", longest=_LONGEST_NAME)
        text = axes.annotate(
            name, (0, 1), (_BESIDE, -_LINE * row), xycoords="axes fraction",
            textcoords="offset points", va="top", color=theme.text, fontsize=8.5,
            in_layout=False, **face(name),
        )  # fmt: skip
        axes.annotate(
            f"  ·  {near.how}", (1, 0), xycoords=text, va="bottom", color=theme.muted,
            fontsize=8.5, in_layout=False,
        )  # fmt: skip


def _say(axes: Axes, sentence: str, theme: Theme) -> None:
    """Write a sentence in the place of a picture."""
    axes.axis("off")
    axes.text(
        0.5, 0.5, plain(sentence), transform=axes.transAxes, ha="center", va="center", wrap=True,
        color=theme.muted, fontsize=9.5, in_layout=False,
    )  # fmt: skip
