"""Training networks in Keras.  Importing this loads no TensorFlow; training does."""

from lib.training.card import model_card
from lib.training.config import TrainingConfig
from lib.training.crossvalidate import CrossValidation, FoldScores, Protocol, cross_validate
from lib.training.networks import NETWORKS, make_network
from lib.training.train import Trained, train

__all__ = [
    "NETWORKS",
    "CrossValidation",
    "FoldScores",
    "Protocol",
    "Trained",
    "TrainingConfig",
    "cross_validate",
    "make_network",
    "model_card",
    "train",
]
