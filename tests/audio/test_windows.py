from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.audio.sound import SAMPLE_RATE, Window
from lib.audio.windows import windows

SECOND = SAMPLE_RATE


def song(n: int) -> NDArray[np.float32]:
    """Return samples that each tell their place (float32 counts exactly up to 2**24)."""
    return np.arange(n, dtype=np.float32)


def cut(samples: NDArray[np.float32], sizes: list[int]) -> Iterator[NDArray[np.float32]]:
    start, turn = 0, 0
    while start < len(samples):
        yield samples[start : start + sizes[turn % len(sizes)]]
        start += sizes[turn % len(sizes)]
        turn += 1


def spans(seconds: float) -> list[tuple[float, float]]:
    heard = windows(cut(song(round(seconds * SECOND)), [SECOND]))
    return [(window.start, window.end) for window in heard]


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, []),
        (0.5, [(0, 0.5)]),
        (29.9, [(0, 29.9)]),
        (45, [(0, 45)]),
        (45 + 1 / SECOND, [(0, 30), (15, 45)]),
        (47.9, [(0, 30), (15, 45)]),
        (48.1, [(0, 30), (15, 45), (18.1, 48.1)]),
        (59, [(0, 30), (15, 45), (29, 59)]),
        (60, [(0, 30), (15, 45), (30, 60)]),
        (62.9, [(0, 30), (15, 45), (30, 60)]),
        (63.1, [(0, 30), (15, 45), (30, 60), (33.1, 63.1)]),
    ],
)
def test_where_windows_lie(seconds: float, expected: list[tuple[float, float]]) -> None:
    np.testing.assert_allclose(spans(seconds), expected, atol=1e-3)  # whole hops, not seconds


def assert_well_cut(heard: list[Window], n: int) -> None:
    """Hold windows to what everything that stands on them expects."""
    covered = 0
    for window in heard:
        first, last = round(window.start * SECOND), round(window.end * SECOND)
        assert len(window.samples) == last - first
        assert window.samples.dtype == np.float32
        assert window.samples[0] == first  # the samples are those of that place
        assert window.samples[-1] == last - 1
        assert first <= covered < last  # no gap, and each adds something
        covered = last
    assert n - covered < 3 * SECOND
    if n <= 45 * SECOND:
        assert len(heard) == 1
        assert covered == n
    else:
        assert {len(window.samples) for window in heard} == {30 * SECOND}


WHOLE, LONG = st.integers(1, 45 * SECOND), st.integers(45 * SECOND + 1, 100 * SECOND)


@given(
    n=st.one_of(WHOLE, LONG, LONG),
    sizes=st.lists(st.integers(2_000, 3_000_000), min_size=1, max_size=4),
)
@settings(max_examples=60, deadline=None)
def test_every_sample_is_heard_but_a_short_tail(n: int, sizes: list[int]) -> None:
    assert_well_cut(list(windows(cut(song(n), sizes))), n)


def test_the_decision_is_by_what_is_heard_not_by_the_size_of_blocks() -> None:
    n = 50 * SECOND
    by_sizes = [list(windows(cut(song(n), [size]))) for size in (1_000, SECOND, n)]
    for other in by_sizes[1:]:
        for one, two in zip(by_sizes[0], other, strict=True):
            np.testing.assert_array_equal(one.samples, two.samples)


def test_windows_come_before_the_song_is_over() -> None:
    taken = 0

    def blocks() -> Iterator[NDArray[np.float32]]:
        nonlocal taken
        for _ in range(1_000):
            taken += 1
            yield np.zeros(SECOND, np.float32)

    heard = windows(blocks())
    assert next(heard).end == 30
    assert taken == 46
    assert round(next(heard).end, 3) == 45
    assert taken == 46
    assert round(next(heard).end, 3) == 60
    assert taken == 61


def test_a_window_is_its_own() -> None:
    first, second, *_ = windows(cut(song(50 * SECOND), [SECOND]))
    first.samples[:] = -1
    assert second.samples.min() == 646 * 512
