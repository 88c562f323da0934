"""Sizes and times of a download in words."""

from __future__ import annotations

from lib.youtube.text import megabytes, time_left


def test_sizes_and_times_are_words() -> None:
    assert [megabytes(n) for n in (0, 1_250_000, 99_960_000, 1e9)] == [
        "0.0",
        "1.2",
        "100.0",
        "1000",
    ]
    assert [time_left(s) for s in (0.4, 59, 60.2)] == ["0 s left", "59 s left", "1 min 0 s left"]
