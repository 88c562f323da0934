"""What worker processes do in these tests: hear, unless a file's name says what befalls it.

Run as a script it hears a library, so that a test can end it in the middle:
``python -m tests.library.jobs FOLDER STORE MODEL``, with the environment variable ``HEARD`` naming
the file that gets a line for each song heard.
"""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

from lib.errors import EarmarkError
from lib.library import Crew, Judge, Song, hear_library, plan
from lib.library.hearing import Task, hear_file


def hear_or_fail(task: Task) -> Song | EarmarkError:
    """Hear a file, but crash, hang, or do to it what its name says."""
    path = task.path
    match path.stem:
        case "deadly":
            os.kill(os.getpid(), signal.SIGSEGV)
        case "endless":
            time.sleep(600)
        case "vanishing":
            path.unlink()
    change = CHANGES.get(path.stem)
    return _hear_while(task, lambda: change(path)) if change is not None else hear_file(task)


def _replace(path: Path) -> None:
    other = path.with_name(f".{path.name}")
    other.write_bytes(path.read_bytes() + b"more")
    other.replace(path)


def _lock(path: Path) -> None:
    """Lock a file for as long as this process lives, by another file that is open."""
    file = path.open("r+b")
    fcntl.flock(file, fcntl.LOCK_EX)
    HELD.append(file)


HELD: list[BinaryIO] = []
# What befalls a file of this name once its first window was heard; it is still open then.
CHANGES: dict[str, Callable[[Path], object]] = {
    # As a copy that is still going on.
    "growing": lambda path: path.write_bytes(path.read_bytes() * 2),
    "shrinking": lambda path: os.truncate(path, path.stat().st_size // 2),
    "replaced": _replace,
    "removed": Path.unlink,
    "shut": lambda path: path.chmod(0),
    "locked": _lock,
}


def hear_noted(task: Task) -> Song | EarmarkError:
    """Hear a file slowly and take note of it."""
    with Path(os.environ["HEARD"]).open("a", encoding="utf-8") as notes:
        notes.write(f"{task.path.name}\n")
    time.sleep(0.1)
    return hear_file(task)


def _hear_while(task: Task, change: Callable[[], object]) -> Song | EarmarkError:
    """Hear a file, and change something after its first window."""
    from lib.library import hearing

    usual, waiting = hearing._watch_parent, [change]

    def progress(step: str, fraction: float | None, /) -> None:
        usual(step, fraction)
        if step == "Listening" and waiting:
            waiting.pop()()

    hearing._watch_parent = progress
    try:
        return hear_file(task)
    finally:
        hearing._watch_parent = usual


if __name__ == "__main__":
    folder, store = Path(sys.argv[1]), Path(sys.argv[2])
    judge = Judge(Path(sys.argv[3]))
    waiting = plan([folder], store, judge).waiting
    for _ in hear_library(waiting, store, Crew(judge, 2, hear=hear_noted)):
        pass
