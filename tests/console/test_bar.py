"""The progress bar: on a terminal alone, and out of the way of what is printed."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lib.console import progress_bar
from tests.terminal import on_a_terminal

SCRIPT = """
import time
from lib.console import progress_bar
with progress_bar() as bar:
    bar('Opening', None)
    for step in range(5):
        time.sleep(0.15)  # a bar is drawn ten times a second at most
        bar('Listening', step / 4)
    bar.hide()
    print('a line')
    for left in (3, 2, 1):
        time.sleep(0.15)
        bar(f'Downloading 0.5 of 1.0 MB, {left} s left', 0.5)
"""


def test_no_bar_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as bar:
        bar("Listening", 0.5)
        bar.hide()
    assert capsys.readouterr().err == ""


@pytest.fixture(scope="module")
def drawn(root: Path) -> list[str]:
    """Return what was drawn, one state of the line after another."""
    status, drawn = on_a_terminal([sys.executable, "-c", SCRIPT], cwd=root)
    assert status == 0
    return drawn.replace("\n", "").split("\r")


def test_a_bar_on_a_terminal_names_the_step(drawn: list[str]) -> None:
    assert any("Opening" in line for line in drawn)
    assert any("Listening 100%" in line for line in drawn)
    assert max(map(len, drawn)) <= 80


def test_a_printed_line_stands_alone(drawn: list[str]) -> None:
    assert "a line" in drawn
    assert drawn[drawn.index("a line") - 1].strip() == ""  # the bar was wiped away


def test_a_steps_words_go_on_while_nothing_comes(drawn: list[str]) -> None:
    told = [line for line in drawn if line.startswith("Downloading")]
    for left in (3, 2, 1):
        assert any(f"0.5 of 1.0 MB, {left} s left" in line for line in told)
    assert any("50%" in line for line in told)


def test_no_step_is_drawn_with_the_fraction_of_another(drawn: list[str]) -> None:
    assert not any("Opening 100%" in line or "Listening  50%" in line for line in drawn[-4:])
    assert not any("Downloading" in line and "100%" in line for line in drawn)


def test_nothing_is_left_behind(drawn: list[str]) -> None:
    assert drawn[-1].strip() == ""
