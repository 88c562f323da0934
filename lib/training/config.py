"""How a training is to be done."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import get_args

from lib.errors import TrainingError
from lib.features import FEATURE_SETS, WINDOWS, Representation
from lib.model import Activation, Inputs
from lib.training.augment import Augmentation
from lib.training.kinds import representation
from lib.training.names import EAR, EAR_FEATURES
from lib.training.optimizers import OPTIMIZERS, Optimizer


@dataclass(frozen=True)
class Regularisation:
    """What keeps a network from learning its songs by heart.

    Parameters
    ----------
    members : int
        How many networks are trained beside each other, each with its own weights to begin with
        and its own order of songs; their probabilities are averaged.
    dropout : float
        Share of each hidden layer's units that are left out at each step.
    noise : float
        Standard deviation of what is added to the scaled inputs at each step.
    weight_decay : float
        Each step takes the rate times this off the kernels (with Adam, it is AdamW).
    label_smoothing : float
        Share of each song's truth that is spread evenly over all genres.
    mixup : float
        Songs are mixed by twos in shares drawn from Beta(mixup, mixup); 0 mixes none.
    augmentation : Augmentation
        How songs are changed.

    Raises
    ------
    TrainingError
        If a number makes no sense.

    References
    ----------
    Srivastava et al., "Dropout", JMLR 15, 2014.  Bishop, "Training with Noise is Equivalent to
    Tikhonov Regularization", Neural Computation 7(1), 1995.  Loshchilov and Hutter, "Decoupled
    Weight Decay Regularization", ICLR 2019.  Szegedy et al., "Rethinking the Inception
    Architecture", CVPR 2016 (label smoothing).  Zhang et al., "mixup", ICLR 2018.
    Lakshminarayanan et al., "Deep Ensembles", NeurIPS 2017.
    """

    members: int = 1
    dropout: float = 0.0
    noise: float = 0.0
    weight_decay: float = 0.0
    label_smoothing: float = 0.0
    mixup: float = 0.0
    augmentation: Augmentation = field(default_factory=Augmentation)

    def __post_init__(self) -> None:
        if self.members < 1:
            raise TrainingError(f"members is {self.members}; it must be at least 1.")
        for share in ("dropout", "label_smoothing"):
            if not 0 <= (value := getattr(self, share)) < 1:
                raise TrainingError(f"{share} is {value}; it must be from 0 to below 1.")
        for amount in ("noise", "weight_decay", "mixup"):
            value = getattr(self, amount)
            if not (math.isfinite(value) and value >= 0):
                raise TrainingError(f"{amount} is {value}; it must be 0 or more.")


@dataclass(frozen=True)
class TrainingConfig:
    """The settings of one training; a model carries those it was made with.

    Parameters
    ----------
    name : str
        What the model is to be called.
    network : str
        One of `~lib.training.networks.NETWORKS`; with `hidden` what to call the network.
    hidden : tuple of int
        Units of each hidden layer of a dense network that is none of those; empty for one that is.
    activation : str
        Of those layers.
    recipe : str
        The one of `~lib.training.recipes.RECIPES` that these settings began as.
    features : str
        One of `lib.features.FEATURE_SETS`: which are computed of a song, where the network hears
        windows.
    inputs : {"features", "key-free", "treble-free"}
        What the network is given of them; see `lib.model.prepare`.
    epochs : int
        How many at most; early stopping usually ends it sooner.  Exactly so many with
        `regularisation`.
    batch_size : int
        Rows a step.
    optimizer : {"adam", "nadam", "rmsprop", "sgd"}
        See `~lib.training.optimizers.make_optimizer`.
    learning_rate : float
        Of the optimiser; with `regularisation` the highest, which rises to it and falls along a
        cosine.
    patience : int
        Epochs after the best one on the songs held out before it stops.  With 0, and with
        `regularisation`, nothing is stopped, and the songs held out choose nothing.
    seed : int
        Of the weights, the order of the rows, and the songs held out.
    refit : bool
        Whether, once the best number of epochs is known, a fresh network is trained for as many
        on all rows, those held out included.
    regularisation : Regularisation or None
        What keeps it from learning by heart, if not stopping early.

    Raises
    ------
    TrainingError
        If a number makes no sense.
    """

    name: str = "mlp85"
    network: str = "mlp85"
    hidden: tuple[int, ...] = ()
    activation: Activation = "relu"
    recipe: str = "plain"
    features: str = "85"
    inputs: Inputs = "features"
    epochs: int = 200
    batch_size: int = 32
    optimizer: Optimizer = "adam"
    learning_rate: float = 1e-3
    patience: int = 20
    seed: int = 0
    refit: bool = True
    regularisation: Regularisation | None = None

    def __post_init__(self) -> None:
        choices = {
            "features": tuple(FEATURE_SETS),
            "inputs": get_args(Inputs),
            "optimizer": OPTIMIZERS,
            "activation": tuple(name for name in get_args(Activation) if name != "softmax"),
        }
        for option, known in choices.items():
            if (value := getattr(self, option)) not in known:
                raise TrainingError(f"{option} is {value!r}; it must be one of {', '.join(known)}.")
        if any(units < 1 for units in self.hidden):
            raise TrainingError(f"hidden is {self.hidden}; each layer must have at least 1 unit.")
        for option, least in (("epochs", 1), ("batch_size", 1), ("patience", 0)):
            if (value := getattr(self, option)) < least:
                raise TrainingError(f"{option} is {value}; it must be at least {least}.")
        if not (math.isfinite(self.learning_rate) and self.learning_rate > 0):
            raise TrainingError(f"learning_rate is {self.learning_rate}; it must be above 0.")
        if not 0 <= self.seed < 2**32:
            raise TrainingError(f"seed is {self.seed}; it must be from 0 to {2**32 - 1}.")

    @property
    def representation(self) -> Representation:
        """What the network is given of a song."""
        return WINDOWS if self.hidden else representation(self.network)

    @property
    def feature_names(self) -> tuple[str, ...]:
        """The features in the order of a table's columns; of each frame where there are several."""
        if self.network == EAR:
            return EAR_FEATURES
        heard = self.representation
        return FEATURE_SETS[self.features] if heard is WINDOWS else heard.names

    @property
    def needs_keras(self) -> bool:
        """Whether the network is trained by Keras; the ear's head is not."""
        return self.network != EAR

    @property
    def chooses(self) -> bool:
        """Whether songs held out choose the epoch that is kept."""
        return self.regularisation is None and self.patience > 0
