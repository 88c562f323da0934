from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lib.dataset import Dataset
from lib.errors import Cancelled, TrainingError
from lib.judgement import Rows
from lib.model.network import forward
from lib.training import TrainingConfig
from lib.training.fit import Fitted, fit
from lib.training.networks import network_of
from lib.training.sides import divide

pytestmark = pytest.mark.slow(20)

LABELS = ("blues", "jazz", "rock")
# Small: TensorFlow takes three seconds to trace the eight layers that ship, whatever they learn.
CONFIG = TrainingConfig(epochs=6, batch_size=8, hidden=(32, 16))


def fitted(dataset: Dataset, config: TrainingConfig = CONFIG, **options: object) -> Fitted:
    sides, rows = divide(dataset, seed=0), Rows.of(dataset)
    network = network_of(config, inputs=85, genres=3)
    training, validation = rows.at(sides.training), rows.at(sides.validation)
    return fit(network, training, validation, labels=LABELS, config=config, **options)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def found(dataset: Dataset) -> Fitted:
    return fitted(dataset)


def test_scaler_sees_only_the_training_rows(found: Fitted, dataset: Dataset) -> None:
    training = divide(dataset, seed=0).training
    scaler = found.scaler
    np.testing.assert_allclose(scaler.mean_, dataset.X[training].mean(axis=0))
    np.testing.assert_allclose(scaler.scale_, dataset.X[training].std(axis=0))
    assert not np.allclose(scaler.mean_, dataset.X.mean(axis=0))


def test_it_learns(dataset: Dataset) -> None:
    found = fitted(dataset, replace(CONFIG, epochs=25))
    validation = divide(dataset, seed=0).validation
    Z = found.scaler.transform(dataset.X[validation])
    called = [LABELS[i] for i in forward(found.network, found.weights, Z).argmax(axis=1)]
    assert np.mean(called == dataset.genre[validation]) > 0.8


def test_history_has_a_row_an_epoch(found: Fitted) -> None:
    assert found.history.columns.tolist() == [
        "epoch", "loss", "accuracy", "val_loss", "val_accuracy",
    ]  # fmt: skip
    assert found.history["epoch"].tolist() == [1, 2, 3, 4, 5, 6]
    assert np.isfinite(found.history.to_numpy()).all()


def test_weights_are_those_of_the_best_epoch(dataset: Dataset) -> None:
    """Judged anew, they give the very accuracy that the history holds for that epoch."""
    found = fitted(dataset, replace(CONFIG, epochs=12, learning_rate=0.02, patience=1))
    sides = divide(dataset, seed=0)
    P = forward(found.network, found.weights, found.scaler.transform(dataset.X[sides.validation]))
    called = [LABELS[i] for i in P.argmax(axis=1)]
    accuracy = np.mean(called == dataset.genre[sides.validation])
    row = found.history.iloc[found.best_epoch - 1]
    assert accuracy == pytest.approx(row["val_accuracy"])
    truth = [LABELS.index(genre) for genre in dataset.genre[sides.validation]]
    loss = -np.log(P[np.arange(len(P)), truth]).mean()
    assert loss == pytest.approx(row["val_loss"], rel=1e-4)


def test_patience_ends_it(dataset: Dataset) -> None:
    found = fitted(dataset, replace(CONFIG, epochs=40, patience=2, learning_rate=1e-7))
    assert len(found.history) < 40 or found.best_epoch >= 38
    assert len(found.history) - found.best_epoch <= 2


def test_nothing_held_out_runs_all_epochs(dataset: Dataset) -> None:
    rows = Rows.of(dataset)
    config = replace(CONFIG, epochs=3)
    network = network_of(config, inputs=85, genres=3)
    found = fit(network, rows, None, labels=LABELS, config=config)
    assert found.history.columns.tolist() == ["epoch", "loss", "accuracy"]
    assert found.best_epoch == len(found.history) == 3


def test_same_seed_gives_the_same_weights(found: Fitted, dataset: Dataset) -> None:
    first, again = found.weights, fitted(dataset).weights
    other = fitted(dataset, replace(CONFIG, seed=1)).weights
    for (kernel, bias), (kernel_2, bias_2) in zip(first, again, strict=True):
        np.testing.assert_array_equal(kernel, kernel_2)
        np.testing.assert_array_equal(bias, bias_2)
    assert not np.allclose(first[0][0], other[0][0])


def test_a_long_song_weighs_as_much_as_a_short_one(make_dataset: Callable[..., Dataset]) -> None:
    """Forty windows of one jazz song do not outweigh the short songs of blues and rock."""
    from lib.model import Scaler
    from lib.training.fit import scaled

    rows = Rows.of(make_dataset(songs=6, windows=40))
    _, _, weights = scaled(rows, Scaler.fit(rows.X), LABELS, TrainingConfig())
    by_song = {t: weights[rows.track == t].sum() for t in set(rows.track)}
    assert np.ptp(list(by_song.values())) == pytest.approx(0, abs=1e-4)
    assert weights.mean() == pytest.approx(1, abs=1e-5)


def test_progress_tells_each_epoch_and_can_cancel(dataset: Dataset) -> None:
    told: list[tuple[str, float | None]] = []

    def watch(step: str, fraction: float | None, /) -> None:
        told.append((step, fraction))
        if len(told) == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        fitted(dataset, progress=watch)
    assert told == [("Training", pytest.approx((i + 1) / 6)) for i in range(3)]


def test_a_loss_that_is_no_number_is_an_error(dataset: Dataset) -> None:
    with pytest.raises(TrainingError, match=r"in epoch \d+ the loss became .*--learning-rate"):
        fitted(dataset, replace(CONFIG, learning_rate=1e30))
