"""Models beside each other: how many of the same songs each names rightly."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
from matplotlib.figure import Figure

from lib.judgement import Share
from lib.plots.canvas import WIDE, blank, dress, head, name_ticks, percent_axis
from lib.plots.errors import PlotError
from lib.plots.theme import Theme
from lib.wording import percent

_ROW = 0.6  # inches that a bar adds


def named_rightly(
    title: str, shares: Mapping[str, Share], theme: Theme, *, new: Collection[str] = ()
) -> Figure:
    """Draw shares of songs as bars, with whiskers for their 95 % intervals.

    Parameters
    ----------
    title : str
    shares : mapping of str to Share
        By name, the first on top.
    theme : Theme
    new : collection of str
        Those that stand out.

    Returns
    -------
    Figure
        One axes with a bar for each; x is the share, from 0 to 1.

    Raises
    ------
    PlotError
        If there is none.
    """
    if not shares:
        raise PlotError("Nothing was judged yet, so there is nothing to draw.")
    figure = blank(theme, size=(WIDE[0], 1.6 + _ROW * len(shares)))
    axes = dress(figure.add_subplot(), theme, grid="x")
    values = np.array([share.accuracy for share in shares.values()])
    ends = np.array([share.interval for share in shares.values()])
    axes.barh(
        range(len(shares)), values, height=0.6, alpha=0.5,  # or the whiskers would not show on it
        color=[theme.accent if name in new else theme.muted for name in shares],
    )  # fmt: skip
    # Of no songs at all the share is 0 and the interval all there is; rounding may pass an end.
    beyond = np.maximum([values - ends[:, 0], ends[:, 1] - values], 0.0)
    axes.errorbar(values, range(len(shares)), xerr=beyond, fmt="none", ecolor=theme.text, capsize=4)
    for row, share in enumerate(shares.values()):
        told = f"{percent(share.accuracy)} of {share.songs}"
        axes.annotate(
            told, (1.0, row), (6, 0), xycoords=("axes fraction", "data"),
            textcoords="offset points", va="center", color=theme.text, fontsize=9,
        )  # fmt: skip
    axes.set(xlim=(0.0, 1.0), ylim=(len(shares) - 0.4, -0.6), xlabel="songs named rightly")
    percent_axis(axes.xaxis)
    name_ticks(axes.yaxis, list(shares), theme, size=9)
    head(axes, theme, title, "On songs held out; lines: 95 % interval")
    return figure
