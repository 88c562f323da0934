from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given as from_strategies
from hypothesis import settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from lib.audio import Window
from lib.audio.windows import windows
from lib.features import (
    FEATURE_NAMES,
    analyse,
    analyse_windows,
    extract,
    feature_vector,
    spectrum,
)
from lib.features.chroma import chroma_bank
from lib.features.mel import mel_bank
from tests.features.signals import (
    EDGE_SIGNALS,
    RATE,
    Agree,
    Oracle,
    Samples,
    TuningOracle,
    clicks,
    noise,
)
from tests.sound import music

BLOCKS = (slice(0, 30), slice(30, 60), slice(60, 72), slice(72, 84))


@pytest.mark.parametrize("name", EDGE_SIGNALS)
def test_the_features_of_edge_signals_are_librosas(oracle: Oracle, agree: Agree, name: str) -> None:
    ours, theirs = extract(EDGE_SIGNALS[name]), oracle(EDGE_SIGNALS[name])
    agree(ours, theirs)
    assert ours[-1] == theirs[-1]


def sound(kind: str, seed: int, samples: int) -> np.ndarray:
    """Make a sound in which something happens.

    Steady tones are left out: their onsets are rounding, and so would be the tempo of either side.
    """
    rng = np.random.default_rng(seed)
    seconds = samples / RATE
    if kind == "music":
        pitch, bpm = rng.uniform(60, 900), rng.uniform(40, 250)
        return music(seconds + 1e-4, pitch=pitch, bpm=bpm, seed=seed)
    if kind == "clicks":
        return clicks(seconds + 1e-4, int(rng.integers(50, 20_000)))
    if kind == "bursts":
        gate = np.sin(2 * np.pi * rng.uniform(0.5, 5) * np.arange(samples) / RATE) > 0.9
        return noise(samples) * gate
    return np.cumsum(rng.standard_normal(samples)).astype(np.float32)


@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@from_strategies(
    kind=st.sampled_from(["music", "clicks", "bursts", "random walk"]),
    seed=st.integers(0, 2**16),
    samples=st.integers(1, 8 * RATE),
    gain_db=st.floats(-100, 20),
)
def test_the_features_of_random_sounds_are_librosas(
    oracle: Oracle,
    oracle_tuning: TuningOracle,
    agree: Agree,
    kind: str,
    seed: int,
    samples: int,
    gain_db: float,
) -> None:
    y = (sound(kind, seed, samples) * 10 ** (gain_db / 20)).astype(np.float32)
    analysis, theirs = analyse(y), oracle(y)
    agree(feature_vector(analysis), theirs)
    assert analysis.tempo == theirs[-1]
    assert analysis.tuning == oracle_tuning(y)


def test_the_features_of_real_clips_are_librosas(
    oracle: Oracle, oracle_tuning: TuningOracle, agree: Agree, clips: dict[str, Samples]
) -> None:
    for y in clips.values():
        analysis, theirs = analyse(y), oracle(y)
        ours = feature_vector(analysis)
        for block in BLOCKS:
            agree(ours[block], theirs[block])
        assert ours[-1] == theirs[-1]
        assert analysis.tuning == oracle_tuning(y)


def test_the_features_of_real_clips_are_the_given_ones(
    clips: dict[str, Samples], given: dict[str, NDArray[np.float64]]
) -> None:
    spread = np.std(list(given.values()), axis=0)
    off = np.array([np.abs(extract(y) - given[track]) / spread for track, y in clips.items()])
    assert len(off) >= 10
    assert np.mean(off <= 0.02) >= 0.99
    assert np.median(off) < 0.002


def test_an_analysis_holds_what_the_features_are_made_of() -> None:
    analysis = analyse(music(3.0))
    frames = 1 + 3 * RATE // 512
    assert analysis.mel_db.shape == (128, frames)
    assert analysis.mfcc.shape == (30, frames)
    assert analysis.chroma.shape == (12, frames)
    assert analysis.onset_strength.shape == (frames,)
    assert analysis.tempogram().shape == (384, frames)
    assert {analysis.mel_db.dtype, analysis.tempogram().dtype} == {np.dtype(np.float32)}
    assert analysis.frames_per_second == pytest.approx(43.066, abs=1e-3)

    features = dict(zip(FEATURE_NAMES, feature_vector(analysis), strict=True))
    assert features["mfcc_mean_01"] == pytest.approx(analysis.mfcc[0].mean(), rel=1e-5)
    assert features["mfcc_std_30"] == pytest.approx(analysis.mfcc[29].std(), rel=1e-5)
    assert features["chroma_mean_A"] == pytest.approx(analysis.chroma[9].mean(), rel=1e-5)
    assert features["chroma_std_B"] == pytest.approx(analysis.chroma[11].std(), rel=1e-5)
    assert features["tempo"] == analysis.tempo


def test_the_same_sound_gives_the_same_numbers_and_is_left_as_it_was() -> None:
    y = music(4.0)
    before = y.copy()
    np.testing.assert_array_equal(extract(y), extract(y))
    np.testing.assert_array_equal(y, before)


def test_windows_that_overlap_share_what_they_have_in_common(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    y = np.concatenate([music(50.0, seed=3), noise(20 * RATE)])
    heard = list(windows([y]))
    assert len(heard) == 4  # the last ends with the song, and begins between two frames
    alone = [extract(window.samples) for window in heard]
    transformed = 0
    powers = spectrum._powers

    def count(frames: np.ndarray, S: np.ndarray) -> None:
        nonlocal transformed
        transformed += len(frames)
        powers(frames, S)

    monkeypatch.setattr(spectrum, "_powers", count)
    shared = list(analyse_windows(heard))
    np.testing.assert_array_equal([feature_vector(analysis) for _, analysis in shared], alone)
    assert [window for window, _ in shared] == heard
    frames = 1 + 30 * RATE // 512
    assert transformed == 2 * frames + 2 * (646 + 4)  # two at each end see beyond it


def test_windows_of_other_lengths_or_apart_share_nothing() -> None:
    y = music(9.0)
    spans = [(0, 60_000), (512 * 20, 60_000), (512 * 30, 50_000), (512 * 31 + 1, 50_000),
             (512 * 150, 50_000)]  # fmt: skip
    cut = [Window(s / RATE, (s + n) / RATE, y[s : s + n]) for s, n in spans]
    for window, analysis in analyse_windows(cut):
        np.testing.assert_array_equal(feature_vector(analysis), extract(window.samples))


def test_threads_that_start_with_empty_caches_agree_with_one() -> None:
    sounds = [music(1.0, pitch=200 + 3 * i, seed=i) for i in range(16)]
    alone = [extract(y) for y in sounds]
    chroma_bank.cache_clear()
    mel_bank.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        np.testing.assert_array_equal(list(pool.map(extract, sounds)), alone)


def test_needs_no_heavy_library(root: Path) -> None:
    code = (
        "import sys, numpy; from lib.features import extract;"
        "extract(numpy.ones(30_000, dtype=numpy.float32));"
        "print({name.partition('.')[0] for name in sys.modules}"
        "& {'scipy', 'librosa', 'numba', 'pandas', 'matplotlib', 'sklearn', 'tensorflow'})"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=False
    )
    assert (run.stdout.strip(), run.stderr) == ("set()", "")
