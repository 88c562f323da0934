from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from lib.errors import ModelError
from lib.model import Model, Scaler, Song, Songs

SONGS_OF_3 = Songs(
    (Song("a", "", "", "rock"),), np.zeros(1, dtype=np.int32), np.zeros((1, 3), dtype=np.float16)
)


@pytest.mark.parametrize(
    ("change", "match"),
    [
        ({"labels": ("rock", "jazz", "blues")}, "sorted"),
        ({"labels": ("blues", "blues", "rock")}, "each once"),
        ({"labels": ("blues", "rock")}, "2 labels for a network of 3 outputs"),
        ({"feature_names": ("a", "b", "c", "c")}, r"more than once: \['c'\]"),
        ({"feature_names": ("a", "b", "c")}, "3 feature names, 4 in the scaler and 4 network"),
        ({"scaler": Scaler(np.zeros(3), np.ones(3))}, "4 feature names, 3 in the scaler"),
        ({"weights": ()}, "Weights for 0 layers; tiny has 3"),
        ({"verdict": "dice"}, "Verdict 'dice' is unknown; known are mean, vote"),
        ({"hears": "smells"}, "hears 'smells', which this Earmark does not compute"),
        ({"songs": SONGS_OF_3}, "3 inputs of the songs learned from, but 4 inputs"),
    ],
)
def test_what_does_not_fit_together_is_no_model(
    model: Model, change: dict[str, Any], match: str
) -> None:
    with pytest.raises(ModelError, match=match):
        replace(model, **change)


def test_weights_must_chain_and_be_finite(model: Model) -> None:
    kernel, bias = model.weights[1]
    with pytest.raises(ModelError, match=r"Layer 2 of tiny needs a kernel of \(6, 5\)"):
        replace(model, weights=(model.weights[0], (kernel.T, bias), model.weights[2]))
    broken = kernel.copy()
    broken[0, 0] = np.nan
    with pytest.raises(ModelError, match="Layer 2 of tiny has weights that are no numbers"):
        replace(model, weights=(model.weights[0], (broken, bias), model.weights[2]))
