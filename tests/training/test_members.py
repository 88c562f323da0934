from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lib.dataset import Dataset
from lib.errors import Cancelled, TrainingError
from lib.features import FEATURE_NAMES
from lib.judgement import Rows
from lib.model import Scaler, prepare
from lib.model.network import count_members, forward
from lib.training import (
    RECIPES,
    Regularisation,
    TrainingConfig,
    cross_validate,
    make_network,
    model_card,
    train,
)
from lib.training.fit import Fitted
from lib.training.members import fit_members, mix
from lib.training.networks import keras_members, keras_weights, network_of
from lib.training.sides import divide

pytestmark = pytest.mark.slow(15)

LABELS = ("blues", "jazz", "rock")
SETTINGS = replace(RECIPES["robust"].regularisation or Regularisation(), members=3)
# Small: TensorFlow takes three seconds to trace the eight layers that ship, whatever they learn.
SMALL = (64, 32)
CONFIG = replace(RECIPES["robust"], regularisation=SETTINGS, epochs=4, batch_size=8, hidden=SMALL)


@pytest.fixture(scope="module")
def positive(make_dataset: Callable[..., Dataset]) -> Dataset:
    """Return songs whose features are above 0, as deviations and tempos are."""
    dataset = make_dataset(noise=0.3)
    return Dataset(dataset.folder, dataset.tracks, np.exp(dataset.features))


def fitted(
    dataset: Dataset, config: TrainingConfig = CONFIG, settings: Regularisation = SETTINGS
) -> Fitted:
    sides, rows = divide(dataset, seed=0), Rows.of(dataset)
    return fit_members(
        network_of(config, inputs=75, genres=3),
        rows.at(sides.training),
        rows.at(sides.validation),
        settings=settings,
        labels=LABELS,
        config=config,
    )


@pytest.fixture(scope="module")
def found(positive: Dataset) -> Fitted:
    return fitted(positive)


def test_numpy_answers_as_keras_does() -> None:
    network = make_network("mlp85", inputs=75, genres=10)
    model = keras_members(network, members=3, dropout=0.5)
    X = np.random.default_rng(0).normal(size=(20, 75)).astype(np.float32)
    members = model.predict(np.repeat(X[:, None], 3, axis=1), verbose=0)
    assert members.shape == (20, 3, 10)
    assert not np.allclose(members[:, 0], members[:, 1])
    found = forward(network, keras_weights(model), X.astype(np.float64))
    np.testing.assert_allclose(found, members.mean(axis=1), atol=1e-5)


def test_every_member_learns_all_epochs(found: Fitted, positive: Dataset) -> None:
    assert count_members(found.weights) == 3
    assert found.history["epoch"].tolist() == [1, 2, 3, 4]
    assert found.best_epoch == 4
    kernel = found.weights[0][0]
    assert not np.allclose(kernel[0], kernel[1])
    validation = divide(positive, seed=0).validation
    P = found.probabilities(positive.X[validation])
    right = [LABELS[i] for i in P.argmax(axis=1)] == positive.genre[validation]
    assert np.mean(right) == pytest.approx(found.history["val_accuracy"].iloc[-1])


def test_it_learns(positive: Dataset) -> None:
    found = fitted(positive, replace(CONFIG, epochs=40))
    assert found.history["val_accuracy"].iloc[-1] > 0.8
    assert found.history["loss"].iloc[-1] < found.history["loss"].iloc[0]


def test_scaler_sees_only_unchanged_training_rows(found: Fitted, positive: Dataset) -> None:
    training = divide(positive, seed=0).training
    expected = Scaler.fit(prepare("key-free", positive.X[training], FEATURE_NAMES))
    np.testing.assert_array_equal(found.scaler.mean_, expected.mean_)
    np.testing.assert_array_equal(found.scaler.scale_, expected.scale_)


def test_same_seed_gives_the_same_weights(found: Fitted, positive: Dataset) -> None:
    again, other = fitted(positive), fitted(positive, replace(CONFIG, seed=1))
    for (kernel, bias), (kernel_2, bias_2) in zip(found.weights, again.weights, strict=True):
        np.testing.assert_array_equal(kernel, kernel_2)
        np.testing.assert_array_equal(bias, bias_2)
    assert not np.allclose(found.weights[0][0], other.weights[0][0])


def test_songs_are_mixed_with_their_truth() -> None:
    rng = np.random.default_rng(0)
    Z = rng.normal(size=(8, 2, 3))
    mixed, truth = mix(Z, Z.copy(), 0.4, rng)
    np.testing.assert_array_equal(mixed, truth)
    assert not np.allclose(mixed, Z)
    assert (mixed.max(axis=0) <= Z.max(axis=0) + 1e-12).all()
    assert mix(Z, Z, 0.0, rng)[0] is Z


def test_a_loss_that_is_no_number_is_an_error(positive: Dataset) -> None:
    with pytest.raises(TrainingError, match=r"in epoch \d+ the loss became"):
        fitted(positive, replace(CONFIG, learning_rate=1e30))


def test_folds_judge_it_beside_the_plain_recipe(positive: Dataset) -> None:
    config = replace(CONFIG, epochs=20, refit=False)
    found = cross_validate(positive, config, protocol="artist", folds=2)
    assert found.plain is not None
    assert found.plain.pooled.n == found.network.pooled.n == 45
    assert found.network.pooled.accuracy > 0.6
    assert found.to_dict()["plain"]["mean"] == found.plain.mean


def test_progress_of_folds_can_cancel(positive: Dataset) -> None:
    told: list[tuple[str, float | None]] = []

    def watch(step: str, fraction: float | None, /) -> None:
        told.append((step, fraction))
        if len(told) == 7:  # four epochs of its own, then some of the plain recipe
            raise Cancelled

    with pytest.raises(Cancelled):
        cross_validate(positive, CONFIG, protocol="random", folds=2, progress=watch)
    # Two folds of three that learn: itself, the plain recipe, an SVM.
    assert [fraction for _, fraction in told[:4]] == pytest.approx([k / 24 for k in (1, 2, 3, 4)])
    assert {step for step, _ in told[4:]} == {"Judging plain by random folds"}
    assert told[4][1] == pytest.approx(5 / 24)


def test_model_and_card_tell_the_recipe(positive: Dataset) -> None:
    model = train(positive, replace(CONFIG, refit=True)).model
    assert (model.inputs, model.members, model.network.inputs) == ("key-free", 3, 75)
    assert model.training["config"]["recipe"] == "robust"
    assert model.training["config"]["regularisation"]["augmentation"]["gain"] == 3.0
    card = model_card(model)
    assert "the recipe `robust`" in card
    assert "3 such networks were trained beside each other for 4 epochs" in card
    assert "fresh ones were trained on all songs" in card


def test_key_free_inputs_go_with_the_plain_recipe_too(positive: Dataset) -> None:
    config = TrainingConfig(inputs="key-free", epochs=2, refit=False, hidden=SMALL)
    model = train(positive, config).model
    assert (model.inputs, model.members, model.network.inputs) == ("key-free", 1, 75)
    assert "the recipe `plain`" in model_card(model)
