"""What is searched: each choice with its range, and how choices become a configuration."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from lib.training import Augmentation, Regularisation, TrainingConfig

if TYPE_CHECKING:
    from optuna.distributions import BaseDistribution

Choice: TypeAlias = str | int | float

SPACE_VERSION = "1"  # raised whenever a choice or its meaning changes: such a search can't go on

_FAST = 10.0  # plain gradient descent wants about so much of an adaptive optimiser's rate
_GAIN, _EQUALISER, _OCTAVE = 3.0, 1.5, 0.1  # of the augmentation at strength 1
MEMBERS = 8  # networks that the winner averages


def space() -> dict[str, BaseDistribution]:
    """Return the range of each choice.

    All choices stand by themselves: widths are not one a layer but those of the first and the last,
    between which they fall evenly in ratio, so that every pair of choices can be compared.
    """
    # Optuna takes half a second to load.
    from optuna.distributions import CategoricalDistribution as OneOf
    from optuna.distributions import FloatDistribution as Real
    from optuna.distributions import IntDistribution as Whole

    return {
        "depth": Whole(1, 7),
        "first width": Whole(32, 512, log=True),
        "last width": Whole(16, 128, log=True),
        "activation": OneOf(["relu", "elu", "tanh", "silu"]),
        "inputs": OneOf(["features", "key-free"]),
        "dropout": Real(0.0, 0.6),
        "noise": Real(0.0, 0.6),
        "weight decay": Real(1e-3, 1.0, log=True),
        "label smoothing": Real(0.0, 0.3),
        "mixup": Real(0.0, 0.6),
        "augmentation": Real(0.0, 2.0),
        "optimizer": OneOf(["adam", "nadam", "rmsprop", "sgd"]),
        "rate": Real(1e-4, 1e-2, log=True),
        "batch": OneOf([16, 32, 64, 128]),
    }


def widths(depth: int, first: int, last: int) -> tuple[int, ...]:
    """Return the units of each hidden layer, ``first * (last / first) ** (i / (depth - 1))``.

    A last width above the first counts as the first.

    Examples
    --------
    >>> widths(4, 128, 16), widths(1, 64, 16), widths(2, 32, 128)
    ((128, 64, 32, 16), (64,), (32, 32))
    """
    return tuple(int(w) for w in np.round(np.geomspace(first, min(last, first), depth)))


def config_of(
    choices: Mapping[str, Choice], *, epochs: int, members: int, seed: int, name: str = "searched"
) -> TrainingConfig:
    """Make a configuration of choices.

    Parameters
    ----------
    choices : mapping of str to str, int or float
        One for each of `space`.
    epochs, members, seed : int
        What isn't searched: how long, how many networks, and what is drawn.
    name : str
        Of the network.
    """
    told: dict[str, Any] = dict(choices)
    strength, sgd = told["augmentation"], told["optimizer"] == "sgd"
    return TrainingConfig(
        name=name,
        network=name,
        recipe="searched",
        hidden=widths(told["depth"], told["first width"], told["last width"]),
        activation=told["activation"],
        inputs=told["inputs"],
        epochs=epochs,
        batch_size=told["batch"],
        optimizer=told["optimizer"],
        learning_rate=told["rate"] * (_FAST if sgd else 1.0),
        seed=seed,
        regularisation=Regularisation(
            members=members,
            dropout=told["dropout"],
            noise=told["noise"],
            weight_decay=told["weight decay"] / (_FAST if sgd else 1.0),
            label_smoothing=told["label smoothing"],
            mixup=told["mixup"],
            augmentation=Augmentation(
                gain=_GAIN * strength,
                equaliser=_EQUALISER * strength,
                octave=_OCTAVE * strength,
                transpose=told["inputs"] == "features" and strength > 0,
            ),
        ),
    )


def final(config: TrainingConfig) -> TrainingConfig:
    """Return the configuration that a winner is trained by: that of its trial, of more networks."""
    settings = config.regularisation or Regularisation()
    return replace(config, regularisation=replace(settings, members=MEMBERS))
