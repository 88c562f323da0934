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
from lib.training import Trained, TrainingConfig, card_content, model_card, train

pytestmark = pytest.mark.slow(10)

CONFIG = TrainingConfig(name="toy model", epochs=12, batch_size=8)
# Small: TensorFlow takes three seconds to trace the eight layers that ship, whatever they learn.
QUICK = TrainingConfig(epochs=1, refit=False, hidden=(16,))


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
    command = {"command": "python 02_train.py toy"}
    model = replace(trained.model, training={**trained.model.training, **command})
    card = model_card(model)
    accuracy = f"{100 * model.metrics['validation']['accuracy']:.1f} %"
    assert card.startswith("# toy model\n")
    assert f"| the songs held out | 9 | {accuracy} |" in card
    assert dataset.fingerprint in card
    assert "| jazz | 15 | 5 |" in card
    assert "```\npython 02_train.py toy\n```" in card
    assert "artist folds" not in card
    assert "A fresh" not in card
    assert "a fresh network was trained on all songs" in card
    assert "as fits best the 9 songs held out" in card
    assert "LEAKY" not in card
    content = json.loads(json.dumps(card_content(model)))
    assert content["metrics"] == json.loads(json.dumps(dict(model.metrics)))
    assert content["confidence"]["fitted_on"] == "validation"
    assert all(f"- {limit}" in card for limit in content["limits"])


def test_a_model_of_an_older_format_has_a_card_too(trained: Trained) -> None:
    model = replace(trained.model, confidence=None, songs=None)
    card = model_card(model)
    assert "How sure" not in card
    assert "they are not shares of songs rightly named" in card
    assert "Made anew" not in card  # nobody wrote down how
    assert card_content(model)["confidence"] is None


def test_a_model_knows_how_sure_to_be_and_what_it_learned_from(
    trained: Trained, dataset: Dataset
) -> None:
    model = trained.model
    assert model.confidence is not None
    assert model.songs is not None
    assert (model.confidence.fitted_on, model.confidence.songs) == ("validation", 9)
    assert [song.track for song in model.songs.songs] == list(dataset.tracks.index)
    assert {song.artist for song in model.songs.songs} == set(dataset.artist)
    np.testing.assert_allclose(model.songs.Z, model.given(dataset.X), atol=5e-3)
    assert not any(model.is_outlier(x[None]) for x in dataset.X)
    assert model.is_outlier(dataset.X[:1] + 30)


def test_what_was_held_out_is_not_among_the_songs_without_refit(dataset: Dataset) -> None:
    songs = train(dataset, QUICK).model.songs
    assert songs is not None
    assert len(songs.songs) == 36


def test_all_windows_of_a_song_are_its_own(make_dataset: Callable[..., Dataset]) -> None:
    songs = train(make_dataset(windows=3), replace(QUICK, refit=True)).model.songs
    assert songs is not None
    assert (len(songs.songs), len(songs.Z)) == (45, 51)
    assert songs.songs[songs.song[-1]].track == "rock.014"
