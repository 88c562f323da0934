"""A run that is killed, at whatever step, is undone to the last byte; killed undoing goes on."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.tagging import open_journal, read_tags, undo
from tests.tagging.killed import STEPS
from tests.tagging.songs import FORMATS, names_in

Song = Callable[..., Path]
SONGS = len(FORMATS)


def killed(folder: Path, work: str, step: str, after: int) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.tagging.killed", folder, work, step, str(after)],
        env={**os.environ, "EARMARK_HOME": str(folder.parent / "home")},
        check=False,
    )
    assert done.returncode == -signal.SIGKILL


def state(folder: Path) -> dict[str, tuple[bytes, int]]:
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.iterdir()}


def all_formats(song: Song) -> Path:
    for suffix in FORMATS:
        folder = song(suffix).parent
    return folder


@pytest.mark.parametrize("step", STEPS)
def test_killed_at_any_step_it_is_undone_to_the_last_byte(step: str, song: Song) -> None:
    folder = all_formats(song)
    before = state(folder)
    killed(folder, "write", step, 4)
    if step == "in place":
        tagged = [path for path in folder.iterdir() if read_tags(path).genres == ("Rock",)]
        assert len(tagged) == 4
    if step != "noted":  # where the undoing calls it as well
        killed(folder, "undo", step, 2)
    with open_journal(folder.parent / "home" / "journal") as journal:
        undo(journal)
    assert state(folder) == before
    assert names_in(folder) == sorted(before)


def test_the_next_run_clears_away_what_a_killed_one_left(song: Song) -> None:
    folder = all_formats(song)
    killed(folder, "write", "copy half written", 4)
    assert len(names_in(folder)) == SONGS + 1
    killed(folder, "write", "in place", 1)
    assert len(names_in(folder)) == SONGS
