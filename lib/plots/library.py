"""What a library looks like: its songs by genre."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from lib.library import Total
from lib.plots.canvas import blank, dress, head, legible, name_ticks
from lib.plots.errors import PlotError
from lib.plots.theme import Theme
from lib.wording import count, grouped

# As many bars as a page has room for; those beyond are named in the subtitle.
_MOST = 20


def genre_totals(totals: Sequence[Total], theme: Theme) -> Figure:
    """Draw how many songs were heard to be of each genre, and how many of these are doubtful.

    Parameters
    ----------
    totals : sequence of Total
        The most frequent first, as `lib.library.totals` gives them.
    theme : Theme

    Returns
    -------
    Figure
        One axes with a bar a genre, at most 20; x is the number of songs.

    Raises
    ------
    PlotError
        If there is none.
    """
    if not totals:
        raise PlotError("No song was heard yet, so there is nothing to draw.")
    shown = totals[:_MOST]
    figure = blank(theme)
    axes = dress(figure.add_subplot(), theme, grid="x")
    places = range(len(shown))
    sure = [total.songs - total.doubtful for total in shown]
    doubtful = [total.doubtful for total in shown]
    size = legible(len(shown), height=2.5)
    axes.barh(places, sure, height=0.72, color=theme.accent, label="sure")
    bars = axes.barh(
        places, doubtful, left=sure, height=0.72, color=theme.accent, alpha=0.4, linewidth=0,
        label="unsure or an outlier",
    )  # fmt: skip
    for label in axes.bar_label(
        bars, [grouped(total.songs) for total in shown], padding=4, fontsize=size
    ):
        label.set(color=theme.text, in_layout=False)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    # The room at the right is for the label of the longest bar.
    axes.set_xlim(0, 1.1 * shown[0].songs)
    axes.xaxis.set_major_locator(MaxNLocator(6, integer=True))
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel("songs")
    name_ticks(axes.yaxis, [total.genre for total in shown], theme, size=size)
    # Its frame is not seen, but keeps the grid from running through the words.
    legend = axes.legend(
        loc="lower right", fontsize=9, facecolor=theme.background, edgecolor="none", framealpha=1.0
    )
    for text in legend.get_texts():
        text.set_color(theme.muted)
    subtitle = f"Of {count(sum(total.songs for total in totals), 'song')}, most frequent first."
    if len(totals) > _MOST:
        rest = sum(total.songs for total in totals[_MOST:])
        subtitle += f" {len(totals) - _MOST} more genres (not shown) have {count(rest, 'song')}."
    head(axes, theme, "Songs by genre", subtitle)
    return figure
