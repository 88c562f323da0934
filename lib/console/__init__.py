"""The console: what every stage script shares at its edge."""

from lib.console.edge import progress_bar, run_stage
from lib.console.verdict import verdict_lines

__all__ = ["progress_bar", "run_stage", "verdict_lines"]
