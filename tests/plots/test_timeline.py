"""Columns of any number on a time axis of minutes and seconds."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.figure import Figure

from lib.plots import PlotError
from lib.plots.timeline import ClockFormatter, even, extremes, time_axis


@pytest.mark.parametrize("columns", [7, 100, 4096])
def test_even_columns_keep_the_mean_over_time(columns: int) -> None:
    rng = np.random.default_rng(columns)
    times = np.cumsum(rng.uniform(0.5, 1.5, columns + 1))
    values = rng.normal(size=(3, columns))
    evened = even(values, times, columns=50)
    assert evened.shape == (3, min(columns, 50))
    mean = (values * np.diff(times)).sum(axis=1) / (times[-1] - times[0])
    np.testing.assert_allclose(evened.mean(axis=1), mean, atol=1e-12)


def test_even_columns_stand_where_they_were() -> None:
    times = np.linspace(0.0, 10.0, 1001)
    values = np.zeros((1, 1000))
    values[0, 500:600] = 1.0  # from 5 s to 6 s
    np.testing.assert_allclose(even(values, times, columns=10)[0], np.eye(10)[5], atol=1e-9)


def test_a_waveform_keeps_every_peak() -> None:
    waveform = np.zeros((2, 4001))
    waveform[0, 17], waveform[1, 4000] = -0.9, 0.8
    middle, low, high = extremes(waveform, np.arange(4002.0), columns=100)
    assert len(middle) == len(low) == len(high) <= 100
    assert low.min() == -0.9
    assert high[-1] == 0.8
    assert middle[0] == pytest.approx(20.5)


def test_nothing_heard_is_said() -> None:
    with pytest.raises(PlotError, match="Nothing has been heard yet"):
        even(np.zeros((3, 0)), np.zeros(1))
    with pytest.raises(PlotError, match="Nothing has been heard yet"):
        extremes(np.zeros((2, 0)), np.zeros(1))


@pytest.mark.parametrize(
    ("end", "first", "second"),
    [(3.0, "0:00.0", "0:00.5"), (30.0, "0:00", "0:05"), (240.0, "0:00", "0:30"),
     (3 * 3600.0, "0:00", "15:00")],
)  # fmt: skip
def test_ticks_stand_at_round_times(end: float, first: str, second: str) -> None:
    axes = Figure(figsize=(9, 4)).add_subplot()
    time_axis(axes, np.array([0.0, end]))
    ticks = axes.xaxis.get_major_locator()()
    assert ClockFormatter().format_ticks(list(ticks))[:2] == [first, second]
    assert 4 <= len(ticks) <= 13
    assert ticks[-1] <= end


def test_a_narrow_axis_has_fewer_ticks() -> None:
    counts = []
    for width in (2.5, 12):
        axes = Figure(figsize=(width, 4)).add_subplot()
        time_axis(axes, np.array([0.0, 240.0]))
        counts.append(len(axes.xaxis.get_major_locator()()))
    assert counts[0] < counts[1]
