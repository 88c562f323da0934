"""A library by genre, drawn."""

from __future__ import annotations

import io

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lib.library import Total
from lib.plots import LIGHT, PlotError, Theme
from lib.plots.library import genre_totals

TOTALS = (Total("jazz", 1200, 200), Total("rock", 30, 0), Total("ska", 1, 1))


def test_a_bar_for_each_genre_in_two_parts(theme: Theme) -> None:
    figure = genre_totals(TOTALS, theme)
    figure.draw_without_rendering()
    (axes,) = figure.axes
    assert [label.get_text() for label in axes.get_yticklabels()] == ["jazz", "rock", "ska"]
    widths = [bar.get_width() for bar in axes.patches]
    assert widths == [1000, 30, 0, 200, 0, 1]
    texts = [text.get_text() for text in axes.texts]
    assert texts == ["1,200", "30", "1"]
    assert "1,231 songs" in axes.get_title(loc="left")


def test_the_grid_runs_behind_the_legend(theme: Theme) -> None:
    figure = genre_totals((Total("jazz", 60, 6), Total("rock", 30, 0), Total("ska", 1, 1)), theme)
    figure.set_size_inches(8, 5)
    (axes,) = figure.axes
    with io.BytesIO() as file:
        figure.savefig(file, format="rgba")
        pixels = np.frombuffer(file.getvalue(), np.uint8)
    width, height = map(int, figure.bbox.size)
    box = axes.get_legend().get_window_extent()
    rows = pixels.reshape(height, width, 4)[height - int(box.y1) + 2 : height - int(box.y0) - 2]
    inside = rows[:, int(box.x0) + 2 : int(box.x1) - 2, :3]
    line = np.array([round(255 * part) for part in to_rgb(theme.line)])
    # A line of the grid would fill a column.
    assert not (np.abs(inside.astype(int) - line).max(axis=2) < 8).all(axis=0).any()


def test_more_genres_than_there_is_room_for() -> None:
    many = tuple(Total(f"genre {n}", 40 - n, 0) for n in range(25))
    (axes,) = genre_totals(many, LIGHT).axes
    assert len(axes.get_yticks()) == 20
    assert "5 more genres (not shown) have 90 songs" in axes.get_title(loc="left")


def test_nothing_to_draw() -> None:
    with pytest.raises(PlotError, match="nothing to draw"):
        genre_totals((), LIGHT)
