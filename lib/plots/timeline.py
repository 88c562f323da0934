"""The time axis: columns of a song brought to what a screen can show, and ticks as m:ss."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import Formatter, Locator
from numpy.typing import NDArray

from lib.plots.errors import PlotError
from lib.wording import clock, styled

# No window shows a song wider than this, in pixels; what is more would cost time and not be seen.
COLUMNS = 1_400

Span = tuple[float, float]
"""Where a stretch of a song begins and ends, in seconds."""

# Seconds between ticks: what divides minutes and hours evenly.
_STEPS = np.array([0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200])


def cut(
    values: NDArray[Any], times: NDArray[Any], span: Span | None
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Leave out the columns that a stretch of a song doesn't touch.

    Parameters
    ----------
    values : np.ndarray [shape=(r, c)]
    times : np.ndarray [shape=(c + 1,)]
        Edges of the columns in seconds, rising.
    span : (float, float) or None
        The stretch in seconds; None for the whole song.

    Returns
    -------
    values, times : np.ndarray [shape=(r, n)], [shape=(n + 1,)]
        Whole columns, at least one, so that they may reach beyond the stretch.

    Raises
    ------
    PlotError
        If there are no columns.
    """
    _check(times)
    if span is None:
        return values, times
    first = int(np.clip(np.searchsorted(times, span[0], side="right") - 1, 0, times.size - 2))
    last = int(np.clip(np.searchsorted(times, span[1]), first + 1, times.size - 1))
    return values[:, first:last], times[first : last + 1]


def even(
    values: NDArray[Any], times: NDArray[Any], *, columns: int = COLUMNS
) -> NDArray[np.float64]:
    """Bring columns of any width to at most `columns` of equal width.

    ``out[r, k] = integral of values[r] over column k / width of column k``

    so that no column is lost, as it would be if every n-th were taken.

    Parameters
    ----------
    values : np.ndarray [shape=(r, c)]
    times : np.ndarray [shape=(c + 1,)]
        Edges of the columns in seconds, rising.
    columns : int

    Returns
    -------
    np.ndarray [shape=(r, min(c, columns))]
        Over the same span of time.

    Raises
    ------
    PlotError
        If there are no columns.
    """
    _check(times)
    widths = np.diff(times)
    if widths.size <= columns and np.allclose(widths, widths[0], rtol=0.01, atol=0):
        return np.asarray(values, dtype=np.float64)
    edges = np.linspace(times[0], times[-1], min(widths.size, columns) + 1)
    total = np.zeros((values.shape[0], times.size))
    np.cumsum(values * widths, axis=1, out=total[:, 1:])
    # The integral is piecewise linear, so its value at the new edges is exact.
    column = np.clip(np.searchsorted(times, edges, side="right") - 1, 0, widths.size - 1)
    share = (edges - times[column]) / widths[column]
    at_edges = total[:, column] * (1 - share) + total[:, column + 1] * share
    return np.asarray(np.diff(at_edges, axis=1) / np.diff(edges))


def extremes(
    waveform: NDArray[Any], times: NDArray[Any], *, columns: int = COLUMNS
) -> tuple[NDArray[np.float64], NDArray[Any], NDArray[Any]]:
    """Thin a waveform out without losing a peak.

    Parameters
    ----------
    waveform : np.ndarray [shape=(2, c)]
        Least and greatest sample of each column.
    times : np.ndarray [shape=(c + 1,)]
        Edges of the columns in seconds.
    columns : int

    Returns
    -------
    middle, low, high : np.ndarray [shape=(n,)], n ≤ columns
        Times in seconds, least and greatest sample.

    Raises
    ------
    PlotError
        If there are no columns.
    """
    _check(times)
    count = waveform.shape[1]
    step = -(-count // columns)
    starts = np.arange(0, count, step)
    ends = np.minimum(starts + step, count)
    low = np.minimum.reduceat(waveform[0], starts)
    high = np.maximum.reduceat(waveform[1], starts)
    return (times[starts] + times[ends]) / 2, low, high


class ClockLocator(Locator):
    """Ticks at whole seconds, minutes or hours, as many as find room."""

    def __call__(self) -> list[float]:
        """Return where the ticks of the axis stand now, in seconds."""
        low, high = self.axis.get_view_interval()  # type: ignore[union-attr]
        return self.tick_values(low, high)

    def tick_values(self, vmin: float, vmax: float) -> list[float]:
        """Return where ticks stand between two times, in seconds."""
        # A label such as "12:30" is about four letters wide, which is what the axis counts in.
        room = max(2, min(12, self.axis.get_tick_space())) if self.axis is not None else 8
        step = _STEPS[min(int(np.searchsorted(_STEPS, (vmax - vmin) / room)), _STEPS.size - 1)]
        first, last = np.ceil(vmin / step - 1e-9), np.floor(vmax / step + 1e-9)
        ticks: list[float] = (np.arange(first, last + 1) * step).tolist()
        return ticks


class ClockFormatter(Formatter):
    """Seconds as m:ss; with a decimal where the ticks stand closer than a second."""

    def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002 (matplotlib's)
        """Return the text for a time of `x` seconds."""
        return clock(max(x, 0.0))

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        """Return the texts for all ticks of an axis, which have the same number of digits."""
        close = len(values) > 1 and values[1] - values[0] < 1
        return [styled(clock(max(value, 0.0), digits=1 if close else 0)) for value in values]


def time_axis(
    axes: Axes, times: NDArray[Any], *, span: Span | None = None, label: bool = True
) -> None:
    """Make the horizontal axis the song's time.

    Parameters
    ----------
    axes : Axes
    times : np.ndarray [shape=(c + 1,)]
        Edges of the columns in seconds; the first and the last become the limits.
    span : (float, float) or None
        Limits in their stead.
    label : bool
        Whether to name the axis.
    """
    axes.set_xlim(*(span or (float(times[0]), float(times[-1]))))
    axes.xaxis.set_major_locator(ClockLocator())
    axes.xaxis.set_major_formatter(ClockFormatter())
    if label:
        axes.set_xlabel("time (min:s)")


def _check(times: NDArray[Any]) -> None:
    if times.size < 2:
        raise PlotError("Nothing has been heard yet, so there is nothing to draw: add a window.")
