"""Jobs for worker processes, which find them by their place at the top of a module.

Run as a script, it makes a data set slowly, so that a test can end it in the middle:
``python -m tests.dataset.jobs SOURCE TARGET``, with the environment variable ``HEARD`` naming the
file that gets a line for each song heard, and ``SLOWLY`` the seconds that each takes.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

from lib.dataset import Heard, Unheard, hear_song, preprocess


def square(number: int) -> int:
    """Square a number, but die of 13 and stumble over 0."""
    if number == 13:
        os.kill(os.getpid(), signal.SIGSEGV)
    if number == 17:
        os._exit(3)
    return number * number + 0 * (1 // number)


def echo(item: bytes) -> bytes:
    return item


def die_once(marker: Path) -> str:
    """Die the first time, as an innocent process does when memory is short."""
    if not marker.exists():
        marker.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return marker.name


def threads(_: int) -> tuple[str | None, int]:
    """Tell how many threads BLAS may use, and which process this is."""
    return os.environ.get("OPENBLAS_NUM_THREADS"), os.getpid()


def sleep(seconds: float) -> float:
    time.sleep(seconds)
    return seconds


def hear_or_die(path: Path) -> Heard | Unheard:
    """Hear a song; one named ``deadly`` ends the process as a decoder's crash would."""
    if path.stem == "deadly":
        os.kill(os.getpid(), signal.SIGSEGV)
    return hear_song(path)


def hear_noted(path: Path) -> Heard | Unheard:
    """Hear a song slowly and take note of it."""
    with Path(os.environ["HEARD"]).open("a", encoding="utf-8") as notes:
        notes.write(f"{path.parent.name}/{path.name}\n")
    time.sleep(float(os.environ.get("SLOWLY", "0")))
    return hear_song(path)


def touch(path: Path) -> str:
    """Leave a mark that this item was begun."""
    path.touch()
    return path.name


if __name__ == "__main__":
    preprocess(Path(sys.argv[1]), Path(sys.argv[2]), workers=2, hear=hear_noted)
