"""The ways to train, by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lib.errors import TrainingError
from lib.training.augment import Augmentation
from lib.training.config import Regularisation, TrainingConfig
from lib.training.names import EAR

# What the original system did: the features as they are, Adam, stopped by the songs held out.
PLAIN = TrainingConfig()

# Chosen by folds by artist of the same 710 songs, other folds than those its card tells of.
ROBUST = TrainingConfig(
    recipe="robust",
    inputs="key-free",
    epochs=100,
    regularisation=Regularisation(
        members=8,
        dropout=0.1,
        weight_decay=0.3,
        label_smoothing=0.1,
        mixup=0.4,
        augmentation=Augmentation(gain=3.0, equaliser=1.5, octave=0.1),
    ),
)

# A dozen songs of a genre are few for what the backbone tells of each: one layer, and weights that
# are kept small.  How small was chosen by folds by artist, others than those its card tells of.
REGRESSION = TrainingConfig(
    name=EAR, recipe="ear", network=EAR, inputs="key-free", epochs=300, patience=0
)

RECIPES: Mapping[str, TrainingConfig] = {"plain": PLAIN, "robust": ROBUST}


def recipe_of(network: str, name: str | None = None) -> TrainingConfig:
    """Return how a network is trained.

    Parameters
    ----------
    network : str
        One of `~lib.training.networks.NETWORKS`.
    name : str or None
        One of `RECIPES`; None for the network's usual one.  The ear has one of its own.

    Raises
    ------
    TrainingError
        If there is no such recipe, or it isn't one for the network.

    Examples
    --------
    >>> recipe_of("mlp85").recipe, recipe_of("ear").recipe
    ('robust', 'ear')
    """
    if network == EAR:
        if name not in (None, REGRESSION.recipe):
            raise TrainingError(f"The network ear has a recipe of its own, not {name}.")
        return REGRESSION
    name = name or "robust"
    if name not in RECIPES:
        raise TrainingError(f"There is no recipe {name!r}; there are {', '.join(RECIPES)}.")
    return replace(RECIPES[name], network=network)
