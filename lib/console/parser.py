"""The reader of a command line, the same for all stages."""

from __future__ import annotations

import argparse
from typing import Any, NoReturn

from lib.console.edge import WRONG_CALL


class StageParser(argparse.ArgumentParser):
    """A parser whose help keeps its lines, and which tells a wrong call by a sentence.

    `argparse` would print the whole usage before it, which in a stage of forty options leaves the
    sentence out of sight.

    Parameters
    ----------
    **options
        As `argparse.ArgumentParser` takes them.
    """

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 (argparse's own)
        super().__init__(**{"formatter_class": argparse.RawDescriptionHelpFormatter, **options})

    def error(self, message: str) -> NoReturn:
        """End the program with status 2, after one sentence and where to read more."""
        self.exit(WRONG_CALL, f"Earmark: {message}\nSee {self.prog} --help.\n")
