"""Training networks in Keras.  Importing this loads no TensorFlow; training does."""

from lib.training.augment import Augmentation
from lib.training.card import model_card
from lib.training.confidence import confident_by_folds
from lib.training.config import Regularisation, TrainingConfig
from lib.training.crossvalidate import CrossValidation, cross_validate
from lib.training.learners import RecipeLearner, SvmLearner
from lib.training.networks import NETWORKS, make_network
from lib.training.recipes import RECIPES
from lib.training.train import Trained, train

__all__ = [
    "NETWORKS",
    "RECIPES",
    "Augmentation",
    "CrossValidation",
    "RecipeLearner",
    "Regularisation",
    "SvmLearner",
    "Trained",
    "TrainingConfig",
    "confident_by_folds",
    "cross_validate",
    "make_network",
    "model_card",
    "train",
]
