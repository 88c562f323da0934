"""What a training looks like: its curves, the confusion matrix, and each genre's scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.colors import Colormap, LinearSegmentedColormap
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator
from numpy.typing import NDArray

from lib.judgement import Judgement
from lib.plots.canvas import blank, colour_bar, dress, head, legible, name_ticks, percent_axis
from lib.plots.theme import Theme, contrast
from lib.wording import percent

if TYPE_CHECKING:
    # Only named here: a history is handed in by who has loaded pandas already.
    import pandas as pd


# In a greater matrix a number would be smaller than can be read, and there would be thousands.
_MOST_WRITTEN = 40


def learning_curves(history: pd.DataFrame, theme: Theme, *, best: int | None = None) -> Figure:
    """Draw loss and accuracy over the epochs, and mark the epoch that was kept.

    Parameters
    ----------
    history : pd.DataFrame
        Columns epoch, loss, accuracy; where rows were held out, val_loss and val_accuracy; where
        there are test rows, test_loss and test_accuracy.
    theme : Theme
    best : int or None
        The epoch that was kept, marked on both curves; None marks none.

    Returns
    -------
    Figure
        Two axes, loss and accuracy.
    """
    figure = blank(theme)
    loss, accuracy = figure.subplots(1, 2)
    for axes, name in ((loss, "loss"), (accuracy, "accuracy")):
        dress(axes, theme, grid="y")
        _curve(axes, history, name, theme, best=best)
        axes.set(xlabel="epoch", ylabel="cross-entropy" if name == "loss" else name)
        axes.xaxis.set_major_locator(MaxNLocator(integer=True, min_n_ticks=1, steps=[1, 2, 5, 10]))
    percent_axis(accuracy.yaxis)
    legend = accuracy.legend(frameon=False, fontsize=9, labelcolor=theme.text, loc="lower right")
    legend.set_in_layout(False)
    head(loss, theme, "Learning curves", "Loss: lower is better")
    head(accuracy, theme, "", "Accuracy: the share named rightly")
    return figure


def confusion_matrix(judgement: Judgement, theme: Theme) -> Figure:
    """Draw how often each genre was taken for each, and at the right how often rightly.

    Parameters
    ----------
    judgement : Judgement
    theme : Theme

    Returns
    -------
    Figure
        The first axes holds the counts in cells, coloured by their share of the row; the second
        the recalls.
    """
    counts = np.asarray(judgement.confusion)
    shares = counts / np.maximum(counts.sum(axis=1, keepdims=True), 1)
    labels, count = judgement.labels, counts.shape[0]
    figure = blank(
        theme,
        size=(min(24.0, max(7.5, 2.5 + 0.5 * count)), min(18.0, max(5.2, 2.2 + 0.36 * count))),
    )
    axes = dress(figure.add_subplot(), theme)
    ramp = LinearSegmentedColormap.from_list(theme.name, [theme.background, theme.accent])
    image = axes.imshow(shares, cmap=ramp, vmin=0, vmax=1, aspect="auto", interpolation="nearest")
    size = legible(count, height=0.4 * figure.get_figheight())
    if count <= _MOST_WRITTEN:
        _write_counts(axes, counts, shares, ramp, theme, size=size)
    name_ticks(axes.yaxis, labels, theme, size=size)
    name_ticks(axes.xaxis, labels, theme, size=size, room=75)
    axes.set(xlabel="heard as", ylabel="true genre")
    _write_recalls(axes, judgement, theme, size=size)
    low, high = (percent(end, digits=1) for end in judgement.interval)
    accuracy = percent(judgement.accuracy, digits=1)
    subtitle = f"{accuracy} of {judgement.n:,} named rightly (95 % interval: {low} to {high})"
    head(axes, theme, "Confusion matrix", subtitle)
    colour_bar(image, axes, theme, "share of the true genre", ticks=(0, 0.5, 1),
               names=("0 %", "50 %", "100 %"))  # fmt: skip
    return figure


def genre_scores(judgement: Judgement, theme: Theme) -> Figure:
    """Draw precision, recall and F1 of each genre as points on one line.

    Parameters
    ----------
    judgement : Judgement
    theme : Theme

    Returns
    -------
    Figure
        One axes; y is the genre, that of the highest F1 on top, x the score from 0 to 1.
    """
    ranked = sorted(judgement.genres.items(), key=lambda pair: (-pair[1].f1, pair[0]))
    scores = np.array([(score.precision, score.recall, score.f1) for _, score in ranked])
    figure = blank(theme, size=(9.0, max(4.2, 1.6 + 0.26 * len(ranked))))
    axes = dress(figure.add_subplot(), theme, grid="x")
    mean = judgement.macro_f1
    axes.axvline(mean, color=theme.muted, linestyle=(0, (4, 3)), linewidth=1.0, zorder=1)
    _score_points(axes, scores, theme)
    axes.set(xlim=(0.0, 1.0), ylim=(len(ranked) - 0.4, -0.6), xlabel="score")
    percent_axis(axes.xaxis)
    names = [f"{genre} ({score.support:,})" for genre, score in ranked]
    size = legible(len(ranked), height=0.4 * figure.get_figheight())
    name_ticks(axes.yaxis, names, theme, size=size)
    subtitle = f"In brackets: songs judged; dashed: mean F1, {percent(mean)}"
    head(axes, theme, "Scores by genre", subtitle)
    return figure


def _score_points(axes: Axes, scores: NDArray[np.float64], theme: Theme) -> None:
    """Draw precision, recall and F1 [shape=(genres, 3)], their range as a line, and a legend."""
    rows = np.arange(scores.shape[0])
    axes.hlines(rows, scores.min(axis=1), scores.max(axis=1), color=theme.line, linewidth=2.5)
    # The shapes tell them apart as well as the colours do, and where two fall together both show.
    looks = zip(("precision", "recall", "F1"), ("<", ">", "o"), theme.series, strict=True)
    for values, (name, marker, colour) in zip(scores.T, looks, strict=True):
        axes.scatter(
            values, rows, s=42, marker=marker, color=colour, label=name, zorder=3, clip_on=False
        )
    legend = axes.legend(
        ncols=3, loc="lower right", bbox_to_anchor=(1.0, 1.0), frameon=False, fontsize=9,
        labelcolor=theme.text, handletextpad=0.2, columnspacing=1.2, borderaxespad=0.2,
    )  # fmt: skip
    legend.set_in_layout(False)


def _curve(axes: Axes, history: pd.DataFrame, name: str, theme: Theme, *, best: int | None) -> None:
    """Draw a quantity on the training rows and on those held out, and a line at the best epoch."""
    epochs = history["epoch"].to_numpy()
    marker = "o" if epochs.size == 1 else ""  # a line through one point does not show
    kinds = (
        (name, "training", "--"),
        (f"val_{name}", "validation", "-"),
        (f"test_{name}", "test", ":"),
    )
    colours = (theme.muted, theme.accent, theme.series[1])
    for (column, label, style), colour in zip(kinds, colours, strict=True):
        if column in history and history[column].notna().any():
            drawn = axes.plot(epochs, history[column], style, color=colour, label=label)
            drawn[0].set(linewidth=1.6, marker=marker)
    if best is None:
        return
    axes.axvline(best, color=theme.series[1], linewidth=1.2)
    if name == "loss":
        axes.annotate(
            f"best: epoch {best}", xy=(best, 1.0), xycoords=("data", "axes fraction"),
            xytext=(-5, -4) if best > epochs.mean() else (5, -4), textcoords="offset points",
            ha="right" if best > epochs.mean() else "left", va="top",
            color=theme.text, fontsize=9, in_layout=False,
        )  # fmt: skip


def _write_counts(
    axes: Axes,
    counts: NDArray[np.integer],
    shares: NDArray[np.float64],
    ramp: Colormap,
    theme: Theme,
    *,
    size: float,
) -> None:
    """Write every count but 0 into its cell, in the colour that shows on it."""
    for row, column in zip(*np.nonzero(counts), strict=True):
        axes.text(
            column, row, str(counts[row, column]), ha="center", va="center", fontsize=size,
            fontweight="bold" if row == column else "normal", in_layout=False,
            color=_readable_on(ramp(shares[row, column]), theme),
        )  # fmt: skip


def _write_recalls(axes: Axes, judgement: Judgement, theme: Theme, *, size: float) -> None:
    """Write each genre's recall at the right end of its row."""
    right = dress(axes.twinx(), theme)
    right.set_ylim(axes.get_ylim())
    scores = [judgement.genres[label] for label in judgement.labels]
    # Of a genre without songs nothing can be said; its 0 would read as a failure.
    recalls = [percent(score.recall) if score.support else "–" for score in scores]
    name_ticks(right.yaxis, recalls, theme, size=size)
    right.set_ylabel("recall", color=theme.muted, fontsize=9)


def _readable_on(colour: tuple[float, float, float, float], theme: Theme) -> str:
    """Return whichever of the theme's two extremes shows better on a colour."""
    return max((theme.text, theme.background), key=lambda text: contrast(text, colour))
