"""The edge: exit codes, sentences instead of tracebacks, a bar on a terminal alone."""

from __future__ import annotations

import os
import pty
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from lib.console import progress_bar, run_stage
from lib.errors import Cancelled, ModelError


def raising(error: BaseException) -> int:
    raise error


def test_the_work_says_the_status() -> None:
    assert run_stage(lambda: 0) == 0
    assert run_stage(lambda: 1) == 1


def test_an_error_of_ours_is_a_sentence_on_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert run_stage(lambda: raising(ModelError("no model at 'x'"))) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err == "Earmark: no model at 'x'\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled()])
def test_a_stop_is_told_from_a_failure(
    error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_stage(lambda: raising(error)) == 130
    assert "stopped" in capsys.readouterr().err


def test_a_fault_of_our_own_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        run_stage(lambda: 1 // 0)


def test_a_reader_that_went_away_is_no_error(root: Path) -> None:
    script = (
        "import sys; from lib.console import run_stage;"
        "sys.exit(run_stage(lambda: [print(i) for i in range(100_000)] and 0))"
    )
    done = subprocess.run(
        ["bash", "-c", f'"{sys.executable}" -c "{script}" | head -1; echo ${{PIPESTATUS[0]}}'],
        capture_output=True,
        text=True,
        check=True,
        cwd=root,
    )
    assert done.stdout.split() == ["0", "141"]
    assert done.stderr == ""


def test_no_bar_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    with progress_bar() as progress:
        progress("Listening", 0.5)
    assert capsys.readouterr().err == ""


def test_a_bar_on_a_terminal_names_the_step(root: Path) -> None:
    script = (
        "import time; from lib.console import progress_bar\n"
        "with progress_bar() as progress:\n"
        "    progress('Opening', None)\n"
        "    for step in range(5):\n"
        "        time.sleep(0.15)  # a bar is drawn ten times a second at most\n"
        "        progress('Listening', step / 4)\n"
    )
    parent, child = pty.openpty()
    termios.tcsetwinsize(child, (24, 80))
    with subprocess.Popen([sys.executable, "-c", script], stderr=child, cwd=root) as process:
        os.close(child)
        drawn = b""
        # Reading a terminal whose other end was closed is an error on Linux and an end elsewhere.
        try:
            while block := os.read(parent, 4096):
                drawn += block
        except OSError:
            pass
        finally:
            os.close(parent)
    assert process.returncode == 0
    assert "Listening" in drawn.decode()
    assert "100%" in drawn.decode()
