"""What all pictures share: a figure in the theme's colours, headings, frames, colour bars."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.cm import ScalarMappable
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator, ScalarFormatter

from lib.plots.theme import Theme
from lib.plots.words import face, plain
from lib.wording import percent, styled

# Inches at 100 dots each: the size a picture has until a window or a page resizes it.
WIDE = (9.0, 4.2)
_LONGEST_NAME = 28


def blank(theme: Theme, *, size: tuple[float, float] = WIDE) -> Figure:
    """Return an empty figure that lays itself out anew whenever it is resized.

    It is made without pyplot, which keeps every figure alive in a global list and belongs to one
    thread.

    Parameters
    ----------
    theme : Theme
    size : tuple of float
        Width and height in inches.
    """
    figure = Figure(figsize=size, dpi=100, facecolor=theme.background, layout="constrained")
    engine = figure.get_layout_engine()
    if engine is not None:
        engine.set(w_pad=0.08, h_pad=0.08, wspace=0.02, hspace=0.02)  # type: ignore[call-arg]
    return figure


def dress(axes: Axes, theme: Theme, *, grid: str | None = None) -> Axes:
    """Give axes the theme's colours.

    Parameters
    ----------
    axes : Axes
    theme : Theme
    grid : {"x", "y", None}
        The axis whose ticks get lines across; then only that axis' opposite keeps its frame.
        None for an image, which keeps its whole frame.

    Returns
    -------
    Axes
        The same, for chaining.
    """
    axes.set_facecolor(theme.background)
    axes.tick_params(colors=theme.muted, labelsize=9, length=3)
    for side, spine in axes.spines.items():
        spine.set_color(theme.line)
        spine.set_visible(grid is None or side in {"left", "bottom"})
    if grid is not None:
        axes.set_axisbelow(True)
        axes.grid(visible=True, axis="x" if grid == "x" else "y", color=theme.line, linewidth=0.6)
    axes.xaxis.label.set(color=theme.muted, fontsize=9)
    axes.yaxis.label.set(color=theme.muted, fontsize=9)
    return axes


def head(axes: Axes, theme: Theme, title: str, subtitle: str) -> None:
    """Write a bold title and, under it, one line in plain words.

    The two are the axes' middle and left title: for these constrained layout keeps height but no
    width, so that a long line never squeezes the picture.  The empty second line of the title is
    the subtitle's place.

    Parameters
    ----------
    axes : Axes
    theme : Theme
    title, subtitle : str
        As `~lib.plots.words.plain` gives them, where they come from a file.
    """
    axes.set_title(
        f"{title}\n",
        fontsize=12,
        color=theme.text,
        ha="left",
        x=0.0,
        pad=7,
        **face(title, bold=True),
    )
    axes.set_title(subtitle, loc="left", fontsize=9, color=theme.muted, pad=7)


def name_ticks(
    axis: Axis,
    names: Sequence[str],
    theme: Theme,
    *,
    size: float = 9,
    room: int | None = None,
) -> None:
    """Put names that come from a file, genres for example, at 0, 1, 2 … of an axis.

    Parameters
    ----------
    axis : Axis
    names : sequence of str
        A line break stays one, unless the names are slanted.
    theme : Theme
    size : float
        Of the letters, in points.
    room : int, optional
        How many letters fit beside each other when the picture is at its narrowest.  Names that
        are too many or too long for that are slanted.
    """
    texts = [[plain(line, longest=_LONGEST_NAME) for line in name.split("\n")] for name in names]
    widest = max(len(line) for lines in texts for line in lines)
    slanted = room is not None and (widest + 1) * len(texts) > room
    axis.set_ticks(range(len(texts)), [(" " if slanted else "\n").join(lines) for lines in texts])
    axis.set_tick_params(length=0)
    for label in axis.get_ticklabels():
        label.set(color=theme.text, fontsize=size, **face(label.get_text()))
        if slanted:
            label.set(rotation=40, ha="right", rotation_mode="anchor")


class _WholePercents(MaxNLocator):
    """Puts ticks at whole percents of a share, so that no label has to round its own away."""

    def __init__(self) -> None:
        super().__init__(nbins="auto", steps=[1, 2, 5, 10], integer=True, min_n_ticks=1)

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        return [percent / 100 for percent in super().tick_values(100 * vmin, 100 * vmax)]


class NumberFormatter(ScalarFormatter):
    """Writes numbers in the style that a person has chosen."""

    def __call__(self, x: float, pos: int | None = None) -> str:
        """Return the text for a tick at `x`."""
        return styled(super().__call__(x, pos))


def percent_axis(axis: Axis) -> None:
    """Let an axis of shares between 0 and 1 tell them in whole percents."""
    axis.set_major_locator(_WholePercents())
    axis.set_major_formatter(FuncFormatter(lambda share, _place: percent(share)))


def slim(figure: Figure) -> Figure:
    """Leave out what a low picture has no room for: its title, names of axes, most of their ticks.

    Parameters
    ----------
    figure : Figure

    Returns
    -------
    Figure
        The same.
    """
    for axes in figure.axes:
        axes.set_title("")  # which the tab says, too; the line in plain words stays
        axes.set_xlabel("")
        axes.set_ylabel("")
        if isinstance(axes.yaxis.get_major_locator(), FixedLocator):
            labels = [label.get_text() for label in axes.get_yticklabels()]
            axes.set_yticks(axes.get_yticks()[::3], labels[::3])
        else:
            axes.yaxis.set_major_locator(MaxNLocator(nbins=2))
    return figure


def legible(rows: int, *, height: float) -> float:
    """Return the size of letters, in points, for `rows` lines within `height` inches, at most 9.

    Examples
    --------
    >>> legible(10, height=2.5), legible(20, height=2.5)
    (9.0, 7.2)
    """
    # A line is a fifth higher than its letters; there are 72 points to the inch.
    return round(max(4.0, min(9.0, 72 * height / rows * 0.8)), 2)


def colour_bar(
    mappable: ScalarMappable,
    axes: Axes | Sequence[Axes],
    theme: Theme,
    label: str,
    *,
    ticks: Sequence[float] | None = None,
    names: Sequence[str] | None = None,
) -> None:
    """Put a slim colour bar at the right of axes.

    Parameters
    ----------
    mappable : ScalarMappable
        What the colours belong to: an image.
    axes : Axes or sequence of Axes
        Beside which it stands.
    theme : Theme
    label : str
        The quantity and its unit.
    ticks : sequence of float, optional
    names : sequence of str, optional
        What to write at the ticks instead of the numbers.
    """
    first = axes if isinstance(axes, Axes) else axes[0]
    bar = first.get_figure(root=True).colorbar(  # type: ignore[union-attr]
        mappable, ax=axes, pad=0.012, aspect=28, fraction=0.05, ticks=ticks
    )
    if names is not None:
        bar.ax.set_yticklabels(names)
    bar.outline.set_visible(False)
    bar.ax.tick_params(colors=theme.muted, labelsize=8, length=0)
    bar.set_label(label, color=theme.muted, fontsize=8.5)
