from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lib.dataset import Dataset
from lib.features import FEATURE_NAMES, FEATURES_VERSION
from lib.judgement import LeakError, evaluate
from lib.model import load_model, save_model
from lib.training import Trained, TrainingConfig, model_card, train

CONFIG = TrainingConfig(name="toy model", epochs=12, batch_size=8)
QUICK = TrainingConfig(epochs=1, refit=False)


@pytest.fixture(scope="module")
def trained(dataset: Dataset) -> Trained:
    return train(dataset, CONFIG)


def test_training_gives_a_model_that_knows_its_story(trained: Trained, dataset: Dataset) -> None:
    model = trained.model
    assert model.labels == ("blues", "jazz", "rock")
    assert model.feature_names == FEATURE_NAMES
    assert model.features_version == FEATURES_VERSION
    assert model.training["config"]["seed"] == 0
    assert model.training["tracks"] == {
        "training": 36, "validation": 9, "excluded": 0, "test": 0, "learned_from": 45,
    }  # fmt: skip
    assert model.data["fingerprint"] == dataset.fingerprint
    assert model.data["name"] == "toy"
    assert (model.data["tracks"], model.data["artists"]) == (45, 15)
    assert set(model.versions) == {"earmark", "python", "numpy", "keras", "tensorflow"}
    assert model.metrics["validation"]["accuracy"] == trained.judgement.accuracy
    assert trained.judgement.n == 9
    assert evaluate(model, dataset).accuracy > 0.9
    assert trained.notes == ()


def test_model_says_the_same_after_it_was_saved(
    trained: Trained, dataset: Dataset, tmp_path: Path
) -> None:
    model = trained.model
    save_model(model, tmp_path / "toy")
    back = load_model(tmp_path / "toy")
    np.testing.assert_array_equal(back.probabilities(dataset.X), model.probabilities(dataset.X))
    assert json.dumps(dict(back.metrics)) == json.dumps(dict(model.metrics))


def test_refit_learns_from_all_rows_and_no_refit_from_the_training_rows(
    trained: Trained, dataset: Dataset
) -> None:
    anew = trained
    kept = train(dataset, replace(CONFIG, refit=False))
    np.testing.assert_allclose(anew.model.scaler.mean_, dataset.X.mean(axis=0))
    assert not np.allclose(kept.model.scaler.mean_, dataset.X.mean(axis=0))
    assert kept.model.training["tracks"]["learned_from"] == 36
    # The figures are of the same early-stopped network either way.
    assert anew.judgement.to_dict() == kept.judgement.to_dict()
    assert anew.history.equals(kept.history)


def changed(dataset: Dataset, splits: dict[str, str], copies: dict[int, int]) -> Dataset:
    tracks, features = dataset.tracks.copy(), dataset.features.copy()
    for track, split in splits.items():
        tracks.loc[track, "split"] = split
    for to, of in copies.items():
        features.iloc[to] = features.iloc[of]
    return Dataset(dataset.folder, tracks, features)


def test_test_rows_are_judged_and_never_learned_from(dataset: Dataset) -> None:
    marked = changed(dataset, {"blues.000": "test", "jazz.000": "test", "rock.000": "test"}, {})
    learned = np.flatnonzero(marked.split != "test")
    model = train(marked, replace(QUICK, refit=True)).model
    np.testing.assert_allclose(model.scaler.mean_, dataset.X[learned].mean(axis=0))
    assert model.training["tracks"]["test"] == 3
    assert model.metrics["test"]["songs"] == 3


def test_replica_on_two_sides_of_the_tables_split_is_refused(dataset: Dataset) -> None:
    splits = {"blues.001": "valid", "jazz.001": "valid", "rock.001": "valid"}
    with pytest.raises(LeakError, match=r"Replicas .*: blues\.001 = blues\.002"):
        train(changed(dataset, splits, {1: 2}), QUICK)


def test_replica_of_a_test_song_is_refused(dataset: Dataset) -> None:
    with pytest.raises(LeakError, match=r"Replicas .*: jazz\.000 = rock\.000"):
        train(changed(dataset, {"jazz.000": "test"}, {15: 30}), QUICK)


def test_excluded_replica_of_a_validation_song_is_no_leak(dataset: Dataset) -> None:
    splits = {f"{genre}.001": "valid" for genre in ("blues", "jazz", "rock")}
    marked = changed(dataset, {**splits, "blues.002": "excluded"}, {1: 2})
    trained = train(marked, QUICK)
    assert trained.model.training["tracks"]["excluded"] == 1
    assert trained.judgement.n == 3


def test_unknown_artists_are_noted(make_dataset: Callable[..., Dataset]) -> None:
    assert "artists of 45 of 45 songs are unknown" in train(make_dataset(artists=0), QUICK).notes[0]
    assert "one by one" in train(make_dataset(artists=1), QUICK).notes[0]


def test_card_is_written_from_what_the_model_carries(trained: Trained, dataset: Dataset) -> None:
    model = trained.model
    card = model_card(model, command="python 02_train.py toy")
    accuracy = f"{100 * model.metrics['validation']['accuracy']:.1f} %"
    assert card.startswith("# toy model\n")
    assert f"| the songs held out | 9 | {accuracy} |" in card
    assert dataset.fingerprint in card
    assert "| jazz | 15 | 5 |" in card
    assert "```\npython 02_train.py toy\n```" in card
    assert "artist folds" not in card
    assert "A fresh" not in card
    assert "a fresh network was trained on all songs" in card
