"""Small matrices are not shared out among threads."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

COUNT = """
import lib.features, threadpoolctl
print(max(pool["num_threads"] for pool in threadpoolctl.threadpool_info()))
"""


@pytest.mark.parametrize(("own", "threads"), [(None, "1"), ("2", "2")])
def test_blas_runs_in_one_thread_unless_a_person_says_otherwise(
    root: Path, own: str | None, threads: str
) -> None:
    if (os.cpu_count() or 1) < 2:
        pytest.skip("one core: there is one thread in any case")
    environment = {key: value for key, value in os.environ.items() if "NUM_THREADS" not in key}
    if own is not None:
        environment["OPENBLAS_NUM_THREADS"] = own
    done = subprocess.run(
        [sys.executable, "-c", COUNT],
        capture_output=True, text=True, check=True, cwd=root, env=environment,
    )  # fmt: skip
    assert done.stdout.strip() == threads
