from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lib.dataset import Dataset
from lib.errors import Cancelled, TrainingError
from lib.judgement import JudgementError
from lib.training import (
    CrossValidation,
    TrainingConfig,
    cross_validate,
    leaky_judgement,
    train,
)
from lib.training.confidence import confident_by_folds

pytestmark = pytest.mark.slow(15)

# Small: TensorFlow takes three seconds to trace the eight layers that ship, whatever they learn.
CONFIG = TrainingConfig(epochs=10, batch_size=8, refit=False, hidden=(32, 16))


@pytest.fixture(scope="module")
def found(dataset: Dataset) -> CrossValidation:
    config = replace(CONFIG, refit=True)
    return cross_validate(dataset, config, protocol="artist", folds=2)


def test_every_song_is_judged_once(found: CrossValidation, dataset: Dataset) -> None:
    for scores in (found.network, found.svm):
        assert scores.pooled.n == 45
        assert len(scores.accuracies) == 2
        assert scores.mean == pytest.approx(np.mean(scores.accuracies))
        assert scores.pooled.labels == dataset.labels


def test_genres_that_differ_are_told_apart(found: CrossValidation) -> None:
    assert found.svm.pooled.accuracy > 0.9
    assert found.network.pooled.accuracy > 0.7
    assert found.seconds > 0


def test_figures_are_ready_for_json(found: CrossValidation) -> None:
    form = json.loads(json.dumps(found.to_dict()))
    assert form["protocol"] == "artist"
    assert form["interval"][0] <= form["accuracy"] <= form["interval"][1]
    assert set(form["svm"]) == {"mean", "folds", "accuracy", "interval", "macro_recall"}
    assert {"log_loss", "calibration_error", "reliability", "answered"} <= set(form)
    assert "log_loss" not in form["svm"]  # its decisions are no probabilities
    assert set(form["calibrated"]) == {
        "log_loss", "calibration_error", "reliability", "answered", "surest_two_thirds", "sure",
    }  # fmt: skip
    assert 0 <= form["outliers"] <= 0.2
    assert "seconds" not in form  # or the same training would give another file each time


def test_random_labels_are_guessed_and_no_better(make_dataset: Callable[..., Dataset]) -> None:
    """Whatever leaked from the judged side would show here: nothing can be learned."""
    dataset = make_dataset(songs=30, noise=1e3)
    judgement = cross_validate(dataset, CONFIG, protocol="random", folds=2)
    for scores in (judgement.network, judgement.svm):
        low, high = scores.pooled.interval
        assert low < 1 / 3 < high


def test_test_rows_have_no_part_in_it(make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset(songs=10)
    tracks = dataset.tracks.copy()
    tracks.loc[["blues.000", "jazz.000"], "split"] = "test"
    tracks.loc["rock.000", "split"] = "excluded"
    marked = Dataset(dataset.folder, tracks, dataset.features)
    config = replace(CONFIG, epochs=1)
    assert cross_validate(marked, config, protocol="random", folds=2).network.pooled.n == 28


def test_confidence_is_fitted_anew_on_the_songs_of_folds(
    found: CrossValidation, dataset: Dataset
) -> None:
    model = train(dataset, replace(CONFIG, epochs=1)).model
    assert found.calibrated is not None
    confident = confident_by_folds(model, dataset, found.network, found.calibrated).confidence
    assert confident is not None
    assert (confident.fitted_on, confident.songs) == ("artist_folds", 45)
    assert model.confidence is not None
    assert confident.outlier_above == model.confidence.outlier_above
    with pytest.raises(TrainingError, match="no confidence that could be fitted anew"):
        confident_by_folds(
            replace(model, confidence=None), dataset, found.network, found.calibrated
        )


def test_the_tables_own_split_is_one_fold(make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset(songs=10, split="train")
    tracks = dataset.tracks.copy()
    tracks.loc[[f"{genre}.00{i}" for genre in dataset.labels for i in (0, 5)], "split"] = "valid"
    marked = Dataset(dataset.folder, tracks, dataset.features)
    found = cross_validate(marked, replace(CONFIG, epochs=2), protocol="split", folds=1)
    assert found.network.pooled.n == found.svm.pooled.n == 6
    assert (found.calibrated, found.outliers) == (None, None)  # one fold has no others
    assert "calibrated" not in found.to_dict()


def test_a_random_split_of_windows_leaks(make_dataset: Callable[..., Dataset]) -> None:
    config = replace(CONFIG, epochs=2)
    assert leaky_judgement(make_dataset(), config) is None
    leaky = leaky_judgement(make_dataset(windows=10), config)
    assert leaky is not None
    assert leaky.n == 7  # a tenth of 42 and 3 times 10 windows


def test_two_genres_and_long_songs_will_do(make_dataset: Callable[..., Dataset]) -> None:
    dataset = make_dataset(("jazz", "rock"), songs=8, windows=5)
    found = cross_validate(dataset, CONFIG, protocol="artist", folds=2)
    assert found.network.pooled.n == found.svm.pooled.n == 16
    assert found.svm.pooled.accuracy > 0.8


def test_too_few_artists_are_named(make_dataset: Callable[..., Dataset]) -> None:
    with pytest.raises(JudgementError, match="blues has too few different artists"):
        cross_validate(make_dataset(artists=1), CONFIG, protocol="artist", folds=3)


def test_progress_runs_over_all_folds_and_can_cancel(dataset: Dataset) -> None:
    told: list[tuple[str, float | None]] = []

    def watch(step: str, fraction: float | None, /) -> None:
        told.append((step, fraction))
        if len(told) == 15:
            raise Cancelled

    with pytest.raises(Cancelled):
        cross_validate(dataset, CONFIG, protocol="random", folds=3, progress=watch)
    assert {step for step, _ in told} == {
        "Judging network by random folds", "Judging SVM by random folds",
    }  # fmt: skip
    fractions = [fraction for _, fraction in told if fraction is not None]
    assert fractions[0] == pytest.approx(1 / 60)
    assert fractions[10] == pytest.approx(1 / 3)  # ten epochs and an SVM: one fold of three
    assert 1 / 3 < fractions[-1] < 1 / 2
