"""A song of each genre: waveform, mel spectrogram, chromagram and tempogram side by side."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from lib.features import Overview
from lib.plots import panels
from lib.plots.canvas import blank, dress
from lib.plots.errors import PlotError
from lib.plots.theme import Theme
from lib.plots.timeline import time_axis
from lib.plots.words import face, plain

_COLUMNS = 320
_TITLES = ("Waveform", "Mel spectrogram (Hz)", "Chromagram", "Tempogram (BPM)")


def song_gallery(songs: Sequence[tuple[str, str, Overview]], theme: Theme) -> Figure:
    """Draw songs below each other, four views of each.

    Parameters
    ----------
    songs : sequence of (genre, title, Overview)
        One row each, at least one.
    theme : Theme

    Returns
    -------
    Figure
        Five axes a row: genre and title, then waveform, mel spectrogram, chromagram, tempogram.

    Raises
    ------
    PlotError
        If there are no songs.
    """
    if not songs:
        raise PlotError("A gallery of no songs can't be drawn: give at least one.")
    figure = blank(theme, size=(13.0, 0.9 + 1.15 * len(songs)))
    grid = figure.subplots(
        len(songs), 1 + len(_TITLES), squeeze=False, width_ratios=(0.62, 1, 1, 1, 1)
    )
    lengths = [float(overview.times[-1]) for _, _, overview in songs]
    # Songs of one length share their time axis: it is written once, under the last.
    common = max(lengths) - min(lengths) < 1.0
    for row, (genre, title, overview) in zip(grid, songs, strict=True):
        last = row is grid[-1] or bool((row == grid[-1]).all())
        _caption(row[0], theme, genre, title)
        _row(row[1:], overview, theme)
        for axes in row[1:]:
            time_axis(axes, overview.times, label=last)
            dress(axes, theme).tick_params(labelsize=7.5, length=2, pad=2)
            axes.tick_params(axis="x", labelbottom=last or not common)
    for axes, heading in zip(grid[0][1:], _TITLES, strict=True):
        axes.set_title(heading, loc="left", fontsize=10, fontweight="bold", color=theme.text)
    return figure


def _caption(axes: Axes, theme: Theme, genre: str, title: str) -> None:
    """Write genre and title at the left of a row."""
    axes.set_axis_off()
    genre, title = plain(genre, longest=18), _two_lines(title)
    for text, colour, bold, size, side in (
        (genre, theme.text, True, 11.0, "bottom"),
        (title, theme.muted, False, 8.0, "top"),
    ):
        axes.text(
            0.0, 0.55, text, color=colour, fontsize=size, va=side, in_layout=False,
            transform=axes.transAxes, **face(text, bold=bold),
        )  # fmt: skip


def _two_lines(title: str) -> str:
    """Break a title that is wider than its column at the space nearest to its middle."""
    text = plain(title, longest=44)
    if len(text) <= 22 or " " not in text:
        return plain(title, longest=24)
    spaces = [i for i, character in enumerate(text) if character == " "]
    middle = min(spaces, key=lambda i: abs(i - len(text) / 2))
    return f"{text[:middle]}\n{text[middle + 1 :]}"


def _row(row: Sequence[Axes], overview: Overview, theme: Theme) -> None:
    """Draw the four views of a song, small."""
    waveform, mel, chroma, tempogram = row
    panels.draw_waveform(waveform, overview, theme, columns=_COLUMNS)
    waveform.set_yticks([])
    panels.draw_mel(mel, overview, theme, columns=_COLUMNS)
    hertz = (512, 2_048, 8_192)
    mel.set_yticks([panels.band_of(frequency) for frequency in hertz], ["512", "2k", "8k"])
    panels.draw_chroma(chroma, overview, theme, columns=_COLUMNS)
    chroma.set_yticks([0, 4, 7, 11], ["C", "E", "G", "B"])
    panels.draw_tempogram(tempogram, overview, theme, columns=_COLUMNS)
    tempogram.set_yticks(np.log2([60, 120, 240]), ["60", "120", "240"])
    if panels.has_beat(overview):
        panels.mark_tempo(tempogram, overview.tempo, size=8)
