"""Ctrl+C at the worst moments."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from lib import interrupts

# Loaded by Python before a stage: Ctrl+C comes when the stage imports the console.
CUSTOM = """
import os, signal, sys

class Interrupting:
    def find_spec(self, name, path=None, target=None):
        if name == "lib.console":
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupting())
"""
STAGES = sorted(path.name for path in Path(__file__).parents[1].glob("0*.py"))


def start(root: Path, folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    (folder / "sitecustomize.py").write_text(CUSTOM)
    return subprocess.run(
        [sys.executable, *command], cwd=root, capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": str(folder)},
    )  # fmt: skip


@pytest.mark.parametrize("stage", STAGES)
def test_while_a_stage_imports_it_ends_without_a_word(
    stage: str, root: Path, tmp_path: Path
) -> None:
    done = start(root, tmp_path, stage, "--help")
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_program_that_uses_lib_is_left_alone(root: Path, tmp_path: Path) -> None:
    done = start(root, tmp_path, "-c", "import lib.console")
    assert "KeyboardInterrupt" in done.stderr
    assert done.returncode == -signal.SIGINT


def test_held_back_it_comes_afterwards() -> None:
    reached = []

    def work() -> None:
        with interrupts.held_back():
            os.kill(os.getpid(), signal.SIGINT)
            reached.append(True)

    with pytest.raises(KeyboardInterrupt):
        work()
    assert reached
