"""What was heard, as bars."""

from __future__ import annotations

import io
import warnings

import pytest
from matplotlib.colors import to_hex

from lib.plots import LIGHT, Theme, probabilities
from lib.prediction import Prediction


def prediction(shares: dict[str, float], *, title: str = "A song") -> Prediction:
    genre = max(shares, key=lambda name: shares[name])
    return Prediction(
        source="song.mp3",
        title=title,
        artist="",
        seconds=30.0,
        tempo=120.0,
        genre=genre,
        confidence=shares[genre],
        probabilities=shares,
        windows=(),
        warnings=(),
        model="small",
    )


def test_the_likeliest_genre_is_on_top_and_stands_out(theme: Theme) -> None:
    figure = probabilities(prediction({"rock": 0.2, "jazz": 0.795, "pop": 0.005}), theme)
    axes = figure.axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["jazz", "rock", "pop"]
    bottom, top = axes.get_ylim()
    assert bottom > top  # so that the first row is the upper one
    assert [bar.get_width() for bar in axes.patches] == [0.795, 0.2, 0.005]
    colours = [to_hex(bar.get_facecolor()) for bar in axes.patches]
    assert colours == [theme.accent, theme.line, theme.line]
    assert [text.get_text() for text in axes.texts] == ["80 %", "20 %", "<1 %"]
    assert axes.get_title().strip() == "A song"
    assert axes.get_xlabel() == "probability"


def test_a_bar_of_100_percent_keeps_its_label_within_the_axes() -> None:
    figure = probabilities(prediction({"rock": 1.0, "jazz": 0.0}), LIGHT)
    figure.set_size_inches(7.6, 3.6)
    figure.draw_without_rendering()
    axes = figure.axes[0]
    assert axes.texts[0].get_text() == "100 %"
    assert axes.texts[0].get_window_extent().x1 <= axes.get_window_extent().x1


def test_of_many_genres_the_best_twenty_are_shown_and_the_rest_told() -> None:
    shares = {"rock": 0.2, **{f"genre {i:02}": 0.02 for i in range(40)}}
    axes = probabilities(prediction(shares), LIGHT).axes[0]
    assert len(axes.patches) == 20
    assert "All others together (not shown): 42 %." in axes.get_title(loc="left")


@pytest.mark.parametrize(
    "title", ["夜に駆ける 🎵", "$\\alpha", "x" * 300, "夜" * 300, "a\nb\x00c", ""]
)
def test_any_title_is_drawn(title: str, capfd: pytest.CaptureFixture[str]) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = probabilities(
            prediction({title[:20] or "rock": 0.6, "jazz": 0.4}, title=title), LIGHT
        )
        figure.set_size_inches(7.6, 3.6)
        figure.savefig(io.BytesIO(), format="png")
    assert figure.axes[0].title.get_window_extent().x1 < 760
    assert figure.axes[0].get_window_extent().width > 400
    assert capfd.readouterr().err == ""
