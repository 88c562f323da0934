"""The console: what the stage scripts share at their edge.

Whoever tells genres waits for nothing that judges models: `judgement_lines` is imported when it is
first asked for.
"""

from typing import TYPE_CHECKING

from lib.console.bar import Bar, progress_bar
from lib.console.correcting import open_corrector
from lib.console.edge import run_stage
from lib.console.library import classify_library, wants_library
from lib.console.options import add_youtube_options, open_youtube
from lib.console.report import report
from lib.console.reports import open_reports
from lib.console.verdict import verdict_lines

if TYPE_CHECKING:
    from lib.console.judgement import judgement_lines
else:

    def __getattr__(name: str) -> object:
        """Import what is slow to import (PEP 562)."""
        if name != "judgement_lines":
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        from lib.console.judgement import judgement_lines

        return judgement_lines


__all__ = [
    "Bar",
    "add_youtube_options",
    "classify_library",
    "judgement_lines",
    "open_corrector",
    "open_reports",
    "open_youtube",
    "progress_bar",
    "report",
    "run_stage",
    "verdict_lines",
    "wants_library",
]
