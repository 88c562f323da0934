"""The progress bar of a stage script."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from tqdm import tqdm


class Bar(Protocol):
    """A `~lib.progress.Progress` that can make way for a line of text."""

    def __call__(self, step: str, fraction: float | None, /) -> None:
        """Show how far a step is."""

    def hide(self) -> None:
        """Take the bar off the terminal until the next step is told."""


@contextmanager
def progress_bar(*, quiet: bool = False) -> Iterator[Bar]:
    """Give a progress that draws a bar on a terminal, and nothing in a pipe.

    Parameters
    ----------
    quiet : bool
        Draw nothing on a terminal either.

    Yields
    ------
    Bar
        To be handed to the work; hide it before printing.
    """
    if quiet or not sys.stderr.isatty():
        yield NoBar()
        return
    from tqdm import tqdm

    with tqdm(
        total=1.0,
        leave=False,
        dynamic_ncols=True,
        miniters=0,  # the step's words change though nothing comes: they are shown all the same
        bar_format="{desc} {percentage:3.0f}% {bar} {elapsed} (left: {remaining})",
    ) as bar:
        yield TerminalBar(bar)


class NoBar:
    """Shows nothing."""

    def __call__(self, _step: str, _fraction: float | None, /) -> None:
        """Show nothing."""

    def hide(self) -> None:
        """Do nothing."""


class TerminalBar:
    """A bar on the last line of a terminal.

    Parameters
    ----------
    bar : tqdm
        Of the total 1.
    """

    def __init__(self, bar: tqdm) -> None:
        self._bar = bar

    def __call__(self, step: str, fraction: float | None, /) -> None:
        """Show how far a step is."""
        bar = self._bar
        if step.partition(" ")[0] != bar.desc.partition(" ")[0]:
            # Each step has a time of its own, so that what is left is not guessed from another.
            bar.set_description_str(step, refresh=False)
            bar.reset()
        elif step != bar.desc:
            bar.set_description_str(step, refresh=False)
        if fraction is None:
            bar.refresh()
        else:
            bar.update(max(fraction - bar.n, 0.0))

    def hide(self) -> None:
        """Take the bar off the terminal until the next step is told."""
        self._bar.clear()
