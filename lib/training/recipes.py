"""The ways to train, by name, and which of them each network has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from lib.errors import TrainingError
from lib.features import WINDOWS
from lib.training.augment import Augmentation
from lib.training.config import Regularisation, TrainingConfig
from lib.training.kinds import representation
from lib.training.names import EAR

# What the original system did: the features as they are, Adam, stopped by the songs held out.
PLAIN = TrainingConfig()

# Chosen by folds by artist of the same 710 songs, other folds than those its card tells of.
_AUGMENTATION = Augmentation(gain=3.0, equaliser=1.5, octave=0.1)
_REGULARISATION = Regularisation(
    members=8,
    dropout=0.1,
    weight_decay=0.3,
    label_smoothing=0.1,
    mixup=0.4,
    augmentation=_AUGMENTATION,
)
ROBUST = TrainingConfig(
    recipe="robust", inputs="key-free", epochs=100, regularisation=_REGULARISATION
)

# The same for songs of which many were kept without their treble: `make robustness` tells how often
# each of the two keeps the genre.  What is left of the MFCCs' means leans on the level, unless
# songs are seen at many.
TREBLE_FREE = replace(
    ROBUST,
    recipe="treble-free",
    inputs="treble-free",
    regularisation=replace(_REGULARISATION, augmentation=replace(_AUGMENTATION, gain=8.0)),
)

# What is usually done against learning by heart, and no more: beside a network that nothing keeps
# from it, the curves show what it does.
CURED = TrainingConfig(
    recipe="cured",
    network="mlp512",
    epochs=60,
    regularisation=Regularisation(dropout=0.3, weight_decay=10.0),
)

# A dozen songs of a genre are few for what the backbone tells of each: one layer, and weights that
# are kept small.  How small was chosen by folds by artist, others than those its card tells of.
REGRESSION = TrainingConfig(
    name=EAR, recipe="ear", network=EAR, inputs="key-free", epochs=300, patience=0
)

RECIPES: Mapping[str, TrainingConfig] = {"plain": PLAIN, "robust": ROBUST}
_ALL: Mapping[str, TrainingConfig] = {
    **RECIPES,
    "cured": CURED,
    "treble-free": TREBLE_FREE,
}
RECIPE_NAMES = tuple(_ALL)

# The convolutions: as few epochs as suffice for some thousand segments, and none chosen, as a few
# songs held out say little of which is best.
_CONVOLUTIONS = TrainingConfig(network="cnn-mfcc", epochs=20, learning_rate=5e-4, patience=0)

# How the networks of the family are trained by those who made them; others as PLAIN says.
_OWN: Mapping[str, TrainingConfig] = {
    "mlp512": TrainingConfig(network="mlp512", epochs=100, learning_rate=1e-4, patience=0),
    "cnn-mfcc": _CONVOLUTIONS,
    "cnn-segments": replace(_CONVOLUTIONS, network="cnn-segments"),
    "mlp-3s": TrainingConfig(
        network="mlp-3s",
        epochs=60,
        batch_size=64,
        regularisation=Regularisation(dropout=0.3),
    ),
}


def recipe_of(network: str, name: str | None = None) -> TrainingConfig:
    """Return how a network is trained.

    Parameters
    ----------
    network : str
        One of `~lib.training.networks.NETWORKS`.
    name : str or None
        One of `RECIPE_NAMES`; None for the network's usual one: robust for ``mlp85``, else plain.
        The ear has one of its own.

    Raises
    ------
    TrainingError
        If there is no such recipe, or it isn't one for the network.

    Examples
    --------
    >>> [recipe_of(network).recipe for network in ("mlp85", "cnn-mfcc", "ear")]
    ['robust', 'plain', 'ear']
    """
    if network == EAR:
        if name not in (None, REGRESSION.recipe):
            raise TrainingError(f"The network ear has a recipe of its own, not {name}.")
        return REGRESSION
    name = name or ("robust" if network == "mlp85" else "plain")
    if name not in _ALL:
        raise TrainingError(f"There is no recipe {name!r}; there are {', '.join(_ALL)}.")
    if name == "plain":
        return _OWN.get(network, replace(PLAIN, network=network))
    if (heard := representation(network)) is not WINDOWS:
        raise TrainingError(
            f"The recipe {name} is for networks that hear windows, and {network} hears "
            f"{heard.name}: train it by the recipe plain."
        )
    return replace(_ALL[name], network=network)
