"""What a data set looks like: its genres by timbre, by harmony and by tempo, and a song of each."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.image import AxesImage
from numpy.typing import NDArray

from lib.dataset import Dataset
from lib.features import Overview
from lib.plots.canvas import blank, colour_bar, dress, head, legible, name_ticks
from lib.plots.errors import PlotError
from lib.plots.gallery import song_gallery
from lib.plots.panels import PITCH_NAMES
from lib.plots.save import save
from lib.plots.theme import LIGHT, Theme

# Points beyond this many a genre hide each other; the violins are of all songs.
_MOST_POINTS = 300


def save_pictures(
    dataset: Dataset, songs: Sequence[tuple[str, str, Overview]], folder: Path
) -> Path:
    """Save all that shows what a data set looks like; return the folder.

    Parameters
    ----------
    dataset : Dataset
    songs : sequence of (genre, title, Overview)
        One of each genre, as far as their audio is there; see `~lib.dataset.examples`.
    folder : Path
    """
    for picture in (timbre, harmony, tempo_by_genre):
        save(picture(dataset, LIGHT), folder / f"{picture.__name__}.png")
    if songs:
        save(song_gallery(songs, LIGHT), folder / "song_gallery.png")
    return folder


def timbre(dataset: Dataset, theme: Theme) -> Figure:
    """Draw how the MFCCs of each genre differ from those of all songs.

    ``z[g, k] = (mean of x[k] over the genre - mean of x[k]) / std of x[k]``

    with mean and std over all rows, so that all coefficients share one scale.

    Parameters
    ----------
    dataset : Dataset
    theme : Theme

    Returns
    -------
    Figure
        Two axes with a row a genre: the songs' MFCC means, and their standard deviations.

    Raises
    ------
    PlotError
        If no song has features.
    """
    figure, axes = _pair(dataset, theme)
    left, right = _standardised(dataset, "mfcc_mean_"), _standardised(dataset, "mfcc_std_")
    # The few greatest may saturate, so that the many others show.
    limit = max(float(np.quantile(np.abs(np.concatenate([left, right])), 0.98)), 0.1)
    subtitles = ("MFCC means: how it sounds", "MFCC deviations: how much that moves")
    for panel, values, subtitle in zip(axes, (left, right), subtitles, strict=True):
        image = _cells(panel, values, cmap=theme.diverging, limits=(-limit, limit))
        panel.set_xticks([0, *range(4, values.shape[1], 5)])
        panel.set_xticklabels([str(int(tick) + 1) for tick in panel.get_xticks()])
        panel.set_xlabel("coefficient")
        head(panel, theme, "Timbre by genre" if panel is axes[0] else "", subtitle)
    colour_bar(image, axes, theme, "standard deviations from all songs' mean")
    return figure


def harmony(dataset: Dataset, theme: Theme) -> Figure:
    """Draw the chroma of each genre: the mean over its songs.

    Parameters
    ----------
    dataset : Dataset
    theme : Theme

    Returns
    -------
    Figure
        Two axes with a row a genre and a column a pitch class: the songs' chroma means, and their
        standard deviations, each between 0 and 1.  Then their colour bars.

    Raises
    ------
    PlotError
        If no song has features.
    """
    figure, axes = _pair(dataset, theme)
    blocks = (
        ("chroma_mean_", "Harmony by genre", "Chroma means: how strong", "mean chroma"),
        ("chroma_std_", "", "Chroma deviations: how much it moves", "deviation of chroma"),
    )
    for panel, (prefix, title, subtitle, unit) in zip(axes, blocks, strict=True):
        values = _means(dataset, _block(dataset, prefix))
        image = _cells(
            panel, values, cmap=theme.sequential, limits=(float(values.min()), float(values.max()))
        )
        panel.set_xticks(range(12), PITCH_NAMES)
        panel.set_xlabel("pitch class")
        head(panel, theme, title, subtitle)
        colour_bar(image, panel, theme, unit)
    return figure


def tempo_by_genre(dataset: Dataset, theme: Theme) -> Figure:
    """Draw the tempi of each genre as a violin with its quartiles, and every row as a point.

    Parameters
    ----------
    dataset : Dataset
    theme : Theme

    Returns
    -------
    Figure
        One axes; x is the genre, that of the slowest median first, y the tempo in BPM.

    Raises
    ------
    PlotError
        If no song has features.
    """
    # seaborn takes a second to import, mostly scipy's and pandas' share of it, and brings pyplot
    # in; the window draws none of this and must not wait for it.
    import seaborn as sns

    _check(dataset)
    tempo = _block(dataset, "tempo")[:, 0]
    medians = {genre: float(np.median(tempo[dataset.genre == genre])) for genre in dataset.labels}
    order = sorted(dataset.labels, key=lambda genre: (medians[genre], genre))
    figure = blank(theme)
    axes = figure.add_subplot()
    sns.violinplot(
        x=dataset.genre, y=tempo, order=order, ax=axes, inner="quart", cut=0, density_norm="width",
        color=theme.line, linecolor=theme.muted, linewidth=0.8, width=0.85,
    )  # fmt: skip
    for place, genre in enumerate(order):
        _points(axes, place, tempo[dataset.genre == genre], theme)
    dress(axes, theme, grid="y")
    axes.set(xlabel="", ylabel="tempo (BPM)")
    name_ticks(axes.xaxis, _counted(dataset, order, "\n"), theme, room=110)
    # A song longer than a clip has a row, and a tempo, for each window that it was heard in.
    point = "song" if len(set(dataset.track)) == dataset.track.size else "window of a song"
    subtitle = f"Each point: a {point}; the lines in a shape: its quartiles. Slowest genre first."
    head(axes, theme, "Tempo by genre", subtitle)
    return figure


def _check(dataset: Dataset) -> None:
    if not dataset.labels:
        raise PlotError(
            f"{dataset.folder}: no song has features, so there is nothing to draw. "
            f"Run 00_preprocess.py on the songs first."
        )


def _block(dataset: Dataset, prefix: str) -> NDArray[np.float64]:
    """Return the features of a name, one column each [shape=(n, k)]."""
    names = [str(name) for name in dataset.features.columns]
    block: NDArray[np.float64] = dataset.X[
        :, [i for i, name in enumerate(names) if name.startswith(prefix)]
    ]
    return block


def _means(dataset: Dataset, values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the mean over each genre's rows [shape=(genres, k)]."""
    return np.stack([values[dataset.genre == genre].mean(axis=0) for genre in dataset.labels])


