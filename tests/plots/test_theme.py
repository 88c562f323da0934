"""The two looks: legible, and told apart by people who see fewer colours."""

from __future__ import annotations

from itertools import combinations

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.colors import to_rgb

from lib.plots import DARK, LIGHT, Theme
from lib.plots.theme import contrast

# What people without the red, the green and the blue cone see of linear RGB: Machado, Oliveira and
# Fernandes, "A physiologically-based model for simulation of color vision deficiency", 2009.
_SEEN = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


def test_the_colours_are_those_of_the_window() -> None:
    assert (LIGHT.background, LIGHT.text) == ("#fafafa", "#1c1c1c")
    assert (DARK.background, DARK.text) == ("#1c1c1c", "#fafafa")


def test_text_and_shapes_show_on_the_background(theme: Theme) -> None:
    for colour in (theme.text, theme.muted, theme.accent):
        assert contrast(colour, theme.background) >= 4.5
    for colour in theme.series:
        assert contrast(colour, theme.background) >= 3.0


@pytest.mark.parametrize("deficiency", _SEEN)
def test_series_differ_for_colour_blind_people(theme: Theme, deficiency: str) -> None:
    linear = np.array([to_rgb(colour) for colour in theme.series]) ** 2.2
    seen = np.clip(linear @ np.array(_SEEN[deficiency]).T, 0, 1) ** (1 / 2.2)
    for first, second in combinations(seen, 2):
        assert np.linalg.norm(first - second) > 0.25


def test_the_maps_exist_and_the_sequential_one_rises_evenly(theme: Theme) -> None:
    colours = mpl.colormaps[theme.sequential](np.linspace(0, 1, 64))
    brightness = colours[:, :3] @ (0.2126, 0.7152, 0.0722)
    assert np.all(np.diff(brightness) > 0)
    middle = mpl.colormaps[theme.diverging](0.5)
    assert contrast(middle, theme.background) < 1.3
