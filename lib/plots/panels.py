"""The five views of a song, each drawn into given axes: alone in a tab or small in a gallery.

Each draws the whole song, or a stretch of it alone (`span`, in seconds), in the same colours.
"""

from __future__ import annotations

import numpy as np
from matplotlib.axes import Axes
from matplotlib.image import AxesImage
from matplotlib.patheffects import withStroke
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from lib.features import Overview
from lib.features.mel import DYNAMIC_RANGE_DB, N_MELS, hz_to_mel
from lib.features.rhythm import FRAMES_PER_SECOND
from lib.plots.theme import Theme
from lib.plots.timeline import COLUMNS, Span, cut, even, extremes

PITCH_NAMES = ("C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B")

HERTZ = (0, 256, 512, 1_024, 2_048, 4_096, 8_192)
BPM = (30, 40, 60, 90, 120, 180, 240)
# The tempi that people tap to; a tempo outside widens the axis.
SLOWEST, FASTEST = 30.0, 300.0
_TEMPO_ROWS = 240
# An image has at least about this many rows.
_ROWS = 96


def draw_waveform(
    axes: Axes,
    overview: Overview,
    theme: Theme,
    *,
    span: Span | None = None,
    columns: int = COLUMNS,
) -> float:
    """Fill between the least and the greatest sample of every moment.

    Returns
    -------
    float
        The half height of the axes: a little more than the greatest sample.
    """
    samples, times = cut(overview.waveform, overview.times, span)
    middle, low, high = extremes(samples, times, columns=columns)
    # A line of its own keeps what is thinner than a pixel visible.
    axes.fill_between(middle, low, high, color=theme.accent, linewidth=0.4)
    peak = float(np.abs(overview.waveform).max())
    limit = 1.05 * peak if peak > 0 else 1.0
    axes.set_ylim(-limit, limit)
    return limit


def draw_mel(
    axes: Axes,
    overview: Overview,
    theme: Theme,
    *,
    span: Span | None = None,
    columns: int = COLUMNS,
) -> AxesImage:
    """Draw the mel spectrogram in dB below its loudest point; y is counted in mel bands."""
    decibels = even(overview.mel_db, overview.times, columns=columns)
    loudest = decibels.max()
    if span is not None:
        decibels = even(*cut(overview.mel_db, overview.times, span), columns=columns)
    image = _image(axes, decibels - loudest, overview, span, bottom=0.0, top=N_MELS + 1.0)
    image.set(cmap=theme.sequential, clim=(-DYNAMIC_RANGE_DB, 0.0))
    return image


def band_of(hertz: float) -> float:
    """Say where a frequency stands on the axis of `draw_mel`.

    ``band = 129 * mel(hertz) / mel(SAMPLE_RATE / 2)``, as band `i` of the 128 is centred at step
    `i + 1` of 129 equal ones on the mel scale.

    Parameters
    ----------
    hertz : float
        Frequency in Hz.

    Returns
    -------
    float
        In mel bands, from 0 at 0 Hz to 129 at the Nyquist frequency.

    Examples
    --------
    >>> band_of(0), band_of(11_025)
    (0.0, 129.0)
    """
    return (N_MELS + 1) * hz_to_mel(hertz) / hz_to_mel(SAMPLE_RATE / 2)


def draw_mfcc(
    axes: Axes,
    overview: Overview,
    theme: Theme,
    *,
    span: Span | None = None,
    columns: int = COLUMNS,
) -> AxesImage:
    """Draw every coefficient in its own standard deviations from its own mean over the song.

    ``z[k, t] = (mfcc[k, t] - mean(mfcc[k])) / std(mfcc[k])``

    The first coefficient is some hundred times the last, so one scale for all would show only that.
    """
    mfcc = np.asarray(overview.mfcc, dtype=np.float64)
    spread = mfcc.std(axis=1, keepdims=True)
    # A coefficient that never moves (silence) has no scale of its own, and stays at its mean; its
    # rounding errors must not be blown up to colours.
    still = spread < 1e-6 * np.maximum(1.0, np.abs(mfcc).max(axis=1, keepdims=True))
    scaled = np.where(
        still, 0.0, (mfcc - mfcc.mean(axis=1, keepdims=True)) / np.where(still, 1, spread)
    )
    rows = even(*cut(scaled, overview.times, span), columns=columns)
    image = _image(axes, rows, overview, span, bottom=0.5, top=rows.shape[0] + 0.5)
    image.set(cmap=theme.diverging, clim=(-2.5, 2.5))
    return image


