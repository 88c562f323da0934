from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.features import FEATURE_NAMES, FEATURE_SETS, extract
from lib.model import Layer, Model, Network, Scaler, input_names, load_model, prepare, save_model


def songs(n: int = 6, *, seed: int = 0) -> NDArray[np.float64]:
    """Return features in the range that songs have."""
    return np.random.default_rng(seed).uniform(0.1, 1.0, size=(n, 85))


def column(X: NDArray[np.float64], name: str) -> NDArray[np.float64]:
    return X[:, input_names("key-free", FEATURE_NAMES).index(name)]


def test_features_are_left_as_they_are() -> None:
    X = songs()
    np.testing.assert_array_equal(prepare("features", X, FEATURE_NAMES), X)
    assert input_names("features", FEATURE_NAMES) == FEATURE_NAMES


@given(semitones=st.integers(-12, 12))
def test_key_free_inputs_are_the_same_in_every_key(semitones: int) -> None:
    X = songs()
    moved = X.copy()
    for first in (60, 72):
        moved[:, first : first + 12] = np.roll(X[:, first : first + 12], semitones, axis=1)
    kept = prepare("key-free", X, FEATURE_NAMES)
    np.testing.assert_allclose(prepare("key-free", moved, FEATURE_NAMES), kept, atol=1e-12)


def test_key_free_inputs_tell_chords_apart() -> None:
    X = songs(2)
    X[:, 60:72] = 0
    X[0, [60, 64, 67]] = 1  # C major
    X[1, [60, 63, 66]] = 1  # C diminished, whose minor thirds divide the octave into four
    fourth = column(prepare("key-free", X, FEATURE_NAMES), "log chroma_mean harmonic 4")
    np.testing.assert_allclose(np.exp(fourth) - 0.05, [np.sqrt(3), 3], atol=1e-12)


def test_each_column_is_what_it_is_called() -> None:
    X = songs()
    found = prepare("key-free", X, FEATURE_NAMES)
    names = input_names("key-free", FEATURE_NAMES)
    assert found.shape == (6, 75) == (6, len(names))
    np.testing.assert_array_equal(column(found, "mfcc_mean_07"), X[:, 6])
    np.testing.assert_allclose(column(found, "log mfcc_std_30"), np.log(X[:, 59]))
    np.testing.assert_allclose(
        column(found, "log chroma_std harmonic 0"), np.log(X[:, 72:84].sum(axis=1) + 0.02)
    )
    fast = X.copy()
    X[:, 84], fast[:, 84] = 90.0, 180.0
    difference = prepare("key-free", fast, FEATURE_NAMES) - prepare("key-free", X, FEATURE_NAMES)
    np.testing.assert_allclose(column(difference, "log tempo"), 1)  # an octave
    assert np.count_nonzero(difference) == 6


def test_order_of_the_features_does_not_matter() -> None:
    X, order = songs(), np.random.default_rng(1).permutation(85)
    # The pitch classes stay in their order, which is what makes them a circle.
    order = np.concatenate([order[order < 60], np.arange(60, 84), [84]])
    mixed = [FEATURE_NAMES[i] for i in order]
    found = prepare("key-free", X[:, order], mixed)
    expected = prepare("key-free", X, FEATURE_NAMES)
    for i, name in enumerate(input_names("key-free", mixed)):
        np.testing.assert_array_equal(found[:, i], column(expected, name))


def test_silence_gives_finite_inputs() -> None:
    assert np.isfinite(prepare("key-free", np.zeros((1, 85)), FEATURE_NAMES)).all()
    assert prepare("key-free", np.zeros((0, 85)), FEATURE_NAMES).shape == (0, 75)


def test_smaller_sets_keep_what_they_have_of_it() -> None:
    X = songs()
    whole = prepare("key-free", X, FEATURE_NAMES)
    for name, inputs in {"30": 30, "42": 37, "60": 60}.items():
        features = FEATURE_SETS[name]
        found = prepare("key-free", X[:, [FEATURE_NAMES.index(n) for n in features]], features)
        assert found.shape == (len(X), inputs)
        for i, column_name in enumerate(input_names("key-free", features)):
            np.testing.assert_array_equal(found[:, i], column(whole, column_name))


def test_treble_free_inputs_hardly_notice_a_low_pass() -> None:
    """Of a sound that is full of treble; what stays is the spread of the bands over time."""
    y = np.random.default_rng(0).standard_normal(22_050 * 4).astype(np.float32)
    spectrum = np.fft.rfft(y)
    spectrum[np.fft.rfftfreq(len(y), 1 / 22_050) > 8_000] = 0
    both = np.stack([extract(y), extract(np.fft.irfft(spectrum, len(y)).astype(np.float32))])
    moved = {
        inputs: np.linalg.norm(np.diff(prepare(inputs, both, FEATURE_NAMES)[:, :30], axis=0))
        for inputs in ("key-free", "treble-free")
    }
    assert moved["treble-free"] < 0.1 * moved["key-free"]


