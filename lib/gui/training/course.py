"""How far a training has come, and how long it will still take."""

from __future__ import annotations

import time
from collections.abc import Callable

from lib.events import Epoch, Started


class Course:
    """Counts epochs, over the fit with songs held out and the one on all songs.

    Parameters
    ----------
    started : Started
        How many there will be.
    clock : callable
        Returns the time in seconds.
    """

    def __init__(self, started: Started, clock: Callable[[], float] = time.monotonic) -> None:
        self._started = started
        self._clock = clock
        self._step = ""
        self._before = 0  # epochs of the fits that are over
        self._last = 0
        self._begun = 0.0  # when the first epoch of this fit was over
        self._pace: float | None = None  # seconds an epoch

    def see(self, epoch: Epoch) -> tuple[float, float | None]:
        """Take note of an epoch.

        Returns
        -------
        fraction : float
            Of all epochs, those that are over.  Early stopping makes it leap.
        left : float or None
            Seconds that the others will take at most; None until there is a pace to judge by.
        """
        if epoch.step != self._step:
            self._before += self._last
            self._step, self._begun = epoch.step, self._clock()
        elif epoch.epoch > 1:
            self._pace = (self._clock() - self._begun) / (epoch.epoch - 1)
        self._last = epoch.epoch
        to_come = epoch.epochs - epoch.epoch
        if self._started.refit and not self._before:
            to_come += self._started.epochs
        over = self._before + epoch.epoch
        left = None if self._pace is None else self._pace * to_come
        return over / (over + to_come), left
