from __future__ import annotations

from types import ModuleType

import numpy as np
import pytest

from lib.features.separation import separate
from lib.features.spectrum import transform
from tests.features.signals import EDGE_SIGNALS, RATE, Samples, clicks, tone


def parts(y: Samples) -> tuple[Samples, Samples]:
    X = transform(y)
    return separate(y, X, np.abs(X))


# librosa's inverse of sounds that are shorter than half a frame holds what memory held.
TOO_SHORT = {"1,000 samples", "one hop", "one sample", "two samples"}


@pytest.mark.parametrize("name", sorted(set(EDGE_SIGNALS) - TOO_SHORT))
def test_the_parts_are_librosas(librosa: ModuleType, name: str) -> None:
    y = EDGE_SIGNALS[name][: 4 * RATE]
    for ours, theirs in zip(parts(y), librosa.effects.hpss(y), strict=True):
        assert (ours.shape, ours.dtype) == (theirs.shape, theirs.dtype)
        np.testing.assert_allclose(ours, theirs, atol=1e-5 * np.abs(y).max(initial=0.0))


def test_a_tone_rings_and_a_click_strikes() -> None:
    ringing, striking = tone(440.0, 3), clicks(3, RATE // 2)
    harmonic, percussive = parts(ringing + striking)
    middle = slice(RATE // 2, -RATE // 2)
    assert np.corrcoef(harmonic[middle], ringing[middle])[0, 1] > 0.99
    struck = np.flatnonzero(striking)[1:-1]
    assert (percussive[struck] > 10 * np.abs(harmonic[struck] - ringing[struck])).all()


def test_the_parts_sum_to_the_sound() -> None:
    y = EDGE_SIGNALS["music"][: 3 * RATE]
    np.testing.assert_allclose(np.add(*parts(y)), y, atol=1e-7)
