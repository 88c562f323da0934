"""Jobs for workers of a cluster, which find them by their place at the top of a module."""

from __future__ import annotations

import os
from pathlib import Path

from lib.dataset import Heard, Place, Unheard, hear_song


def stumble(number: int) -> int:
    """Square a number, but stumble over 0."""
    return number * number + 0 * (1 // number)


def random_code() -> str:
    """Tell of code that differs from process to process."""
    return str(os.getpid())


def hear_noted(place: Place) -> Heard | Unheard:
    """Hear a song, and take note of the process that does."""
    with Path(os.environ["HEARD"]).open("a", encoding="utf-8") as notes:
        notes.write(f"{os.getpid()} {place.name}\n")
    return hear_song(place)
