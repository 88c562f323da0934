"""Models beside each other, drawn."""

from __future__ import annotations

import numpy as np
import pytest

from lib.judgement import Share
from lib.plots import LIGHT, PlotError, Theme
from lib.plots.shares import named_rightly

SHARES = {"New: mine": Share(30, 40), "Present: ear": Share(10, 40), "On others": Share(0, 0)}


def test_a_bar_and_its_interval_for_each_model(theme: Theme) -> None:
    figure = named_rightly("mine", SHARES, theme, new={"New: mine"})
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == list(SHARES)
    assert [bar.get_width() for bar in axes.patches] == [0.75, 0.25, 0.0]
    assert axes.patches[0].get_facecolor() != axes.patches[1].get_facecolor()
    (whiskers,) = axes.collections
    ends = [segment[:, 0] for segment in whiskers.get_segments()]
    assert np.allclose(ends, [share.interval for share in SHARES.values()])
    assert [text.get_text() for text in axes.texts] == ["75 % of 40", "25 % of 40", "0 % of 0"]


def test_nothing_to_draw() -> None:
    with pytest.raises(PlotError, match="nothing to draw"):
        named_rightly("mine", {}, LIGHT)
