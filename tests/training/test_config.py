from __future__ import annotations

from typing import Any

import pytest

from lib.errors import TrainingError
from lib.training import RECIPES, Regularisation, TrainingConfig


@pytest.mark.parametrize(
    ("setting", "match"),
    [
        ({"epochs": 0}, "epochs is 0; it must be at least 1"),
        ({"batch_size": -1}, "batch_size is -1"),
        ({"patience": -1}, "patience is -1"),
        ({"learning_rate": 0.0}, "learning_rate is 0.0; it must be above 0"),
        ({"learning_rate": float("nan")}, "learning_rate is nan"),
        ({"learning_rate": float("inf")}, "learning_rate is inf"),
        ({"seed": -1}, "seed is -1; it must be from 0 to 4294967295"),
        ({"seed": 2**32}, "seed is 4294967296"),
        ({"inputs": "pixels"}, "inputs is 'pixels'; it must be one of features, key-free"),
        ({"features": "86"}, "features is '86'; it must be one of 30, 42, 60, 85, 87, 89-rolloff"),
        ({"optimizer": "hope"}, "optimizer is 'hope'; it must be one of adam, nadam"),
        ({"activation": "softmax"}, "activation is 'softmax'; it must be one of relu, linear"),
        ({"hidden": (8, 0)}, r"hidden is \(8, 0\); each layer must have at least 1 unit"),
    ],
)
def test_settings_that_make_no_sense_are_refused(setting: dict[str, Any], match: str) -> None:
    with pytest.raises(TrainingError, match=match):
        TrainingConfig(**setting)


@pytest.mark.parametrize(
    ("setting", "match"),
    [
        ({"members": 0}, "members is 0; it must be at least 1"),
        ({"dropout": 1.0}, "dropout is 1.0; it must be from 0 to below 1"),
        ({"label_smoothing": -0.1}, "label_smoothing is -0.1"),
        ({"weight_decay": float("inf")}, "weight_decay is inf; it must be 0 or more"),
        ({"mixup": -1.0}, "mixup is -1.0"),
        ({"noise": float("nan")}, "noise is nan"),
    ],
)
def test_regularisation_that_makes_no_sense_is_refused(setting: dict[str, Any], match: str) -> None:
    with pytest.raises(TrainingError, match=match):
        Regularisation(**setting)


def test_recipes_know_their_names() -> None:
    assert {name: recipe.recipe for name, recipe in RECIPES.items()} == {
        "plain": "plain", "robust": "robust",
    }  # fmt: skip
    assert RECIPES["plain"] == TrainingConfig()
