"""The optimisers that can be chosen, by name."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias, get_args

from lib.training.backend import load_keras

Optimizer: TypeAlias = Literal["adam", "nadam", "rmsprop", "sgd"]
OPTIMIZERS: tuple[Optimizer, ...] = get_args(Optimizer)

_MOMENTUM = 0.9


def make_optimizer(name: Optimizer, rate: Any, *, weight_decay: float = 0.0) -> Any:  # noqa: ANN401
    """Make an optimiser of Keras.

    Parameters
    ----------
    name : {"adam", "nadam", "rmsprop", "sgd"}
        Kingma and Ba, "Adam", ICLR 2015; Dozat, "Incorporating Nesterov Momentum into Adam", 2016;
        Hinton, "RMSProp", 2012; stochastic gradient descent with Nesterov's momentum of 0.9.
    rate : float or Keras' schedule
        The learning rate.
    weight_decay : float
        Each step takes the rate times this off the kernels, whatever the optimiser (Loshchilov and
        Hutter, "Decoupled Weight Decay Regularization", ICLR 2019).
    """
    kinds = load_keras().optimizers
    made = {
        "adam": lambda: kinds.Adam(rate, weight_decay=weight_decay or None),
        "nadam": lambda: kinds.Nadam(rate, weight_decay=weight_decay or None),
        "rmsprop": lambda: kinds.RMSprop(rate, weight_decay=weight_decay or None),
        "sgd": lambda: kinds.SGD(
            rate, momentum=_MOMENTUM, nesterov=True, weight_decay=weight_decay or None
        ),
    }[name]()
    if weight_decay:
        made.exclude_from_weight_decay(var_names=["bias"])
    return made
