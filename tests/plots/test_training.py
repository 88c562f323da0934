"""Curves, confusions and scores."""

from __future__ import annotations

import io
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from lib.judgement import Judgement, judge
from lib.plots import DARK, LIGHT, Theme
from lib.plots.theme import contrast
from lib.plots.training import confusion_matrix, genre_scores, learning_curves


def history(epochs: int = 10) -> pd.DataFrame:
    epoch = np.arange(1, epochs + 1)
    return pd.DataFrame(
        {
            "epoch": epoch,
            "loss": 2.0 / epoch,
            "accuracy": 1 - 0.9 / epoch,
            "val_loss": 1.5 + (epoch - 4.0) ** 2 / 50,
            "val_accuracy": 0.5 - 0.4 / epoch,
        }
    )


def judgement(labels: tuple[str, ...] = ("blues", "jazz", "rock"), *, n: int = 120) -> Judgement:
    rng = np.random.default_rng(0)
    true = rng.choice(labels, n)
    called = np.where(rng.random(n) < 0.7, true, rng.choice(labels, n))
    return judge(true.tolist(), called.tolist(), labels)


def test_the_curves_are_those_of_the_history_and_the_best_epoch_is_marked(theme: Theme) -> None:
    table = history()
    figure = learning_curves(table, theme, best=4)
    assert to_hex(figure.get_facecolor()) == theme.background
    for axes, name in zip(figure.axes, ("loss", "accuracy"), strict=True):
        training, validation, best = axes.lines
        np.testing.assert_array_equal(training.get_ydata(), table[name])
        np.testing.assert_array_equal(validation.get_ydata(), table[f"val_{name}"])
        np.testing.assert_array_equal(training.get_xdata(), table["epoch"])
        assert list(best.get_xdata()) == [4, 4]
        assert axes.get_xlabel() == "epoch"
    assert [text.get_text() for text in figure.axes[0].texts] == ["best: epoch 4"]
    named = [text.get_text() for text in figure.axes[1].get_legend().get_texts()]
    assert named == ["training", "validation"]


@pytest.mark.parametrize("missing", ["absent", "nan"])
def test_without_validation_no_epoch_is_best(missing: str) -> None:
    table = history()
    if missing == "absent":
        table = table[["epoch", "loss", "accuracy"]]
    else:
        table[["val_loss", "val_accuracy"]] = np.nan
    figure = learning_curves(table, LIGHT)
    assert [len(axes.lines) for axes in figure.axes] == [1, 1]
    assert not figure.axes[0].texts


def test_a_single_epoch_shows() -> None:
    figure = learning_curves(history(1), LIGHT)
    assert figure.axes[0].lines[0].get_marker() == "o"
    figure.savefig(io.BytesIO(), format="png")


def test_cells_hold_the_counts_and_the_colour_of_their_share(theme: Theme) -> None:
    judged = judgement()
    figure = confusion_matrix(judged, theme)
    axes, right = figure.axes[:2]
    shares = judged.confusion / judged.confusion.sum(axis=1, keepdims=True)
    np.testing.assert_allclose(axes.images[0].get_array(), shares)
    written = {tuple(map(int, text.get_position()[::-1])): text for text in axes.texts}
    for (row, column), count in np.ndenumerate(judged.confusion):
        assert written[row, column].get_text() == str(count)
        cell = axes.images[0].cmap(shares[row, column])
        assert contrast(written[row, column].get_color(), cell) > 4.0
    assert [label.get_text() for label in axes.get_yticklabels()] == list(judged.labels)
    assert [label.get_text() for label in axes.get_xticklabels()] == list(judged.labels)
    recalls = [f"{judged.genres[label].recall:.0%}".replace("%", " %") for label in judged.labels]
    assert [label.get_text() for label in right.get_yticklabels()] == recalls
    assert right.get_ylim() == axes.get_ylim()
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("heard as", "true genre")
    assert f"of {judged.n} named rightly" in axes.get_title(loc="left")


def test_a_genre_without_songs_has_no_recall() -> None:
    judged = judge(["a", "b"], ["a", "a"], ["a", "b", "c"])
    right = confusion_matrix(judged, LIGHT).axes[1]
    assert [label.get_text() for label in right.get_yticklabels()] == ["100 %", "0 %", "–"]


@pytest.mark.parametrize("count", [2, 10, 20, 60])
def test_any_number_of_genres_fits(count: int) -> None:
    judged = judgement(tuple(f"{i:02} some genre" for i in range(count)), n=2_000)
    figure = confusion_matrix(judged, DARK)
    figure.savefig(io.BytesIO(), format="png", dpi=50)
    boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    assert all(below.y1 <= above.y0 for above, below in pairwise(boxes))
    assert (not figure.axes[0].texts) == (count == 60)


def test_scores_are_ranked_and_say_how_many_songs(theme: Theme) -> None:
    judged = judgement()
    axes = genre_scores(judged, theme).axes[0]
    ranked = sorted(judged.genres, key=lambda genre: -judged.genres[genre].f1)
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == [f"{genre} ({judged.genres[genre].support})" for genre in ranked]
    points = {c.get_label(): c.get_offsets() for c in axes.collections if len(c.get_offsets()) == 3}
    for name in ("precision", "recall", "F1"):
        expected = [getattr(judged.genres[genre], name.lower()) for genre in ranked]
        np.testing.assert_allclose(points[name][:, 0], expected)
        np.testing.assert_array_equal(points[name][:, 1], [0, 1, 2])
    assert axes.lines[0].get_xdata()[0] == judged.macro_f1
    assert axes.get_ylim()[0] > axes.get_ylim()[1]
