"""Pauses between downloads, out of politeness and so as not to be shut out."""

from __future__ import annotations

import time

from lib.progress import Progress

# YouTube answers a guest about 300 times an hour.  With this pause and a few seconds for the
# download itself, a run of any length stays below that.
PAUSE_SECONDS = 10.0
POLL_SECONDS = 0.1


class Pace:
    """Keeps the pause between one download's end and the next one's beginning.

    Parameters
    ----------
    seconds : float
        The pause; what is done in the meantime counts towards it.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._next = 0.0  # by the monotonic clock, in seconds

    def wait(self, progress: Progress) -> None:
        """Wait until the next download may begin; `progress` may raise and so end the wait."""
        while (left := self._next - time.monotonic()) > 0:
            progress(f"Pausing {left:.0f} s before the next download", 1 - left / self._seconds)
            time.sleep(min(left, POLL_SECONDS))

    def downloaded(self) -> None:
        """Begin the pause: a download has ended, well or not."""
        self._next = time.monotonic() + self._seconds
