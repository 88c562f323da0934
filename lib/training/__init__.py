"""Training networks, most of them in Keras.  Importing this loads no TensorFlow; training does."""

from lib.training.against import Present
from lib.training.augment import Augmentation
from lib.training.card import card_content, model_card
from lib.training.card_figures import best_metrics
from lib.training.config import Regularisation, TrainingConfig
from lib.training.crossvalidate import CrossValidation, cross_validate, leaky_judgement
from lib.training.heard import heard_songs, with_corrections
from lib.training.history import read_history, save_history
from lib.training.judged import judged_by_folds
from lib.training.learners import RecipeLearner, SvmLearner
from lib.training.networks import NETWORKS, make_network
from lib.training.recipefile import read_recipe, write_recipe
from lib.training.recipes import RECIPE_NAMES, RECIPES, recipe_of
from lib.training.train import Trained, check_trainable, train

__all__ = [
    "NETWORKS",
    "RECIPES",
    "RECIPE_NAMES",
    "Augmentation",
    "CrossValidation",
    "Present",
    "RecipeLearner",
    "Regularisation",
    "SvmLearner",
    "Trained",
    "TrainingConfig",
    "best_metrics",
    "card_content",
    "check_trainable",
    "cross_validate",
    "heard_songs",
    "judged_by_folds",
    "leaky_judgement",
    "make_network",
    "model_card",
    "read_history",
    "read_recipe",
    "recipe_of",
    "save_history",
    "train",
    "with_corrections",
    "write_recipe",
]
