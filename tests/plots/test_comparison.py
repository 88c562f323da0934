"""The charts of what was compared, and of a search."""

from __future__ import annotations

import io
from collections.abc import Sequence

import numpy as np
import pytest
from matplotlib.collections import LineCollection

from lib.plots import LIGHT, PlotError, Theme
from lib.plots.comparison import all_models, one_chart
from lib.plots.search import importance, parallel_coordinates, search_history
from lib.search import Figures, History, InputsEntry, Tried, entries, make_lines


def figures(*, reason: str = "") -> list[Figures]:
    return [
        Figures(
            entry.name, entry.group, entry.words, protocol, 5, 0 if reason else 710,
            0.3 + 0.01 * i, 0.25 + 0.01 * i, 0.35 + 0.01 * i, 0.3, 1.0 + i, reason,
        )
        for i, entry in enumerate(entries())
        for protocol in ("random", "artist")
    ]  # fmt: skip


def inputs() -> Sequence[InputsEntry]:
    return [entry for entry in entries() if isinstance(entry, InputsEntry)]


def test_a_bar_a_setting_and_a_group_a_set_of_features(theme: Theme) -> None:
    figure = all_models(inputs(), figures(), theme)
    axes = figure.axes[0]
    heights = sorted(bar.get_height() for bar in axes.patches if bar.get_height())
    np.testing.assert_allclose(heights, [0.3 + 0.01 * i for i in range(28)])
    named = [label.get_text().partition("\n")[0] for label in axes.get_xticklabels()]
    assert named == ["30", "42", "60", "85", "87", "89-rolloff", "89-centroid"]
    settings = [text.get_text() for text in axes.get_legend().get_texts()]
    assert settings[0] == "50 epochs, batches of 32"
    assert len(settings) == 4
    figure.savefig(io.BytesIO(), format="png")


def test_a_row_an_entry_and_a_point_a_protocol(theme: Theme) -> None:
    lines = make_lines(entries(), figures())
    axes = one_chart(lines, theme).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == [line.name for line in lines]
    called = [text.get_text() for text in axes.get_legend().get_texts()]
    assert called == ["random folds: artists are known", "artist folds: somebody new"]
    assert [text.get_text() for text in axes.texts] == [f"{line.seconds_told} s" for line in lines]


def test_nothing_judged_is_nothing_to_draw() -> None:
    unjudged = figures(reason="no sound")
    with pytest.raises(PlotError, match="No set of features"):
        all_models(inputs(), unjudged, LIGHT)
    with pytest.raises(PlotError, match="Nothing could be judged"):
        one_chart(make_lines(entries(), unjudged), LIGHT)


def history(trials: int = 20) -> History:
    rng = np.random.default_rng(0)
    tried = [
        Tried(
            i,
            "pruned" if i % 4 == 1 else "complete",
            0.3 + 0.2 * rng.random(),
            5,
            1.0,
            {
                "depth": int(rng.integers(1, 8)),
                "rate": float(10 ** rng.uniform(-4, -2)),
                "optimizer": str(rng.choice(["adam", "sgd"])),
            },
        )
        for i in range(trials)
    ]
    shares = {"rate": 0.6, "depth": 0.3, "optimizer": 0.1} if trials > 8 else {}
    return History("toy", tuple(tried), shares)


def test_the_history_shows_every_trial_and_the_best_so_far(theme: Theme) -> None:
    told = history()
    axes = search_history(told, theme).axes[0]
    early, whole = axes.collections
    assert (len(early.get_offsets()), len(whole.get_offsets())) == (5, 15)
    best = np.asarray(axes.lines[0].get_ydata(), dtype=float)
    assert np.all(np.diff(best) >= 0)
    assert told.best is not None
    assert best[-1] == told.best.accuracy


def test_importances_are_ranked(theme: Theme) -> None:
    axes = importance(history(), theme).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["rate", "depth", "optimizer"]
    assert [bar.get_width() for bar in axes.patches] == [0.6, 0.3, 0.1]


def test_a_line_a_trial_through_all_its_choices(theme: Theme) -> None:
    figure = parallel_coordinates(history(), theme)
    (lines,) = (c for c in figure.axes[0].collections if isinstance(c, LineCollection))
    segments = lines.get_segments()
    assert len(segments) == 15
    assert all(np.all((s[:, 1] >= 0) & (s[:, 1] <= 1)) for s in segments)
    accuracies = np.asarray(lines.get_array())
    assert np.all(np.diff(accuracies) >= 0)  # the best is drawn last, on top
    figure.savefig(io.BytesIO(), format="png")


@pytest.mark.parametrize("trials", [1, 2])
def test_few_trials_are_drawn_too(trials: int) -> None:
    few = history(trials)
    search_history(few, LIGHT).savefig(io.BytesIO(), format="png")
    parallel_coordinates(few, LIGHT).savefig(io.BytesIO(), format="png")
    with pytest.raises(PlotError, match="too few trials"):
        importance(few, LIGHT)


def test_no_trial_is_nothing_to_draw() -> None:
    with pytest.raises(PlotError, match="has tried nothing"):
        search_history(history(0), LIGHT)
    with pytest.raises(PlotError, match="finished no trial"):
        parallel_coordinates(history(0), LIGHT)
