"""A network drawn."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from matplotlib.patches import FancyBboxPatch

from lib.model import Layer, Network, Step
from lib.plots import LIGHT, Theme
from lib.plots.network import architecture
from tests.graphs import small_graph

NETWORK = Network(
    "mlp$85", 85, (Layer(85, "relu"), Layer(20, "linear"), Layer(10, "softmax"))
)  # fmt: skip


def test_every_layer_says_its_units_activation_and_parameters(theme: Theme) -> None:
    axes = architecture(NETWORK, theme).axes[0]
    columns = {
        place: [text.get_text() for text in axes.texts if text.get_position()[0] == place]
        for place in range(4)
    }
    assert columns == {
        0: ["85", "input", "–"],
        1: ["85", "relu", "7,310"],
        2: ["20", "linear", "1,720"],
        3: ["10", "softmax", "210"],
    }
    assert axes.get_title().strip() == r"Network mlp\$85"
    subtitle = axes.get_title(loc="left")
    assert subtitle.startswith("85 inputs, 10 genres out: 3 layers with 9,240 parameters")


def test_a_bar_is_as_tall_as_the_root_of_its_units() -> None:
    axes = architecture(NETWORK, LIGHT).axes[0]
    bars = [patch for patch in axes.patches if isinstance(patch, FancyBboxPatch)]
    heights = [bar.get_height() for bar in bars]
    assert heights == pytest.approx([1.0, 1.0, (20 / 85) ** 0.5, (10 / 85) ** 0.5])


@pytest.mark.parametrize("depth", [1, 8, 24])
def test_texts_of_any_depth_stand_apart(depth: int) -> None:
    hidden = tuple(Layer(512, "relu") for _ in range(depth - 1))
    figure = architecture(Network("deep", 1_282, (*hidden, Layer(10, "softmax"))), LIGHT)
    figure.draw_without_rendering()
    last_line = [t for t in figure.axes[0].texts if t.get_position()[1] < -0.85][:-1]
    boxes = [text.get_window_extent() for text in last_line]
    assert len(boxes) == depth + 1
    assert all(left.x1 < right.x0 for left, right in pairwise(boxes))
    assert figure.get_tightbbox().x0 >= 0


def test_a_graph_says_what_its_layers_do_and_put_out() -> None:
    steps = (
        *[Step("convolution 3×3, relu", (128, 11, 64), 640, 640)] * 8,
        *[Step("batch normalisation", (128, 11, 64), 256, 128)] * 8,
        Step("dense, softmax", (10,), 901_130, 901_130),
    )
    graph = small_graph(genres=10)
    figure = architecture(replace(graph, layers=steps), LIGHT)
    figure.draw_without_rendering()
    texts = [text.get_text() for text in figure.axes[0].texts]
    assert {"130×13×1", "128×11×64", "convolution", "3×3, relu", "640", "–"} <= set(texts)
    assert "908,298 parameters" in figure.axes[0].get_title(loc="left")
    for height in {text.get_position()[1] for text in figure.axes[0].texts}:
        row = [text for text in figure.axes[0].texts if text.get_position()[1] == height]
        boxes = sorted((text.get_window_extent() for text in row), key=lambda box: box.x0)
        assert all(left.x1 < right.x0 for left, right in pairwise(boxes)), height
