"""Sizes and times of a download in words."""

from __future__ import annotations


def megabytes(count: float) -> str:
    """Write a number of bytes in MB of a million bytes, without the unit.

    Examples
    --------
    >>> megabytes(3_440_000), megabytes(150_000_000)
    ('3.4', '150')
    """
    size = count / 1e6
    return f"{size:.1f}" if size < 100 else f"{size:.0f}"


def time_left(seconds: float) -> str:
    """Write how long something will still take.

    Examples
    --------
    >>> time_left(5.4), time_left(125)
    ('5 s left', '2 min 5 s left')
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest} s left" if minutes else f"{rest} s left"
