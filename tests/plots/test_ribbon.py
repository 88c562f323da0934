"""The genre over time: right at every moment, told apart by everybody, fainter where unsure."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lib.features import Overview
from lib.plots import DARK, LIGHT, Theme, waveform
from lib.plots.ribbon import GENRE_COLOURS, OTHERS, Ribbon, genre_colours, genres_over_time
from lib.plots.theme import contrast
from lib.prediction import Prediction, WindowPrediction

# Linear RGB as people without one kind of cone see it (Machado, Oliveira and Fernandes, "A
# physiologically-based model for simulation of color vision deficiency", 2009, severity 1.0).
SIGHTS = {
    "all cones": np.eye(3),
    "no L": [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216],
             [-0.003882, -0.048116, 1.051998]],
    "no M": [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413],
             [-0.011820, 0.042940, 0.968881]],
    "no S": [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602],
             [0.004733, 0.691367, 0.303900]],
}  # fmt: skip
# From linear RGB to OKLab (Ottosson, "A perceptual color space for image processing", 2020).
TO_LMS = [[0.4122214708, 0.5363325363, 0.0514459929], [0.2119034982, 0.6806995451, 0.1073969566],
          [0.0883024619, 0.2817188376, 0.6299787005]]  # fmt: skip
TO_LAB = [[0.2104542553, 0.7936177850, -0.0040720468], [1.9779984951, -2.4285922050, 0.4505937099],
          [0.0259040371, 0.7827717662, -0.8086757660]]  # fmt: skip


def heard(
    rows: Sequence[Sequence[float]], *, unsure: Sequence[bool] = (), seconds: float = 30.0
) -> Prediction:
    """Return what was heard in windows that overlap by half; genres are a, b, c …"""
    genres = "abcdefghijkl"[: len(rows[0])]
    windows = tuple(
        WindowPrediction(
            i * seconds / 2, i * seconds / 2 + seconds, max(zip(row, genres, strict=True))[1],
            dict(zip(genres, row, strict=True)), bool(unsure) and unsure[i],
        )
        for i, row in enumerate(rows)
    )  # fmt: skip
    mean = dict(zip(genres, np.mean(rows, axis=0).tolist(), strict=True))
    ranked = dict(sorted(mean.items(), key=lambda pair: -pair[1]))
    genre = next(iter(ranked))
    return Prediction(
        source="song.mp3", title="A song", artist="", seconds=windows[-1].end, tempo=120.0,
        genre=genre, confidence=ranked[genre], probabilities=ranked, windows=windows, warnings=(),
        model="tiny",
    )  # fmt: skip


def at(ribbon: Ribbon, genre: str, seconds: float) -> float:
    row = ribbon.shares[ribbon.genres.index(genre)]
    return float(np.interp(seconds, ribbon.times, row))


def names(figure: Figure) -> list[str]:
    return [text.get_text() for text in figure.legends[0].get_texts()]


class TestGenresOverTime:
    def test_a_window_counts_at_its_middle_and_between_two_it_changes_evenly(self) -> None:
        ribbon = genres_over_time(heard([[0.9, 0.1], [0.9, 0.1], [0.2, 0.8]]))
        assert ribbon.genres == ("a", "b")
        assert at(ribbon, "a", 0.0) == pytest.approx(0.9)
        assert at(ribbon, "a", 30.0) == pytest.approx(0.9, abs=0.01)
        assert at(ribbon, "a", 37.5) == pytest.approx(0.55, abs=1e-3)
        assert at(ribbon, "b", 60.0) == pytest.approx(0.8)

    def test_every_moment_sums_to_one_and_slivers_are_one(self) -> None:
        rng = np.random.default_rng(0)
        rows = rng.dirichlet([3, 2, 2, 1, 1, 1, 1, 1, 0.05, 0.02], size=7)
        ribbon = genres_over_time(heard(rows.tolist()))
        np.testing.assert_allclose(ribbon.shares.sum(axis=0), 1.0, atol=1e-12)
        assert ribbon.genres[-1] == OTHERS
        assert len(ribbon.genres) <= 7

    def test_three_hours_are_averaged_and_come_out_when_looked_at_closely(self) -> None:
        flicker = [[1.0, 0.0], [0.0, 1.0]] * 360
        song = heard(flicker)
        whole = genres_over_time(song)
        inner = slice(20, -20)
        assert np.ptp(whole.shares[0][inner]) < 0.1
        close = genres_over_time(song, span=(3000.0, 3060.0))
        assert np.ptp(close.shares[0]) > 0.9
        assert (close.times[0], close.times[-1]) == (3000.0, 3060.0)

    def test_one_window_is_one_stretch(self) -> None:
        ribbon = genres_over_time(heard([[0.7, 0.3]], unsure=[True]))
        np.testing.assert_allclose(ribbon.shares[0], 0.7)
        np.testing.assert_allclose(ribbon.unsure, 1.0)


class TestColours:
    def test_nobody_takes_two_genres_for_one(self) -> None:
        rgb = np.array([to_rgb(colour) for colour in GENRE_COLOURS])
        linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
        for sight, matrix in SIGHTS.items():
            seen = np.clip(linear @ np.array(matrix).T, 0, 1)
            lab = np.cbrt(seen @ np.array(TO_LMS).T) @ np.array(TO_LAB).T
            distance = np.linalg.norm(lab[:, None] - lab[None], axis=2)
            nearest = distance[~np.eye(len(lab), dtype=bool)].min()
            # Two hundredths are what is just noticed side by side.
            assert nearest > 0.07, sight

    def test_they_belong_to_the_genre_and_show_on_both_backgrounds(self) -> None:
        genres = ["rock", "blues", "jazz"]
        light, dark = genre_colours(genres, LIGHT), genre_colours(genres[::-1], DARK)
        assert all(light[genre] == dark[genre] for genre in genres)
        for colour in GENRE_COLOURS:
            assert contrast(colour, LIGHT.background) > 1.4
            assert contrast(colour, DARK.background) > 1.8


class TestPicture:
    def test_it_lies_under_the_waveform_on_the_same_time_axis(
        self, song: Overview, theme: Theme
    ) -> None:
        figure = waveform(song, theme, prediction=heard([[0.8, 0.2]], seconds=12.0))
        above, below = figure.axes
        assert above.get_xlim() == below.get_xlim()
        assert below.get_xlabel() == "time (min:s)"
        assert names(figure) == ["a", "b"]
        figure.draw_without_rendering()
        assert above.get_position().x0 == below.get_position().x0
        assert below.get_position().y1 < above.get_position().y0

    def test_unsure_stretches_are_fainter(self, song: Overview, theme: Theme) -> None:
        rows = [[0.95, 0.05], [0.95, 0.05], [0.95, 0.05]]
        doubted = heard(rows, unsure=[False, False, True], seconds=6.0)
        figure = waveform(song, theme, prediction=doubted)
        veil = np.asarray(figure.axes[1].images[0].get_array())
        assert veil[0, 0, 3] == 0.0
        assert veil[0, -1, 3] > 0.5
        assert "faint: unsure" in names(figure)
        pixels = _pixels(figure)
        height = _row(figure, share=0.3)
        sure, unsure = pixels[height, _column(figure, 1.0)], pixels[height, _column(figure, 11.5)]
        background = np.array(to_rgb(theme.background)) * 255
        assert np.abs(unsure - background).sum() < 0.6 * np.abs(sure - background).sum()

    def test_a_name_that_finds_no_room_is_left_out(self, song: Overview) -> None:
        prediction = heard([[0.8, 0.2]], seconds=12.0)
        figure = waveform(song, LIGHT, prediction=prediction)
        wide = _pixels(figure, size=(9.0, 4.2))
        assert (wide.min(axis=2) > 240).any()
        written = [text.get_text() for text in figure.axes[1].artists + figure.axes[1].texts]
        assert set(written) == {"a", "b"}
        _pixels(figure, size=(3.0, 2.0))  # and the rest is drawn none the less

    def test_a_stretch_alone(self, song: Overview) -> None:
        figure = waveform(song, LIGHT, prediction=heard([[1.0]], seconds=12.0), span=(3.0, 5.0))
        assert [axes.get_xlim() for axes in figure.axes] == [(3.0, 5.0)] * 2


def _pixels(figure: Figure, size: tuple[float, float] = (9.0, 4.2)) -> NDArray[np.float64]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg

    figure.set_size_inches(*size)
    canvas = FigureCanvasAgg(figure)
    canvas.draw()
    return np.asarray(canvas.buffer_rgba())[:, :, :3].astype(float)


def _column(figure: Figure, seconds: float) -> int:
    return int(figure.axes[1].transData.transform((seconds, 0.5))[0])


def _row(figure: Figure, *, share: float) -> int:
    return int(figure.bbox.height - figure.axes[1].transData.transform((0.0, share))[1])
