"""The plots that the window shows and saves, each as what makes its figure in a theme.

Whoever makes one does so in a thread, while no other is drawn: see `lib.gui.drawing` and
`lib.gui.saving`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from lib.events import Epoch
from lib.gui.told import Heard

if TYPE_CHECKING:  # matplotlib is the slowest of all to import
    from matplotlib.figure import Figure

    from lib.explanation import Explanation
    from lib.judgement import Share
    from lib.library import Total
    from lib.plots import Theme as PlotTheme

Span = tuple[float, float]
"""Where a stretch of a song begins and ends, in seconds."""
Make = Callable[["PlotTheme"], "Figure"]


@dataclass(frozen=True)
class Shown:
    """A plot that the window shows, as it can be saved.

    Parameters
    ----------
    name : str
        Of its file, without a suffix.
    make : callable
        Given a theme, returns its figure.
    """

    name: str
    make: Make


def of_song(heard: Heard, plot: str, span: Span | None = None, *, low: bool = False) -> Make:
    """Make one of the plots of a song, or of a stretch of it; a low one names fewer things."""

    def make(theme: PlotTheme) -> Figure:
        from lib import plots

        return plots.song_plot(
            plot, heard.overview, theme, prediction=heard.prediction, span=span, low=low
        )

    return make


def of_why(heard: Heard, why: Explanation, *, low: bool = False) -> Make:
    """Make the picture of why a song was given its genre."""

    def make(theme: PlotTheme) -> Figure:
        from lib.plots.why import why as plot

        return plot(heard.prediction, why, theme, low=low)

    return make


def of_epochs(epochs: Sequence[Epoch]) -> Make:
    """Make the learning curves of one fit, of which there is at least one epoch."""

    def make(theme: PlotTheme) -> Figure:
        import pandas as pd

        from lib.plots.training import learning_curves

        return learning_curves(pd.DataFrame([asdict(epoch) for epoch in epochs]), theme)

    return make


def of_shares(title: str, shares: Mapping[str, Share], new: frozenset[str]) -> Make:
    """Make bars of how many songs were named rightly; `new` names those of the new model."""

    def make(theme: PlotTheme) -> Figure:
        from lib.plots.shares import named_rightly

        return named_rightly(title, shares, theme, new=new)

    return make


def of_totals(totals: Sequence[Total]) -> Make:
    """Make the chart of a library by genre, of which there is at least one."""

    def make(theme: PlotTheme) -> Figure:
        from lib.plots.library import genre_totals

        return genre_totals(totals, theme)

    return make
