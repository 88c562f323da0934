from __future__ import annotations

from collections.abc import Callable
from types import ModuleType

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.features.brightness import spectral_centroid, spectral_rolloff, zero_crossing_rate
from lib.features.framewise import rms, spectral_bandwidth
from lib.features.spectrum import power_spectrogram
from tests.features.signals import EDGE_SIGNALS, RATE, Agree, Samples

Figure = Callable[[Samples], NDArray[np.float64]]


def magnitude(y: Samples) -> NDArray[np.float32]:
    return np.sqrt(power_spectrogram(y))


FIGURES: dict[str, Figure] = {
    "rms": rms,
    "zero_crossing_rate": zero_crossing_rate,
    "spectral_centroid": lambda y: spectral_centroid(magnitude(y)),
    "spectral_bandwidth": lambda y: spectral_bandwidth(
        magnitude(y), spectral_centroid(magnitude(y))
    ),
    "spectral_rolloff": lambda y: spectral_rolloff(magnitude(y)),
}
# A pure tone's or a click's magnitudes are rounding in most bins, on either side, and those bins
# move a centre; so would a tie of a roll-off.  What is left are sounds with a spectrum.
STEADY = {"tone", "tone between two semitones", "Nyquist frequency", "constant", "silence"}


@pytest.mark.filterwarnings("ignore:n_fft=2048 is too large")
@pytest.mark.parametrize("name", sorted(set(EDGE_SIGNALS) - STEADY))
@pytest.mark.parametrize("figure", FIGURES)
def test_each_frames_figure_is_librosas(
    librosa: ModuleType, agree: Agree, figure: str, name: str
) -> None:
    y = EDGE_SIGNALS[name]
    sr = {} if figure in ("rms", "zero_crossing_rate") else {"sr": RATE}
    theirs = getattr(librosa.feature, figure)(y=y, **sr)[0]
    agree(FIGURES[figure](y), theirs)


@pytest.mark.parametrize("figure", FIGURES)
def test_silence_has_no_loudness_no_centre_and_no_crossings(figure: str) -> None:
    assert not FIGURES[figure](EDGE_SIGNALS["silence"]).any()


def test_a_tone_has_its_centre_at_its_frequency() -> None:
    M = magnitude(EDGE_SIGNALS["tone"])[10:-10]
    centroid = spectral_centroid(M)
    np.testing.assert_allclose(centroid, 440, atol=2)
    assert (spectral_bandwidth(M, centroid) < 60).all()
    np.testing.assert_allclose(spectral_rolloff(M), 440, atol=2 * RATE / 2048)
