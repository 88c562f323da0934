"""What all pictures share: the ticks of an axis that tells shares."""

from __future__ import annotations

import pytest
from matplotlib.figure import Figure

from lib.plots.canvas import percent_axis


@pytest.mark.parametrize(
    ("ends", "labels"),
    [
        ((0.395, 0.505), ["40 %", "42 %", "44 %", "46 %", "48 %", "50 %"]),
        ((0.0, 1.0), ["0 %", "20 %", "40 %", "60 %", "80 %", "100 %"]),
        ((0.401, 0.429), ["41 %", "42 %"]),  # no half ones, however near
    ],
)
def test_shares_have_their_ticks_at_whole_percents(
    ends: tuple[float, float], labels: list[str]
) -> None:
    axes = Figure(figsize=(4, 4)).add_subplot()
    axes.set_ylim(*ends)
    percent_axis(axes.yaxis)
    low, high = ends
    ticks = [tick for tick in axes.get_yticks() if low <= tick <= high]
    assert axes.yaxis.get_major_formatter().format_ticks(ticks) == labels


@pytest.mark.usefixtures("german")
def test_shares_are_written_in_the_style_of_numbers() -> None:
    axes = Figure(figsize=(4, 4)).add_subplot()
    percent_axis(axes.yaxis)
    assert axes.yaxis.get_major_formatter().format_ticks([0.5]) == ["50\N{NO-BREAK SPACE}%"]
