"""Training networks in Keras.  Importing this loads no TensorFlow; training does."""

from lib.training.augment import Augmentation
from lib.training.card import model_card
from lib.training.config import Regularisation, TrainingConfig
from lib.training.crossvalidate import CrossValidation, FoldScores, Protocol, cross_validate
from lib.training.networks import NETWORKS, make_network
from lib.training.recipes import RECIPES
from lib.training.train import Trained, train

__all__ = [
    "NETWORKS",
    "RECIPES",
    "Augmentation",
    "CrossValidation",
    "FoldScores",
    "Protocol",
    "Regularisation",
    "Trained",
    "TrainingConfig",
    "cross_validate",
    "make_network",
    "model_card",
    "train",
]
