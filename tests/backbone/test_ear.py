from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from lib.audio import open_audio
from lib.backbone import BACKBONE_RATE, TAGS, Backbone, BackboneError, Ear
from lib.backbone.mel import log_mel
from tests.sound import music, write_song

PATCH = 187 * 256 / BACKBONE_RATE


def heard(backbone: Backbone, y: np.ndarray, *cuts: int) -> Ear:
    ear = Ear(backbone)
    for start, end in pairwise((0, *cuts, len(y))):
        ear.take(y[start:end])
    ear.end()
    return ear


def test_hears_the_same_however_the_sound_is_cut(backbone: Backbone) -> None:
    y = music(34.0, rate=BACKBONE_RATE)
    y[: 10 * BACKBONE_RATE] *= 0.1
    whole = heard(backbone, y).over(0, 34.0)
    pieces = heard(backbone, y, 1, 1, 47_871, 47_873, 500_000).over(0, 34.0)
    np.testing.assert_array_equal(whole.activations, pieces.activations)
    assert whole.tags == pieces.tags


def test_takes_mean_and_deviation_over_patches(backbone: Backbone) -> None:
    y = np.concatenate([music(3.0, rate=BACKBONE_RATE), music(4.0, pitch=440, rate=BACKBONE_RATE)])
    padded = np.pad(y, 256)
    # All is heard at the level of usual recordings, a root mean square of 0.12.
    padded *= 0.12 / np.sqrt(np.square(padded).mean())
    patches = [log_mel(padded[start : start + 48_128]) for start in (0, 47_872)]
    activations, tags = backbone.hear(np.stack(patches))
    impression = heard(backbone, y).over(0, 7.0)
    np.testing.assert_allclose(impression.activations[:200], activations.mean(axis=0), atol=1e-3)
    np.testing.assert_allclose(impression.activations[200:], activations.std(axis=0), atol=1e-3)
    assert set(impression.tags) == set(TAGS)
    assert list(impression.tags.values()) == sorted(impression.tags.values(), reverse=True)
    assert max(impression.tags.values()) == pytest.approx(tags.mean(axis=0).max(), abs=1e-3)


def test_a_patch_belongs_where_its_middle_lies(backbone: Backbone) -> None:
    ear = heard(backbone, music(9.5, rate=BACKBONE_RATE))
    second = ear.over(PATCH * 1.4, PATCH * 1.6)
    np.testing.assert_array_equal(ear.over(PATCH, 2 * PATCH).activations, second.activations)
    assert not second.activations[200:].any()  # one patch doesn't deviate from itself
    with pytest.raises(BackboneError, match="no patch of sound"):
        ear.over(0, 0.1)


@pytest.mark.parametrize("rate", [8_000, 16_000, 22_050, 44_100, 48_000, 96_000])
def test_hears_the_shortest_song_at_any_rate(backbone: Backbone, tmp_path: Path, rate: int) -> None:
    path = write_song(tmp_path / "song.flac", music(3.0, rate=rate), rate=rate)
    ear = Ear(backbone)
    with open_audio(path) as song:
        song.also(BACKBONE_RATE, ear.take)
        assert [window.end for window in song.windows()] == [pytest.approx(3.0, abs=1e-3)]
    ear.end()
    assert ear.over(0, song.seconds).activations.shape == (400,)


@pytest.mark.parametrize("decibel", [-40, -20, 12])
def test_the_level_of_a_recording_says_nothing(backbone: Backbone, decibel: int) -> None:
    y = music(4.0, rate=BACKBONE_RATE)
    usual = heard(backbone, y).over(0, 4.0).activations
    other = heard(backbone, y * np.float32(10 ** (decibel / 20))).over(0, 4.0).activations
    np.testing.assert_allclose(other, usual, atol=1e-3)


def test_silence_is_not_made_loud(backbone: Backbone) -> None:
    silence = heard(backbone, np.zeros(4 * BACKBONE_RATE, dtype=np.float32)).over(0, 4.0)
    hiss = 1e-8 * music(4.0, rate=BACKBONE_RATE)
    faint = heard(backbone, hiss.astype(np.float32)).over(0, 4.0)
    np.testing.assert_allclose(faint.activations, silence.activations, atol=1e-2)
