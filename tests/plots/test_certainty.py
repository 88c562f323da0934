"""What a confidence is worth, drawn."""

from __future__ import annotations

import numpy as np
import pytest

from lib.judgement import Answered, Bin
from lib.plots import Theme
from lib.plots.certainty import answered_curve, reliability_diagram

BEFORE = (Bin(40, 0.35, 0.5), Bin(60, 0.85, 0.95))
AFTER = (Bin(40, 0.35, 0.35), Bin(60, 0.85, 0.85))
CURVE = tuple(Answered(share, 1 - share / 3, 1 - share) for share in (0.25, 0.5, 0.75, 1.0))


def test_points_are_the_bins_and_the_legend_tells_the_errors(theme: Theme) -> None:
    figure = reliability_diagram({"before": BEFORE, "after": AFTER}, theme)
    (axes,) = figure.axes
    _diagonal, before, after = axes.lines[0], *(bars.lines[0] for bars in axes.containers)
    np.testing.assert_array_equal(before.get_ydata(), [0.5, 0.95])
    np.testing.assert_array_equal(after.get_xdata(), [0.35, 0.85])
    assert after.get_color() == theme.accent
    assert before.get_color() != after.get_color()
    assert [text.get_text() for text in axes.get_legend().get_texts()] == [
        "before: calibration error 12.0 %", "after: calibration error 0.0 %",
    ]  # fmt: skip


@pytest.mark.parametrize("bins", [(Bin(1, 1.0, 1.0),), (Bin(3, 0.1, 0.0),)])
def test_the_ends_can_be_drawn(theme: Theme, bins: tuple[Bin, ...]) -> None:
    (axes,) = reliability_diagram({"after": bins}, theme).axes
    assert axes.get_xlim() == axes.get_ylim() == (0, 1)


def test_the_curve_and_where_answers_begin_to_be_unsure(theme: Theme) -> None:
    figure = answered_curve(CURVE, theme, sure=CURVE[1])
    (axes,) = figure.axes
    curve, limit, point = axes.lines
    np.testing.assert_allclose(curve.get_ydata(), [p.accuracy for p in CURVE])
    assert list(limit.get_xdata()) == [0.5, 0.5]
    assert list(point.get_ydata()) == [CURVE[1].accuracy]
    subtitle = axes.get_title(loc="left")
    assert subtitle == (
        "All answered: 66.7 % right; those at least 50 % sure (50 % of the songs): 83.3 %"
    )


def test_where_none_is_sure_nothing_is_marked(theme: Theme) -> None:
    (axes,) = answered_curve(CURVE[-1:], theme, sure=Answered(0.0, 0.0, 1.0)).axes
    assert len(axes.lines) == 1
