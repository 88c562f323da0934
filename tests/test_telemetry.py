"""What is heard here is reported to nobody."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path


def test_onnx_runtime_reports_nothing_whatever_a_setting_says(root: Path) -> None:
    """Without the variable, release 1.32 sends events to its makers some seconds after a start."""
    done = subprocess.run(
        [sys.executable, "-c", "import lib, os; print(os.environ['ORT_DISABLE_TELEMETRY'])"],
        cwd=root, capture_output=True, text=True, check=True,
        env={**os.environ, "ORT_DISABLE_TELEMETRY": "0"},
    )  # fmt: skip
    assert done.stdout == "1\n"