def draw_chroma(
    axes: Axes,
    overview: Overview,
    theme: Theme,
    *,
    span: Span | None = None,
    columns: int = COLUMNS,
) -> AxesImage:
    """Draw the strength of the twelve pitch classes; row 0 is C."""
    rows = even(*cut(overview.chroma, overview.times, span), columns=columns)
    image = _image(axes, rows, overview, span, bottom=-0.5, top=11.5)
    image.set(cmap=theme.sequential, clim=(0.0, 1.0))
    return image


def draw_tempogram(
    axes: Axes,
    overview: Overview,
    theme: Theme,
    *,
    span: Span | None = None,
    columns: int = COLUMNS,
) -> AxesImage:
    """Draw how much the onsets repeat at each tempo; y is log2 of beats per minute.

    Row `lag` of a tempogram stands for ``60 * FRAMES_PER_SECOND / lag`` beats per minute.  The rows
    are read between two lags where needed, so that equal heights are equal ratios of tempo, as the
    ear has it.
    """
    low, high = tempo_limits(overview.tempo)
    edges = np.linspace(low, high, _TEMPO_ROWS + 1)
    lag = 60 * FRAMES_PER_SECOND / 2.0 ** ((edges[:-1] + edges[1:]) / 2)
    lag = np.clip(lag, 0, overview.tempogram.shape[0] - 1)
    below = np.minimum(lag.astype(int), overview.tempogram.shape[0] - 2)
    by_lag = even(*cut(overview.tempogram, overview.times, span), columns=columns)
    share = (lag - below)[:, None]
    rows = by_lag[below] * (1 - share) + by_lag[below + 1] * share
    image = _image(axes, rows, overview, span, bottom=low, top=high)
    image.set(cmap=theme.sequential, clim=(0.0, 1.0))
    return image


def tempo_limits(tempo: float) -> tuple[float, float]:
    """Return the ends of the tempo axis in log2 of beats per minute, with the tempo within."""
    if tempo > 0:
        return float(np.log2(min(SLOWEST, tempo / 1.1))), float(np.log2(max(FASTEST, tempo * 1.1)))
    return float(np.log2(SLOWEST)), float(np.log2(FASTEST))


def mark_tempo(axes: Axes, tempo: float, *, size: float = 10) -> None:
    """Draw a tempo's line and number into a tempogram, white on a dark edge: legible on any colour.

    Parameters
    ----------
    axes : Axes
        That `draw_tempogram` drew into.
    tempo : float
        Beats per minute.
    size : float
        Of the number, in points.
    """
    height = float(np.log2(tempo))
    edge = [withStroke(linewidth=2.5, foreground="#000000")]
    axes.axhline(height, color="#ffffff", linestyle=(0, (5, 3)), linewidth=1.3, path_effects=edge)
    low, high = axes.get_ylim()
    above = (height - low) / (high - low) < 0.85
    number = axes.annotate(
        f"{tempo:.0f} BPM",
        xy=(1.0, height),
        xycoords=("axes fraction", "data"),
        xytext=(-6, 5 if above else -5),
        textcoords="offset points",
        ha="right",
        va="bottom" if above else "top",
        color="#ffffff",
        fontsize=size,
        fontweight="bold",
        path_effects=edge,
    )
    number.set_in_layout(False)


def has_beat(overview: Overview) -> bool:
    """Tell whether anything sets in: of silence, only the likeliest of all tempi is known."""
    return overview.tempo > 0 and bool(overview.tempogram.any())


def _image(
    axes: Axes,
    rows: NDArray[np.float64],
    overview: Overview,
    span: Span | None,
    *,
    bottom: float,
    top: float,
) -> AxesImage:
    """Draw rows, the first at the bottom, over the whole columns that a stretch touches."""
    _, times = cut(overview.waveform, overview.times, span)
    start, end = float(times[0]), float(times[-1])
    # matplotlib smooths an image that has more columns than the screen, and few tall rows would run
    # into each other; of several equal ones only the outer do.
    tall = np.repeat(rows.astype(np.float32), max(1, _ROWS // rows.shape[0]), axis=0)
    return axes.imshow(tall, origin="lower", aspect="auto", extent=(start, end, bottom, top))