def _standardised(dataset: Dataset, prefix: str) -> NDArray[np.float64]:
    values = _block(dataset, prefix)
    spread = values.std(axis=0)
    apart: NDArray[np.float64] = _means(dataset, values) - values.mean(axis=0)
    return apart / np.where(spread > 0, spread, 1.0)


def _counted(dataset: Dataset, genres: Sequence[str], between: str) -> list[str]:
    """Return each genre with how many songs it has."""
    songs = {genre: np.unique(dataset.track[dataset.genre == genre]).size for genre in genres}
    return [f"{genre}{between}({count:,})" for genre, count in songs.items()]


def _pair(dataset: Dataset, theme: Theme) -> tuple[Figure, tuple[Axes, Axes]]:
    """Return two axes side by side with the genres as their common rows."""
    _check(dataset)
    count = len(dataset.labels)
    figure = blank(theme, size=(11.0, max(4.2, 1.6 + 0.28 * count)))
    left, right = figure.subplots(1, 2, sharey=True)
    for panel in (left, right):
        dress(panel, theme)
    size = legible(count, height=0.4 * figure.get_figheight())
    name_ticks(left.yaxis, _counted(dataset, dataset.labels, " "), theme, size=size)
    right.tick_params(axis="y", length=0)
    return figure, (left, right)


def _cells(
    axes: Axes, values: NDArray[np.float64], *, cmap: str, limits: tuple[float, float]
) -> AxesImage:
    """Draw a table as coloured cells, its first row on top."""
    low, high = limits
    return axes.imshow(
        values, aspect="auto", interpolation="nearest", cmap=cmap, vmin=low, vmax=high
    )


def _points(axes: Axes, place: int, tempi: NDArray[np.float64], theme: Theme) -> None:
    """Draw songs as points; those of one tempo, give or take 1 BPM, stand beside each other."""
    shown = np.sort(tempi)[:: -(-tempi.size // _MOST_POINTS)]
    beside = np.empty(shown.size)
    for near in np.unique(np.round(shown / 2)):
        row = np.flatnonzero(np.round(shown / 2) == near)
        step = min(0.05, 0.8 / row.size)
        beside[row] = (np.arange(row.size) - (row.size - 1) / 2) * step
    axes.scatter(place + beside, shown, s=8, color=theme.accent, linewidths=0, zorder=3)
