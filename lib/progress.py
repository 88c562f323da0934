"""The one seam between long work and whoever watches it.

Work that takes a while is given a `Progress` and calls it at every step: ``progress("Listening",
0.4)``.  A console draws a bar, a window moves one, a test records.  Raising
`~lib.errors.Cancelled` from it stops the work at that step, so there is no second channel for
cancelling.
"""

from __future__ import annotations

from typing import Protocol


class Progress(Protocol):
    """Called with the name of the step and how much of the work is done."""

    def __call__(self, step: str, fraction: float | None, /) -> None:
        """Take note, or raise `Cancelled` to stop the work.

        Parameters
        ----------
        step : str
            What is being done, for a person to read: ``"Listening"``.
        fraction : float or None
            Between 0 and 1, or None where nobody can know.
        """


def silent(_step: str, _fraction: float | None, /) -> None:
    """Watch nothing: the progress of work that nobody waits for."""
