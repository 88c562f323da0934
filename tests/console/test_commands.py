"""Every command: its help and its examples, what it is on a terminal, and `python -m lib`."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from lib.console.commands import EXAMPLES, main, purpose
from tests.terminal import on_a_terminal

STAGES = sorted(path.name for path in Path(__file__).parents[2].glob("0*.py"))


@pytest.fixture(scope="module")
def helps(root: Path) -> dict[str, str]:
    """Return what each stage says on a terminal when it is asked for help."""
    told = {}
    for stage in STAGES:
        command = [sys.executable, root / stage, "--help"]
        env = {**os.environ, "NO_COLOR": "1"}
        status, told[stage] = on_a_terminal(command, cwd=root, env=env)
        assert status == 0
    return told


def test_every_stage_is_listed_with_examples_that_its_help_tells(helps: dict[str, str]) -> None:
    assert list(EXAMPLES) == STAGES
    for stage, examples in EXAMPLES.items():
        assert examples
        assert all(example in helps[stage] for example in examples)
        assert purpose(stage).split()[0] in helps[stage]


def test_no_stage_uses_colour(helps: dict[str, str]) -> None:
    assert not [stage for stage, told in helps.items() if "\x1b[" in told]


def test_whatever_answers_answers_programs_and_whatever_takes_long_can_be_quiet(
    helps: dict[str, str],
) -> None:
    for stage in STAGES[:4]:
        assert "--json" in helps[stage]
        assert "--quiet" in helps[stage]


def test_the_package_itself_lists_the_commands(root: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "lib"], cwd=root, capture_output=True, text=True, check=True
    )
    lines = done.stdout.splitlines()
    assert [line.split()[0] for line in lines if line.startswith("0")] == STAGES
    assert "    python 03_classify.py --undo" in lines
    assert done.stderr == ""
    wrong = subprocess.run(
        [sys.executable, "-m", "lib", "song.mp3"], cwd=root, capture_output=True, check=False
    )
    assert wrong.returncode == 2


def test_a_program_gets_them_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [command["command"] for command in told] == STAGES
    assert all(command["does"].endswith(".") and command["examples"] for command in told)
