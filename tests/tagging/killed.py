"""A run, or its undoing, that kills itself at a given step: `python -m tests.tagging.killed`."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from lib.tagging import Answer, Rules, open_journal, plan, undo, undoing, write, writing
from lib.tagging.journal import Journal

STEPS = {
    "copy half written": ("new_file", "before"),
    "copy written": ("new_file", "after"),
    "noted": ("note", "after"),
    "in place": ("put_in_place", "after"),
    "about to be put in place": ("put_in_place", "before"),
}


def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(function: Callable[..., Any], when: str, after: int) -> Callable[..., Any]:
    """Return a function that kills its process in the call of that number."""
    calls = 0

    def call(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 (whatever it is called with)
        nonlocal calls
        calls += 1
        if calls == after and when == "before":
            if function.__name__ == "new_file":
                arguments[0].write_bytes(b"half of a file")
            die()
        result = function(*arguments, **named)
        if calls == after:
            die()
        return result

    return call


def main(folder: str, work: str, step: str, after: str) -> None:
    name, when = STEPS[step]
    if name == "note":
        Journal.note = deadly(Journal.note, when, int(after))  # type: ignore[method-assign]
    else:
        for module in (writing, undoing):
            setattr(module, name, deadly(getattr(module, name), when, int(after)))
    with open_journal() as journal:
        if work == "undo":
            undo(journal)
        else:
            songs = sorted(Path(folder).iterdir())
            answers = [Answer(path, "rock", 0.7, {"rock": 0.7, "jazz": 0.3}) for path in songs]
            write(plan(answers, Rules()), journal)


if __name__ == "__main__":
    main(*sys.argv[1:])
