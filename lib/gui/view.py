"""Which stretch of a song the plots show: the same in all of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

from lib.gui.figures import Span

SHORTEST = 2.0
"""Seconds that are shown at least: below it the plots' columns grow as wide as fingers."""


@dataclass(frozen=True)
class View:
    """A stretch of a song.

    Parameters
    ----------
    seconds : float
        The song's length.
    start, end : float
        Of the stretch, in seconds.
    """

    seconds: float
    start: float
    end: float

    @staticmethod
    def of(seconds: float) -> View:
        """Return the view of a whole song."""
        return View(seconds, 0.0, seconds)

    @property
    def is_whole(self) -> bool:
        """Whether nothing of the song is left out."""
        return self.start <= 0.0 and self.end >= self.seconds

    @property
    def span(self) -> Span | None:
        """What the plots are asked for; None for the whole song."""
        return None if self.is_whole else (self.start, self.end)

    def zoomed(self, factor: float, around: float) -> View:
        """Show `factor` times as much, with the second `around` staying where it is.

        Examples
        --------
        >>> View.of(100.0).zoomed(0.5, 20.0)
        View(seconds=100.0, start=10.0, end=60.0)
        """
        wide = self.end - self.start
        wider = min(max(factor * wide, min(SHORTEST, self.seconds)), self.seconds)
        start = around - (around - self.start) / wide * wider
        return replace(self, start=start, end=start + wider).moved(0.0)

    def moved(self, by: float) -> View:
        """Show what lies so many seconds later, as far as there is a song.

        Examples
        --------
        >>> View(100.0, 10.0, 30.0).moved(-15.0)
        View(seconds=100.0, start=0.0, end=20.0)
        """
        wide = self.end - self.start
        start = min(max(self.start + by, 0.0), self.seconds - wide)
        return replace(self, start=start, end=start + wide)
