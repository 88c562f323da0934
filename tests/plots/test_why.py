"""Why a song was given its genre, as a picture."""

from __future__ import annotations

import io
import warnings

import pytest
from matplotlib.colors import to_hex

from lib.explanation import Explanation, Neighbour, Pull, Pulls, Trait
from lib.model import Song
from lib.plots import DARK, LIGHT, Theme
from lib.plots.theme import contrast
from lib.plots.why import why
from tests.plots.test_verdict import prediction

SHARES = {"rock": 0.7, "jazz": 0.3}
PULLS = Pulls(0.1, (Pull("timbre", -0.05), Pull("harmony", 0.64), Pull("tempo", 0.01)))
TRAITS = (
    Trait("tempo", ("log tempo",), 0.97, "very fast"),
    Trait("brightness", ("mfcc_mean_02",), 0.5, ""),
    Trait("loudness", ("mfcc_mean_01",), 0.1, "quiet"),
)


def near(title: str = "A title") -> Neighbour:
    return Neighbour(Song("t", title, "Somebody", "rock"), 3.0, 0.8, "very near")


WHOLE = Explanation({"rock": PULLS}, TRAITS, (near(), near("Another"), near("Third")))


def test_pulls_part_at_the_middle_the_strongest_on_top(theme: Theme) -> None:
    axes = why(prediction(SHARES), WHOLE, theme).axes[0]
    names = [label.get_text() for label in axes.get_yticklabels()]
    assert names == ["harmony", "tempo", "timbre"]
    assert [bar.get_width() for bar in axes.patches] == [0.64, 0.01, -0.05]
    assert [text.get_text() for text in axes.texts] == ["+64", "+1", "−5"]
    colours = [to_hex(bar.get_facecolor()) for bar in axes.patches]
    assert colours == [theme.series[0], theme.series[0], theme.series[1]]
    left, right = axes.get_xlim()
    assert left < -0.05
    assert right > 0.64
    assert axes.get_title().strip() == "What pulled it towards rock"
    assert axes.get_title(loc="left") == "In points, from 10 % on average."


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_towards_and_away_differ_by_more_than_their_hue(theme: Theme) -> None:
    assert all(contrast(colour, theme.background) > 3 for colour in theme.series[:2])


def test_small_pulls_look_small() -> None:
    tiny = Pulls(0.5, (Pull("timbre", 0.004), Pull("harmony", -0.001)))
    axes = why(prediction(SHARES), Explanation({"rock": tiny}), LIGHT).axes[0]
    left, right = axes.get_xlim()
    assert right - left >= 0.1
    assert [text.get_text() for text in axes.texts] == ["0", "0"]


def test_the_word_that_holds_is_bold(theme: Theme) -> None:
    figure = why(prediction(SHARES), WHOLE, theme)
    left, right = figure.axes[-2], figure.axes[-1]
    lows = {each.get_text(): each.get_fontweight() for each in left.get_yticklabels()}
    highs = {each.get_text(): each.get_fontweight() for each in right.get_yticklabels()}
    assert lows == {"slow": "normal", "dark": "normal", "quiet": "bold"}
    assert highs == {"fast": "bold", "bright": "normal", "loud": "normal"}
    dots = [line.get_xdata()[0] for line in left.lines if line.get_marker() == "o"]
    assert dots == [0.97, 0.5, 0.1]


def test_what_cannot_be_said_is_said_in_its_place() -> None:
    told = Explanation(unsaid="Model small can't say why.")
    figure = why(prediction(SHARES), told, LIGHT)
    assert figure.axes[0].texts[0].get_text() == "Model small can't say why."
    figure.savefig(io.BytesIO(), format="png")


@pytest.mark.parametrize("size", [(7.7, 2.4), (11.2, 4.2)])
@pytest.mark.parametrize("title", ["夜に駆ける 🎵", "$\\alpha", "x" * 300, "a\nb\x00c", ""])
def test_any_title_is_drawn_within_the_picture(title: str, size: tuple[float, float]) -> None:
    many = Explanation({"rock": PULLS}, TRAITS, (near(title), near(), near(title)))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = why(prediction(SHARES), many, DARK)
        figure.set_size_inches(*size)
        figure.savefig(io.BytesIO(), format="png")
    right, top = figure.bbox.x1, figure.bbox.y1
    for axes in figure.axes:
        for text in axes.texts:
            box = text.get_window_extent()
            assert 0 <= box.x0 < box.x1 <= right
            assert -3 <= box.y0 < box.y1 <= top


def test_a_low_picture_leaves_out_what_finds_no_room() -> None:
    scales = ("tempo", "brightness", "loudness", "dynamics", "change", "fullness", "chords")
    ranks = (0.5, 0.9, 0.45, 0.1, 0.7, 0.2, 0.99)
    traits = tuple(Trait(*each, "") for each in zip(scales, [()] * 7, ranks, strict=True))
    figure = why(
        prediction(SHARES), Explanation({"rock": PULLS}, traits, (near(),)), LIGHT, low=True
    )
    lows = [label.get_text() for label in figure.axes[1].get_yticklabels()]
    assert lows == ["dark", "even in level", "steady", "with few, clear notes", "with few chords"]
    assert not any("A title" in text.get_text() for axes in figure.axes for text in axes.texts)
