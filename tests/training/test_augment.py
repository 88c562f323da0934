from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.errors import TrainingError
from lib.features import FEATURE_NAMES, extract
from lib.training import Augmentation
from lib.training.augment import augment, change_gain, change_octave, equalise, transpose

ALL = Augmentation(gain=3, equaliser=1.5, octave=0.5, transpose=True)


def songs(n: int = 8) -> NDArray[np.float64]:
    X = np.random.default_rng(0).uniform(0.1, 1.0, size=(n, 85))
    X[:, 84] = 120.0
    return X


def changed(before: NDArray[np.float64], after: NDArray[np.float64]) -> set[str]:
    return {FEATURE_NAMES[i] for i in np.flatnonzero((before != after).any(axis=0))}


def test_gain_is_what_a_louder_recording_gives() -> None:
    """Half as loud, one feature falls by 6.02 dB times the root of 128, and no other changes."""
    rng = np.random.default_rng(0)
    y = (0.2 * rng.standard_normal(22_050 * 4)).astype(np.float32)
    loud, quiet = extract(y)[None], extract(y / 2)[None]
    found = change_gain(loud, FEATURE_NAMES, np.array([-20 * np.log10(2)]))
    assert changed(loud, found) == {"mfcc_mean_01"}
    np.testing.assert_allclose(found, quiet, atol=2e-3)


def test_equaliser_is_what_filtered_frames_give() -> None:
    """Adding its curve to the mel bands in dB changes the means of MFCCs by what is said."""
    rng = np.random.default_rng(1)
    mel_db, bands = rng.normal(size=(128, 50)), np.arange(128) + 0.5
    curve = sum(c * np.cos(np.pi * k * bands / 128) for k, c in ((1, 2.0), (3, -1.0)))

    def means(decibels: NDArray[np.float64]) -> NDArray[np.float64]:
        rows = np.cos(np.pi * np.arange(30)[:, None] * bands / 128) * np.sqrt(2 / 128)
        rows[0] = 1 / np.sqrt(128)
        return np.asarray((rows @ decibels).mean(axis=1))

    X = songs(1)
    X[0, :30] = means(mel_db)
    found = equalise(X, FEATURE_NAMES, np.array([[2.0, 0.0, -1.0]]))
    np.testing.assert_allclose(found[0, :30], means(mel_db + curve[:, None]), atol=1e-9)
    assert changed(X, found) == {"mfcc_mean_02", "mfcc_mean_04"}


def test_transposition_is_a_rotation_that_can_be_undone() -> None:
    X = songs()
    semitones = np.arange(8) * 5 % 12
    there = transpose(X, FEATURE_NAMES, semitones)
    c, g = FEATURE_NAMES.index("chroma_mean_C"), FEATURE_NAMES.index("chroma_mean_G")
    up = transpose(X, FEATURE_NAMES, np.full(8, 7))
    np.testing.assert_array_equal(up[:, g], X[:, c])
    np.testing.assert_array_equal(transpose(there, FEATURE_NAMES, -semitones), X)
    np.testing.assert_array_equal(np.sort(there[:, 60:72]), np.sort(X[:, 60:72]))
    assert all(name.startswith("chroma") for name in changed(X, there))


def test_tempo_changes_by_octaves_and_stays_in_range() -> None:
    X = songs(4)
    X[:, 84] = [120, 120, 200, 50]
    found = change_octave(X, FEATURE_NAMES, np.array([1, -1, 1, -1]))
    assert found[:, 84].tolist() == [240, 60, 200, 50]
    assert changed(X, found) == {"tempo"}


def test_same_state_gives_the_same_changes_and_the_songs_are_left_alone() -> None:
    X = songs()
    first, again, other = (
        augment(X, FEATURE_NAMES, ALL, np.random.default_rng(seed)) for seed in (0, 0, 1)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.allclose(first, other)
    np.testing.assert_array_equal(X, songs())
    untouched = [i for i, name in enumerate(FEATURE_NAMES) if name.startswith("mfcc_std")]
    np.testing.assert_array_equal(first[:, untouched], X[:, untouched])


def test_nothing_asked_changes_nothing() -> None:
    X = songs()
    found = augment(X, FEATURE_NAMES, Augmentation(), np.random.default_rng(0))
    np.testing.assert_array_equal(found, X)
    assert found is not X


def test_features_that_are_not_there_are_not_changed() -> None:
    names = [f"mfcc_std_{i:02}" for i in range(1, 31)]
    X = songs()[:, :30]
    np.testing.assert_array_equal(augment(X, names, ALL, np.random.default_rng(0)), X)


@pytest.mark.parametrize(
    ("setting", "match"),
    [
        ({"gain": -1.0}, "gain is -1.0; it must be 0 or more"),
        ({"equaliser": float("nan")}, "equaliser is nan"),
        ({"octave": 1.5}, "octave is 1.5; it is a share"),
    ],
)
def test_amounts_that_make_no_sense_are_refused(setting: dict[str, Any], match: str) -> None:
    with pytest.raises(TrainingError, match=match):
        Augmentation(**setting)
