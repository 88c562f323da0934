"""A terminal for programs that draw on one."""

from __future__ import annotations

import os
import pty
import subprocess
import termios
from collections.abc import Mapping, Sequence
from pathlib import Path


def on_a_terminal(
    command: Sequence[str | Path], *, cwd: Path, env: Mapping[str, str] | None = None
) -> tuple[int, str]:
    """Run a program on a terminal of 80 columns; return its status and all that it has drawn."""
    parent, child = pty.openpty()
    termios.tcsetwinsize(child, (24, 80))
    with subprocess.Popen(command, stdout=child, stderr=child, cwd=cwd, env=env) as process:
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
    return process.returncode, drawn.decode()
