"""Genres by timbre, harmony and tempo, and a song of each."""

from __future__ import annotations

import io
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from matplotlib.colors import to_hex

from lib.dataset import Dataset, read_dataset
from lib.features import FEATURE_NAMES, Overview
from lib.plots import DARK, LIGHT, PlotError, Theme
from lib.plots.dataset import harmony, tempo_by_genre, timbre
from lib.plots.gallery import song_gallery

MakeDataset = Callable[..., Dataset]


def test_timbre_is_told_in_deviations_from_all_songs(
    make_dataset: MakeDataset, theme: Theme
) -> None:
    dataset = make_dataset(["blues", "jazz", "rock"])
    figure = timbre(dataset, theme)
    assert to_hex(figure.get_facecolor()) == theme.background
    for axes, prefix in zip(figure.axes, ("mfcc_mean_", "mfcc_std_"), strict=False):
        x = dataset.features[f"{prefix}07"]
        expected = [
            (x[dataset.genre == genre].mean() - x.mean()) / x.std(ddof=0)
            for genre in dataset.labels
        ]
        image = axes.images[0].get_array()
        assert image.shape == (3, 30)
        np.testing.assert_allclose(image[:, 6], expected)
        assert axes.get_xlabel() == "coefficient"
        assert [label.get_text() for label in axes.get_xticklabels()][:2] == ["1", "5"]
    names = [label.get_text() for label in figure.axes[0].get_yticklabels()]
    assert names == ["blues (3)", "jazz (4)", "rock (5)"]


def test_a_feature_that_never_differs_is_drawn_at_the_mean(make_dataset: MakeDataset) -> None:
    dataset = make_dataset(["blues", "jazz"])
    dataset.features["mfcc_mean_01"] = -300.0
    image = timbre(dataset, LIGHT).axes[0].images[0].get_array()
    assert np.all(image[:, 0] == 0.0)
    assert np.isfinite(image).all()


def test_harmony_shows_the_chroma_of_each_genre(make_dataset: MakeDataset, theme: Theme) -> None:
    dataset = make_dataset(["blues", "jazz", "rock"])
    figure = harmony(dataset, theme)
    for axes, prefix in zip(figure.axes, ("chroma_mean_", "chroma_std_"), strict=False):
        values = dataset.features[f"{prefix}A"]
        assert [label.get_text() for label in axes.get_xticklabels()][9] == "A"
        assert axes.images[0].get_array()[1, 9] == pytest.approx(
            values[dataset.genre == "jazz"].mean()
        )


def test_every_song_is_a_point_at_its_tempo(make_dataset: MakeDataset, theme: Theme) -> None:
    dataset = make_dataset(["blues", "jazz", "rock"], least=20)
    axes = tempo_by_genre(dataset, theme).axes[0]
    names = [label.get_text() for label in axes.get_xticklabels()]
    assert sorted(names) == ["blues\n(20)", "jazz\n(21)", "rock\n(22)"]
    points = [c.get_offsets() for c in axes.collections if len(c.get_offsets()) >= 20]
    assert len(points) == 3
    medians = [np.median(np.asarray(each)[:, 1]) for each in points]
    assert medians == sorted(medians)
    first = names[0].split("\n")[0]
    tempi = dataset.X[dataset.genre == first, FEATURE_NAMES.index("tempo")]
    assert sorted(points[0][:, 1]) == sorted(tempi)
    assert np.all(np.abs(points[0][:, 0]) <= 0.4)
    assert len({tuple(point) for point in points[0].tolist()}) == len(tempi)  # none hides another
    assert axes.get_ylabel() == "tempo (BPM)"


def test_a_window_is_no_song(make_dataset: MakeDataset) -> None:
    dataset = make_dataset(["blues", "jazz"])
    windows = dataset.features.loc[dataset.features.index.repeat(4)]
    windowed = Dataset(dataset.folder, dataset.tracks, windows)
    axes = timbre(windowed, LIGHT).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["blues (3)", "jazz (4)"]
    told = [tempo_by_genre(d, LIGHT).axes[0].get_title(loc="left") for d in (dataset, windowed)]
    assert "point: a song;" in told[0]
    assert "point: a window of a song;" in told[1]


@pytest.mark.parametrize("count", [1, 2, 20])
@pytest.mark.parametrize("draw", [timbre, harmony, tempo_by_genre])
def test_names_of_few_and_of_many_genres_do_not_overlap(
    draw: Callable[..., object], count: int, make_dataset: MakeDataset
) -> None:
    genres = [f"{chr(97 + i)} rather long genre" for i in range(count)]
    figure = draw(make_dataset(genres, least=1), DARK)
    figure.savefig(io.BytesIO(), format="png")
    axes = figure.axes[0]
    if draw is tempo_by_genre:
        slanted = {label.get_rotation() for label in axes.get_xticklabels()}
        assert slanted == ({40.0} if count == 20 else {0.0})
    else:
        boxes = [label.get_window_extent() for label in axes.get_yticklabels()]
        assert all(above.y0 >= below.y1 for above, below in pairwise(boxes))


@pytest.mark.parametrize("draw", [timbre, harmony, tempo_by_genre])
def test_no_songs_are_said(draw: Callable[..., object], make_dataset: MakeDataset) -> None:
    with pytest.raises(PlotError, match="songs: no song has features"):
        draw(make_dataset([]), LIGHT)


def test_the_real_genres_differ_as_known(gtzan: Path) -> None:
    image = timbre(read_dataset(gtzan), LIGHT).axes[0].images[0].get_array()
    assert image.shape == (10, 30)
    loudness = dict(zip(read_dataset(gtzan).labels, image[:, 0], strict=True))
    assert loudness["classical"] < -1 < 0.5 < loudness["metal"]


def test_a_gallery_has_a_row_a_song(song: Overview, tone: Overview, theme: Theme) -> None:
    songs = [("jazz", "So What", song), ("pop", "夜に駆ける and a title that goes on and on", tone)]
    figure = song_gallery(songs, theme)
    figure.savefig(io.BytesIO(), format="png")
    rows = np.array(figure.axes).reshape(2, 5)
    assert [text.get_text() for text in rows[0, 0].texts] == ["jazz", "So What"]
    assert [len(axes.images) for axes in rows[0]] == [0, 0, 1, 1, 1]
    titles = [axes.get_title(loc="left") for axes in rows[0, 1:]]
    assert titles == ["Waveform", "Mel spectrogram (Hz)", "Chromagram", "Tempogram (BPM)"]
    # Twelve and six seconds: each row has its own times.
    assert rows[0, 1].get_xlim()[1] > 1.9 * rows[1, 1].get_xlim()[1]
    assert all(label.get_visible() for label in rows[0, 1].get_xticklabels())
    for text in rows[1, 0].texts:
        assert text.get_window_extent().x1 < rows[1, 1].get_window_extent().x0


def test_a_gallery_of_equal_lengths_writes_the_time_once(song: Overview) -> None:
    figure = song_gallery([("jazz", "a", song), ("pop", "b", song)], LIGHT)
    figure.draw_without_rendering()
    upper, lower = figure.axes[1], figure.axes[6]
    assert not any(label.get_visible() for label in upper.get_xticklabels())
    assert lower.get_xlabel() == "time (min:s)"


def test_a_gallery_of_nothing_is_refused() -> None:
    with pytest.raises(PlotError, match="no songs"):
        song_gallery([], LIGHT)
