"""How a search is to be done."""

from __future__ import annotations

from dataclasses import dataclass

from lib.search.errors import SearchError


@dataclass(frozen=True)
class SearchSettings:
    """How a search is to be done.

    Parameters
    ----------
    trials : int
        How many are to be finished in all, by every process of every machine.
    timeout : float or None
        Seconds after which none is begun any more; None for no limit.
    jobs : int
        Processes of this run, each with one thread.
    folds : int
        By artist, of the songs that the search may see.
    epochs, members : int
        What isn't searched: how long each network is trained, and how many are averaged in a trial.
    seed : int
        Of folds, weights and choices.

    Raises
    ------
    SearchError
        If a number makes no sense.
    """

    trials: int = 100
    timeout: float | None = None
    jobs: int = 1
    folds: int = 5
    epochs: int = 60
    members: int = 2
    seed: int = 0

    def __post_init__(self) -> None:
        least = {"trials": 1, "jobs": 1, "folds": 2, "epochs": 1, "members": 1, "seed": 0}
        for option, smallest in least.items():
            if (value := getattr(self, option)) < smallest:
                raise SearchError(f"{option} is {value}; it must be at least {smallest}.")
        if self.timeout is not None and not self.timeout > 0:
            raise SearchError(f"timeout is {self.timeout}; it must be above 0 seconds.")