def test_treble_free_inputs_are_the_same_in_any_order() -> None:
    X, order = songs(), np.random.default_rng(1).permutation(30)
    order = np.concatenate([order, np.arange(30, 85)])
    found = prepare("treble-free", X[:, order], [FEATURE_NAMES[i] for i in order])
    expected = prepare("treble-free", X, FEATURE_NAMES)
    np.testing.assert_allclose(found[:, :30], expected[:, order[:30]], atol=1e-12)
    np.testing.assert_array_equal(found[:, 30:], prepare("key-free", X, FEATURE_NAMES)[:, 30:])


def test_treble_free_inputs_need_all_mfccs() -> None:
    with pytest.raises(ModelError, match=r"30 features mfcc_mean_\*, and 29 are"):
        input_names("treble-free", FEATURE_NAMES[1:])


def test_some_pitch_classes_are_not_enough_to_be_key_free() -> None:
    with pytest.raises(ModelError, match=r"twelve features chroma_mean_\*, and 5 are"):
        input_names("key-free", FEATURE_NAMES[:65])
    with pytest.raises(ModelError, match="Inputs 'pixels' are unknown"):
        prepare("pixels", songs(), FEATURE_NAMES)  # type: ignore[arg-type]


def members(*, count: int = 3) -> Model:
    """Return a key-free model of several networks."""
    rng = np.random.default_rng(0)
    network = Network("many", 75, (Layer(9, "relu"), Layer(2, "softmax")))
    weights = tuple(
        (
            rng.normal(size=(count, *shape)).astype(np.float32),
            rng.normal(size=(count, shape[1])).astype(np.float32),
        )
        for shape in network.shapes
    )
    return Model(
        name="many",
        labels=("jazz", "rock"),
        feature_names=FEATURE_NAMES,
        features_version="1",
        scaler=Scaler(np.zeros(75), np.ones(75)),
        network=network,
        weights=weights,
        inputs="key-free",
    )


def test_members_are_asked_one_by_one_and_averaged() -> None:
    model, X = members(), songs()
    alone = [
        replace(model, weights=tuple((k[i], b[i]) for k, b in model.weights)).probabilities(X)
        for i in range(3)
    ]
    assert not np.allclose(alone[0], alone[1])
    np.testing.assert_allclose(model.probabilities(X), np.mean(alone, axis=0), atol=1e-12)
    assert model.members == 3


def test_members_come_back_as_they_went(tmp_path: Path) -> None:
    model = members()
    save_model(model, tmp_path / "many")
    back = load_model(tmp_path / "many")
    assert (back.members, back.inputs) == (3, "key-free")
    np.testing.assert_array_equal(back.probabilities(songs()), model.probabilities(songs()))


def test_members_must_be_equally_many() -> None:
    model = members()
    (kernel, bias), last = model.weights
    with pytest.raises(ModelError, match=r"Layer 2 of many needs a kernel of \(2, 9, 2\)"):
        replace(model, weights=((kernel[:2], bias[:2]), last))
    with pytest.raises(ModelError, match="Layer 1 of many needs"):
        replace(model, weights=tuple((k[:0], b[:0]) for k, b in model.weights))


def test_inputs_must_fit_the_network() -> None:
    with pytest.raises(ModelError, match="75 key-free inputs, 85 in the scaler and 75 network"):
        replace(members(), scaler=Scaler(np.zeros(85), np.ones(85)))


def test_model_of_the_first_format_is_read(model: Model, tmp_path: Path) -> None:
    save_model(model, tmp_path / "tiny")
    path = tmp_path / "tiny" / "model.json"
    content = json.loads(path.read_text(encoding="utf-8"))
    del content["inputs"], content["members"]
    content["format"] = 1
    path.write_text(json.dumps(content), encoding="utf-8")
    back = load_model(tmp_path / "tiny")
    assert (back.inputs, back.members) == ("features", 1)
    X = np.random.default_rng(0).normal(size=(5, 4))
    np.testing.assert_array_equal(back.probabilities(X), model.probabilities(X))


def test_activations_lie_in_fourth_roots_behind_the_rest() -> None:
    names = ("tempo", "msd_mean_001", "msd_std_001")
    X = np.array([[120.0, 16.0, 0.0], [60.0, 81.0, 1.0]])
    Z = prepare("key-free", X, names)
    np.testing.assert_allclose(Z[:, 1:], [[2.0, 0.0], [3.0, 1.0]])
    assert input_names("key-free", names) == (
        "log tempo",
        "fourth root of msd_mean_001",
        "fourth root of msd_std_001",
    )
