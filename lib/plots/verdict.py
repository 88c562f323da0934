"""What was heard: a song's genres by probability."""

from __future__ import annotations

from matplotlib.figure import Figure

from lib.plots.canvas import blank, dress, head, legible, name_ticks
from lib.plots.theme import Theme
from lib.plots.words import plain
from lib.prediction import Prediction
from lib.wording import percent

# A model of FMA's 161 genres would draw a comb; those beyond are named in the subtitle.
_MOST = 20


def probabilities(prediction: Prediction, theme: Theme) -> Figure:
    """Draw every genre's probability, the likeliest on top and in the accent colour.

    Parameters
    ----------
    prediction : Prediction
    theme : Theme

    Returns
    -------
    Figure
        One axes with a bar a genre, at most 20; x is the probability from 0 to 1.
    """
    ranked = sorted(prediction.probabilities.items(), key=lambda pair: -pair[1])
    shown = ranked[:_MOST]
    genres = [genre for genre, _ in shown]
    shares = [share for _, share in shown]
    figure = blank(theme)
    axes = dress(figure.add_subplot(), theme, grid="x")
    size = legible(len(shown), height=2.5)
    bars = axes.barh(range(len(shown)), shares, height=0.72, color=theme.line)
    bars[0].set_color(theme.accent)
    # A bar too short to see still shows its side of the line.
    labels = axes.bar_label(bars, [percent(share) for share in shares], padding=4, fontsize=size)
    for label in labels:
        label.set(color=theme.muted, in_layout=False)
    labels[0].set(color=theme.text, fontweight="bold")
    axes.set_ylim(len(shown) - 0.4, -0.6)
    # The room at the right is for the label of a bar of 100 %.
    axes.set_xlim(0.0, 1.1)
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
    axes.spines["bottom"].set_visible(False)
    axes.set_xlabel("probability")
    name_ticks(axes.yaxis, genres, theme, size=size)
    subtitle = "How likely the model takes each genre to be."
    if len(ranked) > _MOST:
        rest = percent(sum(share for _, share in ranked[_MOST:]))
        subtitle += f" All others together (not shown): {rest}."
    head(axes, theme, plain(prediction.title), subtitle)
    return figure
