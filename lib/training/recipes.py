"""The ways to train, by name."""

from __future__ import annotations

from collections.abc import Mapping

from lib.training.augment import Augmentation
from lib.training.config import Regularisation, TrainingConfig

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

RECIPES: Mapping[str, TrainingConfig] = {"plain": PLAIN, "robust": ROBUST}
