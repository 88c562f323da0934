"""When a training has gone on long enough."""

from __future__ import annotations

# A hundred songs held out make a coarse figure that jumps by points from epoch to epoch; taken
# over five, it no longer stops a training at its first lucky moment.
SMOOTHED = 5


class Stopping:
    """Watches the accuracy on songs held out, averaged over the last `SMOOTHED` epochs.

    Not their loss: that is lowest where the network is still unsure, several points of accuracy
    too soon.  Of equal epochs the last counts as the best.

    Parameters
    ----------
    patience : int
        Epochs after the best one before it is time to stop.

    Examples
    --------
    >>> stopping = Stopping(patience=2)
    >>> for accuracy in (0.2, 0.4, 0.6, 0.6, 0.1, 0.1):
    ...     stopping.see(accuracy)
    >>> stopping.best_epoch, stopping.epoch, stopping.enough
    (4, 6, True)
    """

    def __init__(self, patience: int) -> None:
        self.epoch = 0
        self.best_epoch = 0
        self._patience = patience
        self._best = -1.0
        self._seen: list[float] = []

    def see(self, accuracy: float) -> None:
        """Take note of an epoch's accuracy, between 0 and 1."""
        self.epoch += 1
        self._seen = [*self._seen[1 - SMOOTHED :], accuracy]
        # Rounded, because sums of the same figures in another order are equal to a person.
        smooth = round(sum(self._seen) / len(self._seen), 9)
        if smooth >= self._best:
            self._best, self.best_epoch = smooth, self.epoch

    @property
    def is_best(self) -> bool:
        """Whether the last epoch seen is the best so far."""
        return self.epoch == self.best_epoch

    @property
    def enough(self) -> bool:
        """Whether the best epoch lies so far back that it is time to stop."""
        return self.epoch - self.best_epoch >= self._patience
