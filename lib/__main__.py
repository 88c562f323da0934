"""List the commands: `python -m lib`."""

from __future__ import annotations

import sys

from lib.console import run_stage
from lib.console.commands import main

if __name__ == "__main__":
    sys.exit(run_stage(main))
