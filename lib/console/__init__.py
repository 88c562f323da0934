"""The console: what the stage scripts share at their edge."""

from lib.console.bar import Bar, progress_bar
from lib.console.edge import run_stage
from lib.console.judgement import judgement_lines
from lib.console.options import add_youtube_options, count, open_youtube
from lib.console.report import report
from lib.console.verdict import verdict_lines

__all__ = [
    "Bar",
    "add_youtube_options",
    "count",
    "judgement_lines",
    "open_youtube",
    "progress_bar",
    "report",
    "run_stage",
    "verdict_lines",
]
