"""The edge: exit codes, and sentences instead of tracebacks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from lib.console import run_stage
from lib.errors import CallError, Cancelled, ModelError


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


def test_a_wrong_call_ends_as_argparse_ends_one(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_stage(lambda: raising(CallError("--name: no genre"))) == 2
    assert capsys.readouterr().err == "Earmark: --name: no genre\n"


@pytest.mark.parametrize("error", [KeyboardInterrupt(), Cancelled()])
def test_a_stop_is_told_from_a_failure(
    error: BaseException, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_stage(lambda: raising(error)) == 130
    assert "stopped" in capsys.readouterr().err


def test_a_fault_of_our_own_is_a_sentence_that_names_the_log(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EARMARK_HOME", str(tmp_path))
    assert run_stage(lambda: 1 // 0) == 1
    log = tmp_path / "log" / "earmark.log"
    told = capsys.readouterr().err
    assert told.startswith("Earmark: did not expect this: ZeroDivisionError: integer division")
    assert told.endswith(f"What happened exactly is written in {log}.\n")
    assert "Traceback" in log.read_text()
    monkeypatch.setenv("EARMARK_HOME", str(log))  # no folder at all
    assert run_stage(lambda: 1 // 0) == 1
    assert "The log can't be written either" in capsys.readouterr().err


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
