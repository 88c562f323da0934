"""What worker processes do in these tests: hear, unless a file's name says what befalls it.

Run as a script it hears a library, so that a test can end it in the middle:
``python -m tests.library.jobs FOLDER STORE MODEL``, with the environment variable ``HEARD`` naming
the file that gets a line for each song heard.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from pathlib import Path

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
        case "growing":
            # As a copy that is still going on: it changes after it was looked at.
            return _hear_while(task, lambda: path.write_bytes(path.read_bytes() * 2))
    return hear_file(task)


def hear_noted(task: Task) -> Song | EarmarkError:
    """Hear a file slowly and take note of it."""
    with Path(os.environ["HEARD"]).open("a", encoding="utf-8") as notes:
        notes.write(f"{task.path.name}\n")
    time.sleep(0.1)
    return hear_file(task)


def _hear_while(task: Task, change) -> Song | EarmarkError:  # noqa: ANN001
    from lib.library import hearing

    before = hearing.hear

    def changing(*arguments, **options):  # noqa: ANN002, ANN003, ANN202
        heard = before(*arguments, **options)
        change()
        return heard

    hearing.hear = changing
    try:
        return hear_file(task)
    finally:
        hearing.hear = before


if __name__ == "__main__":
    folder, store = Path(sys.argv[1]), Path(sys.argv[2])
    judge = Judge(Path(sys.argv[3]))
    waiting = plan([folder], store, judge).waiting
    for _ in hear_library(waiting, store, Crew(judge, 2, hear=hear_noted)):
        pass
