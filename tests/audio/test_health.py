from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from lib.audio.decoder import Block
from lib.audio.health import LOUDEST, SILENCE, Health, average
from lib.errors import AudioError
from tests.sound import music

RATE = 22_050
PATH = Path("song.wav")


def columns(*channels: NDArray[np.floating]) -> NDArray[np.float32]:
    return np.stack(channels, axis=1).astype(np.float32)


def judged(
    *blocks: NDArray[np.float32],
    rate: int = RATE,
    declared: float | None = None,
    cut_off: bool = False,
) -> tuple[str, ...]:
    health = Health(PATH)
    for samples in blocks:
        health.mix(Block(samples if samples.ndim == 2 else samples[:, None], rate))
    return health.verdict(declared, cut_off=cut_off)


@pytest.mark.parametrize("channels", [1, 2, 3, 6, 32])
@pytest.mark.parametrize("planar", [False, True])
def test_channels_are_averaged(channels: int, planar: bool) -> None:
    samples = np.random.default_rng(0).uniform(-1, 1, (1_000, channels)).astype(np.float32)
    if planar:
        samples = np.asfortranarray(samples)
    expected = samples.astype(np.float64).mean(axis=1)
    np.testing.assert_allclose(average(samples), expected, atol=3e-7)
    np.testing.assert_array_equal(Health(PATH).mix(Block(samples, RATE)), average(samples))


def test_a_sample_that_is_no_number_is_left_out_of_the_average() -> None:
    left = np.array([np.nan, 0.5, np.inf, np.nan, 1e38, 0.1])
    right = np.array([0.2, 0.3, -0.4, -np.inf, -1e38, np.nan])
    with np.errstate(all="raise"):
        mono = Health(PATH).mix(Block(columns(left, right), RATE))
    np.testing.assert_allclose(mono, [0.2, 0.4, -0.4, 0, 0, 0.1], rtol=1e-6)


def test_opposite_infinities_do_not_hide_each_other() -> None:
    samples = columns(np.full(10, 3e38), np.full(10, -3e38))
    health = Health(PATH)
    # Their mean is a finite 0; taking them for sound costs nothing and changes nothing.
    np.testing.assert_array_equal(health.mix(Block(samples, RATE)), 0)


def test_a_healthy_song_gives_no_warning() -> None:
    assert judged(music(5)) == ()
    assert judged(music(5), declared=5.0) == ()
    assert judged(music(5), declared=5.9) == ()


def test_some_samples_that_are_no_numbers() -> None:
    samples = music(5)
    samples[:100] = np.nan
    assert judged(samples) == ("Less than 1 % of its samples are not numbers and were left out.",)
    samples[: len(samples) // 10] = np.inf
    assert judged(samples) == ("10 % of its samples are not numbers and were left out.",)


def test_mostly_no_numbers_is_an_error() -> None:
    samples = music(5)
    samples[: len(samples) * 6 // 10] = np.nan
    with pytest.raises(AudioError, match=r"^song\.wav: 60 % of its samples are not numbers\. Save"):
        judged(samples)


def test_one_broken_channel_of_two_leaves_the_other() -> None:
    song = music(5)
    broken = columns(song, np.full(len(song), np.nan))
    np.testing.assert_array_equal(Health(PATH).mix(Block(broken, RATE)), song)
    assert judged(broken) == ("100 % of its samples are not numbers and were left out.",)


@pytest.mark.parametrize("offset", [0.0, 0.5])
@pytest.mark.parametrize("level", [0.0, 0.5 * SILENCE])
def test_silence_is_no_music(offset: float, level: float) -> None:
    samples = (offset + level * np.sign(music(5))).astype(np.float32)
    with pytest.raises(AudioError, match="It is silent: nothing in it is louder than −80 dB"):
        judged(samples)


@pytest.mark.parametrize("channels", [(1, -1), (1, -1, 0.5, -0.5)])
def test_channels_that_cancel_each_other_out_are_no_silence(channels: tuple[float, ...]) -> None:
    song = music(5)
    with pytest.raises(AudioError, match="Its channels cancel each other out"):
        judged(columns(*(sign * song for sign in channels)))


def test_quiet_is_not_silent() -> None:
    assert judged((2 * SILENCE * np.sign(music(5))).astype(np.float32)) == ()


def test_silence_is_told_from_all_blocks_together() -> None:
    quiet = np.zeros(3 * RATE, np.float32)
    assert judged(quiet[:RATE], music(5), quiet[:RATE]) == ()


def test_a_song_that_is_mostly_silent_warns() -> None:
    silence = np.zeros(RATE, np.float32)
    assert judged(music(4), *[silence] * 6) == (
        "6.0 s of its 10.0 s are silent, so the genre is less certain.",
    )


@pytest.mark.parametrize(
    ("seconds", "told"), [(0, r"0\.00"), (1, r"1\.00"), (2.5, r"2\.50"), (2.9999, r"2\.99")]
)
def test_under_three_seconds_is_an_error(seconds: float, told: str) -> None:
    fault = rf"It lasts {told} s, and a genre takes at least 3 s to hear\. Choose a longer piece"
    with pytest.raises(AudioError, match=fault):
        judged(music(seconds))


def test_three_seconds_are_enough() -> None:
    assert judged(music(3)) == ()


def test_what_is_missing_is_told_by_the_header() -> None:
    (warning,) = judged(music(5), declared=200.0, cut_off=True)
    assert "5.0 s could be heard of the 3 min 20 s that its header tells. Get the" in warning


def test_what_is_missing_without_a_header() -> None:
    (warning,) = judged(music(5), cut_off=True)
    assert warning.startswith("It is cut off or damaged: it breaks off after 5.0 s.")


def test_a_stump_names_both_faults() -> None:
    with pytest.raises(AudioError, match=r"It lasts 2\.00 s.*of the 3 min 20 s that its header"):
        judged(music(2), declared=200.0)


def test_samples_far_beyond_full_scale() -> None:
    (warning,) = judged(music(5) * np.float32(32_768))
    assert "times full scale" in warning
    assert judged(music(5) * np.float32(4)) == ()


def test_samples_that_would_overflow_count_as_damage() -> None:
    samples = music(5)
    samples[10] = 2 * LOUDEST
    health = Health(PATH)
    assert np.abs(health.mix(Block(samples[:, None], RATE))).max() < 1
    assert "not numbers" in health.verdict(None, cut_off=False)[0]


def test_a_narrow_band_warns() -> None:
    (warning,) = judged(music(5, rate=8_000), rate=8_000)
    assert "at 8,000 samples a second and has nothing above 4,000 Hz, so the genre" in warning
    assert judged(music(5, rate=16_000), rate=16_000) == ()
