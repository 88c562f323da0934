from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from lib.audio import Window, open_audio
from lib.features import Cutter
from tests.features.signals import RATE, Samples
from tests.sound import music, write_song


def segments(path: Path) -> Iterator[Window]:
    cutter = Cutter()
    with open_audio(path) as song:
        for window in song.windows():
            yield from cutter.cut(window)


@pytest.mark.parametrize("seconds", [3.0, 5.9, 30.0, 44.9, 46.0, 62.0, 64.0, 91.5])
def test_segments_are_the_song_from_its_beginning(tmp_path: Path, seconds: float) -> None:
    y = music(seconds)
    song = write_song(tmp_path / "song.flac", y, rate=RATE)
    found = list(segments(song))
    assert [each.start for each in found] == [3.0 * i for i in range(int(seconds // 3))]
    assert {each.end - each.start for each in found} == {3.0}
    heard: Samples = np.concatenate([each.samples for each in found])
    np.testing.assert_allclose(heard, y[: len(heard)], atol=1e-4)


def test_a_song_that_lacks_a_sample_of_a_segment_is_filled_up() -> None:
    y = music(3.0)[:-2]
    (segment,) = Cutter().cut(Window(0.0, len(y) / RATE, y))
    assert len(segment.samples) == 3 * RATE
    np.testing.assert_array_equal(segment.samples[: len(y)], y)
    assert not segment.samples[len(y) :].any()


def test_a_window_alone_is_cut_from_its_own_beginning() -> None:
    y = music(30)
    found = list(Cutter().cut(Window(20.0, 50.0, y)))
    assert [each.start for each in found] == [20.0 + 3 * i for i in range(10)]
    np.testing.assert_array_equal(np.concatenate([each.samples for each in found]), y)
