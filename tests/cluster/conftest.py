"""A real scheduler and real workers, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PATIENCE = 60.0  # s, for a busy machine


@dataclass
class Machines:
    """A scheduler and its workers; what they say goes to files in `folder`."""

    root: Path
    folder: Path
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def heard(self) -> Path:
        """The file in which `tests.cluster.jobs.hear_noted` takes notes."""
        return self.folder / "heard"

    @property
    def address(self) -> str:
        """Where the scheduler listens."""
        told = self.folder / "scheduler.json"
        end = time.monotonic() + PATIENCE
        while not (told.is_file() and told.stat().st_size):
            assert self.processes[0].poll() is None
            assert time.monotonic() < end
            time.sleep(0.05)
        return str(json.loads(told.read_text())["address"])

    def start(self, part: str, *arguments: str) -> subprocess.Popen[bytes]:
        """Start a scheduler or a worker."""
        command = [sys.executable, "-m", f"distributed.cli.dask_{part}", "--no-dashboard"]
        environment = os.environ | {
            "OPENBLAS_NUM_THREADS": "1",
            "HEARD": str(self.heard),
            # How long a scheduler knocks at a dead worker's door for a result that it held.
            "DASK_DISTRIBUTED__COMM__TIMEOUTS__CONNECT": "2s",
        }
        with (self.folder / f"{part}-{len(self.processes)}.log").open("wb") as log:
            process = subprocess.Popen(
                [*command, *arguments], stdout=log, stderr=log, cwd=self.root, env=environment
            )
        self.processes.append(process)
        return process


@pytest.fixture(scope="session")
def machines(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machines]:
    """Return a scheduler with three workers of one thread each; tests may kill one of them."""
    machines = Machines(root, tmp_path_factory.mktemp("cluster"))
    file = str(machines.folder / "scheduler.json")
    machines.start("scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", file)
    for _ in range(3):
        machines.start(
            "worker", "--scheduler-file", file, "--nthreads", "1", "--no-nanny",
            "--local-directory", str(machines.folder),
        )  # fmt: skip
    try:
        yield machines
    finally:
        for process in machines.processes:
            process.kill()
        for process in machines.processes:
            process.wait()
