from __future__ import annotations

import numpy as np
import pytest
from sklearn.preprocessing import StandardScaler

from lib.errors import ModelError
from lib.model import Scaler


def test_scaler_equals_scikit_learn() -> None:
    X = np.random.default_rng(0).normal(50, 7, size=(40, 5))
    ours, theirs = Scaler.fit(X), StandardScaler().fit(X)
    np.testing.assert_allclose(ours.mean_, theirs.mean_)
    np.testing.assert_allclose(ours.scale_, theirs.scale_)
    np.testing.assert_allclose(ours.transform(X), theirs.transform(X), atol=1e-12)


def test_feature_constant_but_for_rounding_comes_out_as_nothing() -> None:
    X = np.full((50, 1), 0.1) * 3  # 0.30000000000000004, whose mean is not exactly itself
    scaler = Scaler.fit(X)
    assert scaler.scale_[0] == 1
    assert np.abs(scaler.transform(X)).max() < 1e-12


@pytest.mark.parametrize(
    ("mean", "scale", "match"),
    [
        ([0, 0], [1], r"\(2,\) and \(1,\)"),
        ([0, np.nan], [1, 1], "finite"),
        ([0, 0], [1, np.inf], "finite"),
        ([0, 0], [1, 0], "above 0, not 0"),
        ([0, 0], [1, -2], "above 0, not -2"),
    ],
)
def test_scaler_refuses_nonsense(mean: list[float], scale: list[float], match: str) -> None:
    with pytest.raises(ModelError, match=match):
        Scaler(np.array(mean, dtype=float), np.array(scale, dtype=float))


def test_scaler_cannot_learn_from_nothing_or_nan() -> None:
    with pytest.raises(ModelError, match=r"not \(0, 3\)"):
        Scaler.fit(np.empty((0, 3)))
    with pytest.raises(ModelError, match="finite"):
        Scaler.fit(np.array([[1.0, np.nan]]))
