from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from lib.judgement import Rows
from lib.model import input_names, prepare
from lib.training.names import EAR_FEATURES
from lib.training.networks import make_network
from lib.training.recipes import recipe_of
from lib.training.regression import fit_regression

LABELS = ("drone", "march", "reel")
CONFIG = recipe_of("ear")
NAMES = input_names(CONFIG.inputs, EAR_FEATURES)
NETWORK = make_network("ear", inputs=len(NAMES), genres=len(LABELS))


def rows(songs: dict[str, int], *, windows: int = 1, seed: int = 0) -> Rows:
    """Make songs of features as the ear wants them, whose genres differ in all of them."""
    rng = np.random.default_rng(seed)
    genre = np.array([g for g, n in songs.items() for _ in range(n * windows)], dtype=object)
    track = np.array([f"{i // windows}" for i in range(len(genre))], dtype=object)
    centres = np.random.default_rng(9).uniform(1, 2, (len(LABELS), len(EAR_FEATURES)))
    X = np.array([centres[LABELS.index(g)] for g in genre])
    X += rng.uniform(0, 2, X.shape)
    nobody = np.array([""] * len(genre), dtype=object)
    return Rows(track=track, genre=genre, artist=nobody, X=X, split=nobody)


def test_finds_what_scikit_learn_finds() -> None:
    table = rows({"drone": 12, "march": 20, "reel": 7})
    fitted = fit_regression(NETWORK, table, None, labels=LABELS, config=CONFIG)
    Z = fitted.scaler.transform(prepare(CONFIG.inputs, table.X, EAR_FEATURES))
    # A narrower prior is the same as a smaller input.
    Z *= [1.0 if "msd" in name else np.sqrt(1 / 8) for name in NAMES]
    oracle = LogisticRegression(C=0.01, class_weight="balanced", max_iter=5000, tol=1e-8)
    expected = oracle.fit(Z, table.genre.astype(str)).predict_proba(Z)
    found = fitted.probabilities(table.X)
    np.testing.assert_allclose(found, expected, atol=2e-3)


def test_the_same_songs_give_the_same_weights() -> None:
    table = rows({"drone": 6, "march": 6, "reel": 6})
    first, second = (
        fit_regression(NETWORK, table, None, labels=LABELS, config=CONFIG) for _ in range(2)
    )
    np.testing.assert_array_equal(first.weights[0][0], second.weights[0][0])


def test_a_long_song_counts_as_much_as_a_short_one() -> None:
    once = rows({"drone": 5, "march": 8})
    several = once.at(np.repeat(np.arange(len(once)), [4, *[1] * (len(once) - 1)]))
    fits = [
        fit_regression(NETWORK, table, None, labels=LABELS, config=CONFIG)
        for table in (once, several)
    ]
    # The scaler sees rows; with the same one they would be equal.
    P, Q = (fit.probabilities(once.X) for fit in fits)
    np.testing.assert_allclose(P, Q, atol=0.05)
    assert (P.argmax(axis=1) == Q.argmax(axis=1)).all()


def test_a_genre_without_songs_is_never_said() -> None:
    table = rows({"drone": 6, "reel": 6})
    fitted = fit_regression(NETWORK, table, None, labels=LABELS, config=CONFIG)
    assert fitted.probabilities(table.X)[:, 1].max() < 1e-9


def test_watches_the_songs_held_out() -> None:
    table, other = rows({"drone": 6, "march": 6}), rows({"drone": 3, "march": 3}, seed=1)
    config = replace(CONFIG, epochs=40)
    told: list[float | None] = []
    fitted = fit_regression(
        NETWORK, table, other, labels=LABELS, config=config,
        progress=lambda _, fraction: told.append(fraction),
    )  # fmt: skip
    assert list(fitted.history.columns) == ["epoch", "loss", "accuracy", "val_loss", "val_accuracy"]
    assert len(fitted.history) == fitted.best_epoch == 40
    assert fitted.history.loss.iloc[-1] < fitted.history.loss.iloc[0]
    assert fitted.history.val_accuracy.iloc[-1] == pytest.approx(1.0)
    assert told[-1] == 1.0
