"""How a training is to be done."""

from __future__ import annotations

import math
from dataclasses import dataclass

from lib.errors import TrainingError


@dataclass(frozen=True)
class TrainingConfig:
    """The settings of one training; a model carries those it was made with.

    Parameters
    ----------
    name : str
        What the model is to be called.
    network : str
        One of `~lib.training.networks.NETWORKS`.
    epochs : int
        How many at most; early stopping usually ends it sooner.
    batch_size : int
        Rows a step.
    learning_rate : float
        Of Adam.
    patience : int
        Epochs after the best one on the songs held out before it stops.
    seed : int
        Of the weights, the order of the rows, and the songs held out.
    refit : bool
        Whether, once the best number of epochs is known, a fresh network is trained for as many
        on all rows, those held out included.

    Raises
    ------
    TrainingError
        If a number makes no sense.
    """

    name: str = "mlp85"
    network: str = "mlp85"
    epochs: int = 200
    batch_size: int = 32
    learning_rate: float = 1e-3
    patience: int = 20
    seed: int = 0
    refit: bool = True

    def __post_init__(self) -> None:
        for option in ("epochs", "batch_size", "patience"):
            if (value := getattr(self, option)) < 1:
                raise TrainingError(f"{option} is {value}; it must be at least 1.")
        if not (math.isfinite(self.learning_rate) and self.learning_rate > 0):
            raise TrainingError(f"learning_rate is {self.learning_rate}; it must be above 0.")
        if not 0 <= self.seed < 2**32:
            raise TrainingError(f"seed is {self.seed}; it must be from 0 to {2**32 - 1}.")
