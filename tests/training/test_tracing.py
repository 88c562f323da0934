from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace

import numpy as np
import pytest

from lib.dataset import Dataset
from lib.errors import Cancelled
from lib.judgement import Rows
from lib.training import RECIPES, Regularisation, TrainingConfig, tracing
from lib.training.fit import Fitted, fit
from lib.training.members import fit_members
from lib.training.networks import network_of

LABELS = ("blues", "jazz", "rock")
MEMBERS = replace(RECIPES["robust"].regularisation or Regularisation(), members=2)
ROBUST = replace(
    RECIPES["robust"], epochs=3, batch_size=8, hidden=(16,), inputs="features",
    regularisation=MEMBERS,
)  # fmt: skip
PLAIN = TrainingConfig(epochs=3, batch_size=8, hidden=(16,))


@pytest.fixture(scope="module")
def rows(dataset: Dataset) -> Rows:
    return Rows.of(dataset)


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> OrderedDict[object, object]:
    """Let nothing be kept of what was trained before."""
    kept: OrderedDict[object, object] = OrderedDict()
    monkeypatch.setattr(tracing, "_kept", kept)
    return kept


def fitted(rows: Rows, config: TrainingConfig) -> Fitted:
    network = network_of(config, inputs=85, genres=3)
    if config.regularisation is None:
        return fit(network, rows, None, labels=LABELS, config=config)
    settings = config.regularisation
    return fit_members(network, rows, None, settings=settings, labels=LABELS, config=config)


def same(one: Fitted, other: Fitted) -> bool:
    pairs = zip(one.weights, other.weights, strict=True)
    return one.history.equals(other.history) and all(
        np.array_equal(a, b) for mine, its in pairs for a, b in zip(mine, its, strict=True)
    )


@pytest.mark.parametrize("config", [PLAIN, ROBUST], ids=["plain", "robust"])
def test_nothing_that_was_trained_before_changes_what_is_learned(
    config: TrainingConfig, rows: Rows, kept: OrderedDict[object, object]
) -> None:
    first = fitted(rows, config)
    # Other songs, more of them, another seed, and so many epochs that the rate falls otherwise.
    other = fitted(rows.at(np.arange(6, 45)), replace(config, epochs=5, seed=1))
    assert len(kept) == 1
    assert not same(first, other)
    assert same(fitted(rows, config), first)
    kept.clear()
    assert same(fitted(rows.at(np.arange(6, 45)), replace(config, epochs=5, seed=1)), other)


def test_what_was_broken_off_is_not_gone_on_with(
    rows: Rows, kept: OrderedDict[object, object]
) -> None:
    first = fitted(rows, PLAIN)

    def cancel(_step: str, _fraction: float | None, /) -> None:
        raise Cancelled

    network = network_of(PLAIN, inputs=85, genres=3)
    with pytest.raises(Cancelled):
        fit(network, rows, rows, labels=LABELS, config=PLAIN, progress=cancel)
    assert not kept
    assert same(fitted(rows, PLAIN), first)


def test_few_are_kept(
    rows: Rows, kept: OrderedDict[object, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tracing, "_MOST", 1)
    shapes = []
    for units in (16, 15):
        fitted(rows, replace(PLAIN, epochs=1, hidden=(units,)))
        shapes.append(list(kept))
    (first,), (second,) = shapes
    assert first != second
