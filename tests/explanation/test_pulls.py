"""What pulled a song towards a genre: the axioms on a network, and the closed form where it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from lib.explanation.groups import columns_of_groups
from lib.explanation.pulls import BACKGROUND_SONGS, pulls
from lib.features import FEATURE_NAMES
from lib.features.names import PITCH_CLASSES
from lib.model import Confidence, Layer, Model, Network, load_model

Maker = Callable[..., np.ndarray]


def changes(found: object) -> dict[str, float]:
    return {pull.group: pull.change for pull in found.pulls}


@pytest.mark.parametrize("windows", [1, 3, 7, 200])
@pytest.mark.parametrize("temperature", [None, 0.6])
def test_they_add_up_to_what_the_model_says(
    model: Model, features: Maker, windows: int, temperature: float | None
) -> None:
    if temperature is not None:
        confidence = Confidence(temperature, 0.5, None, "validation", 90)
        model = replace(model, confidence=confidence)
    X = features(windows, seed=7)
    said = model.probabilities(X).mean(axis=0)
    found = pulls(model, model.songs, model.given(X))
    assert list(found) == list(model.labels)
    for genre, p in zip(model.labels, said, strict=True):
        assert found[genre].base + sum(changes(found[genre]).values()) == pytest.approx(p, abs=1e-9)
    # What pulls towards one genre pulls away from others: probabilities always sum to 1.
    assert sum(each.base for each in found.values()) == pytest.approx(1)
    for group in ("timbre", "harmony", "tempo"):
        assert sum(changes(each)[group] for each in found.values()) == pytest.approx(0, abs=1e-9)


def test_votes_add_up_as_well(model: Model, features: Maker) -> None:
    model = replace(model, verdict="vote")
    X = features(9, seed=3)
    said = model.ballots(model.probabilities(X)).mean(axis=0)
    found = pulls(model, model.songs, model.given(X))
    for genre, p in zip(model.labels, said, strict=True):
        assert found[genre].base + sum(changes(found[genre]).values()) == pytest.approx(p, abs=1e-9)


def test_what_the_network_does_not_look_at_pulls_nothing(model: Model, features: Maker) -> None:
    (kernel, bias), *rest = model.weights
    deaf = kernel.copy()
    deaf[:, columns_of_groups(model)["tempo"]] = 0
    model = replace(model, weights=((deaf, bias), *rest))
    found = pulls(model, model.songs, model.given(features(2, seed=5)))
    for each in found.values():
        assert changes(each)["tempo"] == pytest.approx(0, abs=1e-12)
        assert abs(changes(each)["timbre"]) > 1e-3


def test_another_key_pulls_nothing(model: Model, features: Maker) -> None:
    X = features(1, seed=2)
    other = X.copy()
    for kind in ("chroma_mean", "chroma_std"):
        columns = [FEATURE_NAMES.index(f"{kind}_{name}") for name in PITCH_CLASSES]
        other[:, columns] = np.roll(X[:, columns], 5, axis=1)
    one, two = (pulls(model, model.songs, model.given(rows)) for rows in (X, other))
    for genre in model.labels:
        assert changes(one[genre]) == pytest.approx(changes(two[genre]), abs=1e-9)


def test_groups_with_the_same_part_pull_alike(with_songs: Callable[..., Model]) -> None:
    """Harmony and tempo are given the same numbers and the same weights: they are equal players."""
    names = ("mfcc_mean_01", "chroma_stft_mean", "tempo")
    rng = np.random.default_rng(0)
    kernel = rng.normal(size=(3, 2)).astype(np.float32)
    kernel[2] = kernel[1]
    model = replace(
        _linear(kernel),
        feature_names=names,
    )
    X = rng.normal(size=(60, 3))
    X[:, 2] = X[:, 1]
    model = with_songs(model, X)
    found = changes(pulls(model, model.songs, model.given(X[:1]))["rock"])
    assert found["harmony"] == pytest.approx(found["tempo"])
    assert found["timbre"] != pytest.approx(found["tempo"], abs=1e-3)


def test_a_linear_head_has_the_closed_form(
    model: Model, features: Maker, with_songs: Callable[..., Model]
) -> None:
    """Where the value is linear, a group's share is its weights times what sets it apart.

    ``phi[G] = sum of w[i] (z[i] - mean of the background's z[i]) over i in G``; the log-odds of two
    genres of one layer are linear, so as values the game of their ballots is given these.
    """
    rng = np.random.default_rng(4)
    kernel = rng.normal(0, 0.2, (75, 3)).astype(np.float32)
    head = replace(
        model,
        songs=None,
        network=Network("head", 75, (Layer(3, "softmax"),)),
        weights=((kernel, np.zeros(3, np.float32)),),
    )
    head = with_songs(head, features(BACKGROUND_SONGS // 3 * 3, seed=8))
    log_odds = _LogOdds(head)
    Z = head.given(features(1, seed=9))
    found = pulls(log_odds, head.songs, Z)
    w = kernel[:, 1].astype(float) - kernel[:, 0]
    apart = Z[0] - head.songs.Z.astype(float).mean(axis=0)  # every song is in the background
    for group, columns in columns_of_groups(head).items():
        expected = w[columns] @ apart[columns]
        assert changes(found["metal"])[group] == pytest.approx(expected, abs=1e-6)


class _LogOdds:
    """A model whose answer is the log-odds of metal against classical, instead of ballots."""

    def __init__(self, model: Model) -> None:
        self._model = model
        self.labels = model.labels

    def __getattr__(self, name: str) -> object:
        return getattr(self._model, name)

    def ballots(self, P: np.ndarray) -> np.ndarray:
        odds = np.log(P[:, 1]) - np.log(P[:, 0])
        return np.stack([-odds, odds, np.zeros(len(P))], axis=1)


def _linear(kernel: np.ndarray) -> Model:
    from tests.models import small_model

    size = len(kernel)
    names = FEATURE_NAMES[:size]
    made = small_model(("jazz", "rock"), features=names)
    return replace(
        made,
        network=Network("head", size, (Layer(2, "softmax"),)),
        weights=((kernel, np.zeros(2, np.float32)),),
    )


def test_the_same_song_is_explained_the_same_way(model: Model, features: Maker) -> None:
    Z = model.given(features(4, seed=6))
    assert pulls(model, model.songs, Z) == pulls(model, model.songs, Z)


def test_of_the_shipped_models_too(root: object) -> None:
    for name in ("mlp85", "ear"):
        model = load_model(root / "outputs" / "models" / name)
        Z = model.songs.Z[:2].astype(float)
        said = model.judge(Z).mean(axis=0)
        began = time.process_time()
        found = pulls(model, model.songs, Z)
        assert time.process_time() - began < 5  # a few hundredths where nothing else goes on
        groups = {"mlp85": 3, "ear": 4}[name]
        for genre, p in zip(model.labels, said, strict=True):
            assert len(found[genre].pulls) == groups
            told = found[genre].base + sum(changes(found[genre]).values())
            assert told == pytest.approx(p, abs=1e-9)
