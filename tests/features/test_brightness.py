from __future__ import annotations

import csv
import warnings
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.features import EXTRA_NAMES, FEATURE_NAMES, analyse, extract
from tests.features.signals import EDGE_SIGNALS, RATE, Samples
from tests.sound import music

# Their magnitudes squared lie below what single precision holds exactly.
TOO_FAINT = {"noise below the floor"}


@pytest.fixture(scope="session")
def given_extra(gtzan: Path) -> dict[str, NDArray[np.float64]]:
    """Return the rows of `extra.csv` by track."""
    with (gtzan / "extra.csv").open(newline="") as file:
        header, *rows = csv.reader(file)
    assert tuple(header[1:]) == EXTRA_NAMES
    return {track: np.array(values, dtype=float) for track, *values in rows}


def librosas(librosa: ModuleType, y: Samples) -> NDArray[np.float64]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of short sounds, which are meant here
        rows = (
            librosa.feature.zero_crossing_rate(y)[0],
            librosa.feature.spectral_rolloff(y=y, sr=RATE)[0],
            librosa.feature.spectral_centroid(y=y, sr=RATE)[0],
        )
    return np.array([moment(row) for row in rows for moment in (np.mean, np.std)])


@pytest.mark.parametrize("name", sorted(set(EDGE_SIGNALS) - TOO_FAINT))
def test_the_extra_features_of_edge_signals_are_librosas(librosa: ModuleType, name: str) -> None:
    ours = extract(EDGE_SIGNALS[name], extra=True)[len(FEATURE_NAMES) :]
    np.testing.assert_allclose(ours, librosas(librosa, EDGE_SIGNALS[name]), rtol=1e-5, atol=1e-6)


def test_the_extra_features_of_real_clips_are_librosas_and_the_given_ones(
    librosa: ModuleType,
    clips: dict[str, Samples],
    given_extra: dict[str, NDArray[np.float64]],
) -> None:
    spread = np.std(list(given_extra.values()), axis=0)
    off = []
    for track, y in clips.items():
        ours = extract(y, extra=True)[len(FEATURE_NAMES) :]
        np.testing.assert_allclose(ours, librosas(librosa, y), rtol=1e-6)
        off.append(np.abs(ours - given_extra[track]) / spread)
    assert np.max(off) < 0.05
    assert np.median(off) < 0.005


def test_a_tone_lies_where_its_frequency_is() -> None:
    tone = np.sin(2 * np.pi * 1000 * np.arange(RATE) / RATE).astype(np.float32)
    found = analyse(tone, extra=True).brightness
    assert found is not None
    middle = slice(5, 35)  # frames that the tone fills
    np.testing.assert_allclose(found.zero_crossing_rate[middle], 2000 / RATE, rtol=0.02)
    np.testing.assert_allclose(found.centroid[middle], 1000, rtol=0.05)
    np.testing.assert_allclose(found.rolloff[middle], 1000, atol=2 * RATE / 2048)


def test_they_are_computed_only_where_asked_and_change_nothing_else() -> None:
    y = music(3.0)
    assert analyse(y).brightness is None
    assert extract(y).shape == (85,)
    np.testing.assert_array_equal(extract(y, extra=True)[:85], extract(y))
