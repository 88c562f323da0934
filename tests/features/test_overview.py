from __future__ import annotations

import numpy as np
import pytest

from lib.audio import Window
from lib.features import Overview, analyse
from lib.features.overview import MOST_COLUMNS
from tests.features.signals import RATE, noise
from tests.sound import music

WINDOW, HOP = 6, 3  # seconds: the real ones are five times as long


def heard(y: np.ndarray) -> Overview:
    """Hear a sound of whole seconds in windows that overlap by half."""
    overview = Overview()
    for start in range(0, max(1, y.size // RATE - WINDOW + 1), HOP):
        samples = y[start * RATE : (start + WINDOW) * RATE]
        overview.add(Window(start, start + samples.size / RATE, samples), analyse(samples))
    return overview


def rows(overview: Overview) -> dict[str, np.ndarray]:
    return {
        name: np.atleast_2d(getattr(overview, name))
        for name in ("mel_db", "mfcc", "chroma", "onset_strength", "tempogram", "waveform")
    }


def test_one_window_is_its_analysis() -> None:
    y = music(5.0)
    analysis, overview = analyse(y), heard(y)
    for name in ("mel_db", "mfcc", "chroma", "onset_strength"):
        np.testing.assert_array_equal(getattr(overview, name), getattr(analysis, name))
    np.testing.assert_array_equal(overview.tempogram, analysis.tempogram())
    assert overview.tempo == analysis.tempo


def test_all_arrays_share_one_time_axis_from_start_to_end() -> None:
    overview = heard(music(30.0))
    columns = len(overview.times) - 1
    assert {array.shape[1] for array in rows(overview).values()} == {columns}
    assert overview.times[[0, -1]].tolist() == [0.0, 30.0]
    assert np.all(np.diff(overview.times) > 0)
    assert [len(array) for array in rows(overview).values()] == [128, 30, 12, 1, 384, 2]


def test_overlapping_windows_show_what_one_long_one_would() -> None:
    """The seams lie in the middle of the overlaps, where no window looks beyond its end."""
    y = noise(30 * RATE)
    overview, whole = heard(y), analyse(y)
    centres = np.arange(whole.mel_db.shape[1]) * 512 / RATE
    nearest = np.abs(centres[:, None] - (overview.times + 256 / RATE)).argmin(axis=0)[1:-2]
    difference = np.abs(overview.mel_db[:, 1:-1] - whole.mel_db[:, nearest])
    assert np.median(difference) < 2.0  # up to half a hop apart
    assert difference.max(axis=0).max() < 60
    loudness = overview.mel_db.mean(axis=0)[1:-1]
    assert np.ptp(loudness) < 6.0  # no seam is heard as a click or a gap


def test_the_waveform_keeps_its_extremes() -> None:
    y = music(4.0)
    y[50_000], y[60_000] = 0.9, -0.95
    low, high = heard(y).waveform
    assert (low.min(), high.max()) == (np.float32(-0.95), np.float32(0.9))
    assert np.all(low <= high)
    at = np.searchsorted(heard(y).times, 50_000 / RATE, side="right") - 1
    assert high[at] == np.float32(0.9)


@pytest.fixture(scope="module")
def half_hour() -> tuple[Overview, list[int]]:
    """Return half an hour of sound as an overview, and how many columns it had on the way."""
    samples = music(30.0)
    analysis, overview, columns = analyse(samples), Overview(), []
    for start in range(0, 1800 - 15, 15):
        overview.add(Window(start, start + 30.0, samples), analysis)
        columns.append(len(overview.times) - 1)
    return overview, columns


def test_a_long_song_ends_with_2048_to_4096_columns(half_hour: tuple[Overview, list[int]]) -> None:
    overview, columns = half_hour
    assert max(columns) <= MOST_COLUMNS
    assert columns[-1] > MOST_COLUMNS / 2
    assert overview.times[-1] == 1800.0


def test_the_columns_of_a_long_song_last_equally_long(
    half_hour: tuple[Overview, list[int]],
) -> None:
    widths = np.diff(half_hour[0].times)[1:-1]
    assert np.ptp(widths) < 0.04  # frames of 23 ms are shared out anew at each seam
    assert np.median(widths) == pytest.approx(32 * 512 / RATE)


def test_merging_keeps_the_means_and_the_extremes(half_hour: tuple[Overview, list[int]]) -> None:
    overview = half_hour[0]
    analysis = analyse(music(30.0))
    for name in ("mel_db", "mfcc", "chroma"):
        merged, single = getattr(overview, name), getattr(analysis, name)
        np.testing.assert_allclose(
            merged.mean(axis=1), single.mean(axis=1), rtol=0.05, atol=0.01 * np.abs(single).max()
        )
    assert overview.waveform.max() == music(30.0).max()
    assert overview.tempo == analysis.tempo


def test_the_tempo_is_the_median_of_the_windows() -> None:
    overview, tempi = Overview(), []
    for start, bpm in enumerate((60, 90, 140)):
        samples = music(6.0, bpm=bpm)
        analysis = analyse(samples)
        overview.add(Window(10.0 * start, 10.0 * start + 6.0, samples), analysis)
        tempi.append(analysis.tempo)
    assert overview.tempo == np.median(tempi)


def test_an_empty_overview_is_empty() -> None:
    overview = Overview()
    assert overview.mel_db.shape == (128, 0)
    assert overview.waveform.shape == (2, 0)
    assert overview.times.tolist() == [0.0]
    assert overview.tempo == 0.0


def test_reading_on_the_way_changes_nothing() -> None:
    y = music(15.0)
    read, unread = Overview(), Overview()
    for start in range(0, 10, 3):
        samples = y[start * RATE : (start + WINDOW) * RATE]
        window, analysis = Window(start, start + WINDOW, samples), analyse(samples)
        read.add(window, analysis)
        rows(read)
        unread.add(window, analysis)
    for ours, theirs in zip(rows(read).values(), rows(unread).values(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_windows_out_of_order_are_refused() -> None:
    overview, samples = Overview(), music(4.0)
    overview.add(Window(15.0, 19.0, samples), analyse(samples))
    with pytest.raises(ValueError, match=r"window at 3.0 s is added after the one at 15.0 s"):
        overview.add(Window(3.0, 7.0, samples), analyse(samples))
