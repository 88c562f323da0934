"""What every model promises, checked as it is made: that its parts fit each other."""

from __future__ import annotations

from math import prod
from typing import TYPE_CHECKING, get_args

from lib.errors import ModelError
from lib.features import REPRESENTATIONS
from lib.model.inputs import input_names
from lib.model.network import Network, check_weights
from lib.model.verdict import Verdict

if TYPE_CHECKING:
    from lib.model.model import Model


def check_promises(model: Model) -> None:
    """Refuse a model that could not be used.

    Raises
    ------
    ModelError
        If labels, features, scaler, network, weights and songs do not fit each other.
    """
    _check_names(model)
    if model.verdict not in (known := get_args(Verdict)):
        raise ModelError(f"Verdict {model.verdict!r} is unknown; known are {', '.join(known)}.")
    if model.hears not in REPRESENTATIONS:
        raise ModelError(
            f"Model {model.name} hears {model.hears!r}, which this Earmark does not compute; "
            f"known are {', '.join(REPRESENTATIONS)}."
        )
    _check_inputs(model)
    if isinstance(model.network, Network):
        check_weights(model.network, model.weights)


def _check_names(model: Model) -> None:
    if list(model.labels) != sorted(set(model.labels)) or len(model.labels) < 2:
        raise ModelError(
            f"A model's labels must be two or more genres, sorted, each once: {model.labels}."
        )
    if len(model.labels) != model.network.outputs:
        raise ModelError(
            f"{len(model.labels)} labels for a network of {model.network.outputs} outputs."
        )
    repeated = {name for name in model.feature_names if model.feature_names.count(name) > 1}
    if repeated:
        raise ModelError(f"Feature names that stand more than once: {sorted(repeated)}.")


def _check_inputs(model: Model) -> None:
    """Refuse a scaler, a network or songs that take other inputs than there are."""
    prepared, scaled = len(input_names(model.inputs, model.feature_names)), len(model.scaler.mean_)
    taken = prod(model.shape) / model.frames
    if len({prepared, scaled, taken}) > 1:
        called = "feature names" if model.inputs == "features" else f"{model.inputs} inputs"
        of = f" for each of {model.frames} frames" if model.frames > 1 else ""
        raise ModelError(
            f"{prepared} {called}, {scaled} in the scaler and {taken:g} network inputs{of}; they "
            f"must be equally many."
        )
    if model.songs is not None and model.songs.Z.shape[1] != prod(model.shape):
        raise ModelError(
            f"{model.songs.Z.shape[1]} inputs of the songs learned from, but "
            f"{prod(model.shape)} inputs."
        )
