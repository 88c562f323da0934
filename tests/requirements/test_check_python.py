"""What a person reads when their Python can't run Earmark."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BREAK_AND_RUN = "import sys, runpy; {}; runpy.run_path(sys.argv[1], run_name='__main__')"


def check(root: Path, breakage: str) -> subprocess.CompletedProcess[str]:
    script = root / "requirements" / "check_python.py"
    return subprocess.run(
        [sys.executable, "-c", BREAK_AND_RUN.format(breakage), str(script)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("breakage", "expected"),
    [
        ("sys.version_info = (3, 10, 4)", "Earmark needs Python 3.11 or later"),
        ("sys.modules['tkinter'] = None", "sudo apt install python3-tk"),
        ("sys.modules['pip'] = None", "sudo apt install python3-pip"),
    ],
)
def test_what_is_missing_is_said_without_a_traceback(
    root: Path, breakage: str, expected: str
) -> None:
    done = check(root, breakage)
    assert done.returncode == 1
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_a_python_that_will_do_passes_in_silence(root: Path) -> None:
    # The environment itself is made without pip, so a stand-in says that it is there.
    pip = "import types; sys.modules['pip'] = types.SimpleNamespace(__version__='24.0')"
    done = check(root, pip)
    assert (done.returncode, done.stderr) == (0, "")


def test_the_locks_name_no_registry_and_hash_every_package(root: Path) -> None:
    for name in ("app", "dev"):
        lock = (root / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        assert "://" not in lock
        packages = [line for line in lock.splitlines() if line[:1].isalnum()]
        assert packages
        assert all(line.endswith("\\") for line in packages)
    assert "tensorflow" not in (root / "requirements" / "app.txt").read_text(encoding="utf-8")
