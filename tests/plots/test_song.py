"""The five views of a song show what sounds, where and when it sounds."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable

import numpy as np
import pytest
from matplotlib.axes import Axes
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from numpy.typing import NDArray

from lib.audio import SAMPLE_RATE
from lib.features import Overview
from lib.plots import LIGHT, Theme, chromagram, mel_spectrogram, mfcc, tempogram, waveform
from lib.plots.panels import band_of, tempo_limits

VIEWS = (waveform, mel_spectrogram, mfcc, chromagram, tempogram)


def pixels(axes: Axes) -> NDArray[np.float64]:
    return np.asarray(axes.images[0].get_array(), dtype=np.float64)


def ticks(axes: Axes) -> list[str]:
    axes.get_figure(root=True).draw_without_rendering()  # type: ignore[union-attr]
    return [label.get_text() for label in axes.get_yticklabels()]


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_the_themes_colours_a_title_and_named_axes(
    view: Callable[..., Figure], song: Overview, theme: Theme
) -> None:
    figure = view(song, theme)
    axes = figure.axes[0]
    assert to_hex(figure.get_facecolor()) == theme.background
    assert to_hex(axes.get_facecolor()) == theme.background
    assert axes.title.get_color() == theme.text
    assert axes.get_title().strip()
    assert len(axes.get_title(loc="left")) <= 90  # a line of the narrowest window
    assert axes.get_xlabel() == "time (min:s)"
    assert axes.get_ylabel()
    assert axes.get_xlim() == (0.0, pytest.approx(12.0, abs=0.05))
    assert to_hex(axes.xaxis.get_ticklabels()[0].get_color()) == theme.muted


@pytest.mark.parametrize("view", VIEWS)
def test_nothing_is_cut_off_when_resized(view: Callable[..., Figure], song: Overview) -> None:
    figure = view(song, LIGHT)
    for width, height in ((14.0, 7.0), (7.6, 3.6)):
        figure.set_size_inches(width, height)
        figure.draw_without_rendering()
        drawn = figure.get_tightbbox()
        assert 0 <= drawn.x0 < drawn.x1 <= width
        assert 0 <= drawn.y0 < drawn.y1 <= height


def test_the_waveform_is_as_tall_as_the_samples(song: Overview) -> None:
    axes = waveform(song, LIGHT).axes[0]
    outline = axes.collections[0].get_paths()[0].vertices
    peak = np.abs(song.waveform).max()
    assert np.abs(outline[:, 1]).max() == pytest.approx(peak)
    low, high = axes.get_ylim()
    assert -low == high
    assert peak < high < 1.1 * peak


@pytest.mark.usefixtures("german")
def test_amplitudes_are_written_in_the_style_of_numbers(song: Overview) -> None:
    found = ticks(waveform(song, LIGHT).axes[0])
    assert any("," in text for text in found)
    assert not any("." in text for text in found)


def test_the_mel_axis_is_labelled_in_hertz(tone: Overview) -> None:
    axes = mel_spectrogram(tone, LIGHT).axes[0]
    assert ticks(axes) == ["0", "256", "512", "1k", "2k", "4k", "8k"]
    places = axes.get_yticks()
    assert np.all(np.diff(places) > 0)
    # 1 kHz is mel 15 of 49.9 (Slaney); 1,024 Hz just above.
    assert places[3] == pytest.approx(
        129 * (15 + 27 * np.log(1.024) / np.log(6.4)) / 49.9, rel=1e-3
    )


def test_the_loudest_band_is_the_tones(tone: Overview) -> None:
    axes = mel_spectrogram(tone, LIGHT).axes[0]
    image = pixels(axes)
    bottom, top = axes.get_ylim()
    brightest = (image.mean(axis=1).argmax() + 0.5) / len(image) * (top - bottom)
    assert brightest == pytest.approx(band_of(440), abs=1.5)
    assert image.max() == 0.0
    assert axes.images[0].get_clim() == (-80.0, 0.0)


def test_every_coefficient_is_on_its_own_scale(song: Overview) -> None:
    axes = mfcc(song, LIGHT).axes[0]
    rows = pixels(axes)[:: len(pixels(axes)) // 30]
    assert rows.shape[0] == 30
    np.testing.assert_allclose(rows.mean(axis=1), 0.0, atol=0.05)
    assert np.all((rows.std(axis=1) > 0.7) & (rows.std(axis=1) < 1.1))
    assert ticks(axes) == ["1 (loudness)", "5", "10", "15", "20", "25", "30"]
    low, high = axes.images[0].get_clim()
    assert -low == high


def test_a_tone_of_440_hertz_is_an_a(tone: Overview) -> None:
    axes = chromagram(tone, LIGHT).axes[0]
    assert ticks(axes) == ["C", "C♯", "D", "D♯", "E", "F", "F♯", "G", "G♯", "A", "A♯", "B"]
    image = pixels(axes)
    row = image.mean(axis=1).argmax() // (len(image) // 12)
    assert ticks(axes)[row] == "A"
    assert axes.get_ylim() == (-0.5, 11.5)


def test_the_tempo_line_stands_at_the_tempo_and_says_it(song: Overview) -> None:
    axes = tempogram(song, LIGHT).axes[0]
    (line,) = axes.lines
    assert 2 ** line.get_ydata()[0] == pytest.approx(song.tempo)
    assert song.tempo == pytest.approx(120, rel=0.05)
    assert [text.get_text() for text in axes.texts] == [f"{song.tempo:.0f} BPM"]
    np.testing.assert_allclose(
        2 ** np.array(axes.get_yticks()), [float(text) for text in ticks(axes)]
    )


def test_the_brightest_tempo_is_a_multiple_of_the_beat(song: Overview) -> None:
    axes = tempogram(song, LIGHT).axes[0]
    image = pixels(axes)
    low, high = axes.get_ylim()
    bpm = 2 ** (low + (high - low) * (np.arange(len(image)) + 0.5) / len(image))
    strength = image.mean(axis=1)
    at, between = (strength[np.abs(bpm - tempo).argmin()] for tempo in (120, 160))
    assert at > 2 * between


def test_a_slow_tempo_widens_the_axis() -> None:
    assert 2 ** tempo_limits(20.0)[0] < 20
    assert 2 ** tempo_limits(400.0)[1] > 400
    assert [2**end for end in tempo_limits(120.0)] == pytest.approx([30, 300])


@pytest.mark.parametrize("view", VIEWS)
def test_silence_is_drawn_and_has_no_tempo(
    view: Callable[..., Figure], hear: Callable[..., Overview]
) -> None:
    silence = hear(np.zeros(3 * SAMPLE_RATE, dtype=np.float32))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure = view(silence, LIGHT)
        figure.savefig(io.BytesIO(), format="png")
    assert not figure.axes[0].lines
    if figure.axes[0].images:
        assert np.isfinite(pixels(figure.axes[0])).all()


@pytest.mark.parametrize("view", VIEWS)
def test_a_long_song_is_drawn_with_no_more_columns_than_a_screen_has(
    view: Callable[..., Figure], long: Overview
) -> None:
    assert long.times.size > 1_500
    axes = view(long, LIGHT).axes[0]
    if axes.images:
        assert pixels(axes).shape[1] == 1_400
    else:
        assert len(axes.collections[0].get_paths()[0].vertices) < 2 * 1_400 + 10
    assert axes.get_xlim()[1] == pytest.approx(100.0, abs=0.05)


@pytest.mark.parametrize("view", VIEWS)
def test_a_stretch_is_shown_as_the_whole_song_shows_it(
    view: Callable[..., Figure], song: Overview, theme: Theme
) -> None:
    whole, part = view(song, theme).axes[0], view(song, theme, span=(4.0, 6.0)).axes[0]
    assert part.get_xlim() == (4.0, 6.0)
    assert part.get_ylim() == whole.get_ylim()
    if part.images:
        left, right, *_ = part.images[0].get_extent()
        assert left <= 4.0 < 6.0 <= right < 6.1
        low, high = whole.images[0].get_clim()
        columns = pixels(whole).shape[1]
        same = pixels(whole)[:, round(left / 12.0 * columns) : round(right / 12.0 * columns)]
        means = pixels(part).mean(axis=1), same.mean(axis=1)
        np.testing.assert_allclose(*means, atol=0.02 * (high - low))
        assert part.images[0].get_clim() == (low, high)


def test_a_stretch_of_a_long_song_shows_what_the_whole_averages(long: Overview) -> None:
    whole = pixels(mel_spectrogram(long, LIGHT).axes[0])
    part = pixels(mel_spectrogram(long, LIGHT, span=(10.0, 20.0)).axes[0])
    columns = len(long.times) - 1
    assert whole.shape[1] == 1_400
    assert part.shape[1] == pytest.approx(columns / 10, abs=3)
