"""Fingerprints: copies are known again whatever was done to them, and nothing else is."""

from __future__ import annotations

import csv
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

from lib.audio import SAMPLE_RATE, read_audio
from lib.collecting.fingerprint import (
    FEWEST,
    SAME,
    Fingerprint,
    _moving_maximum,
    fingerprint,
    likeness,
)
from tests.collecting.songs import tune
from tests.sound import music, write_song


def test_the_moving_maximum_is_that_of_each_neighbourhood() -> None:
    level = np.random.default_rng(0).normal(size=(40, 3)).astype(np.float32)
    for reach in (1, 2, 5, 12, 24):
        expected = [level[max(i - reach, 0) : i + reach + 1].max(axis=0) for i in range(40)]
        np.testing.assert_array_equal(_moving_maximum(level, reach), expected)


def test_it_comes_back_from_bytes() -> None:
    before = fingerprint(tune(0, 12.0))
    after = Fingerprint.from_bytes(before.to_bytes())
    np.testing.assert_array_equal(after.keys, before.keys)
    np.testing.assert_array_equal(after.times, before.times)
    assert len(before.to_bytes()) == 6 * len(before.keys)
    assert (np.diff(before.keys.astype(np.int64)) >= 0).all()


def test_copies_are_known_again(tmp_path: Path) -> None:
    song = tune(1, 30.0)
    original = fingerprint(song)
    rng = np.random.default_rng(0)
    shifted = song[3 * SAMPLE_RATE + 117 :]
    copies = {
        "quieter": 0.05 * song,
        "later": np.concatenate([tune(2, 10.0), song]),
        "shifted": shifted,
        "noisy": song + 0.01 * rng.standard_normal(song.size).astype(np.float32),
        "limited": np.tanh(4 * shifted),
        "aac": read_audio(write_song(tmp_path / "a.m4a", shifted, rate=22_050)),
        "mp3": read_audio(write_song(tmp_path / "a.mp3", shifted, rate=22_050)),
    }
    found = {name: likeness(original, fingerprint(copy)) for name, copy in copies.items()}
    assert min(found.values()) > 2 * SAME, found
    assert likeness(original, original) == pytest.approx(1.0, abs=0.02)


def test_other_songs_are_not() -> None:
    prints = [fingerprint(tune(seed, 20.0)) for seed in range(8)]
    # The same chord over the same beat: nearly all of it the same, and none of it a recording.
    prints += [fingerprint(music(20.0, seed=seed)) for seed in range(4)]
    assert max(likeness(a, b) for a, b in combinations(prints, 2)) < SAME / 2


def test_a_few_common_seconds_say_nothing() -> None:
    jingle = tune(0, 6.0)
    a = np.concatenate([tune(1, 30.0), jingle])
    b = np.concatenate([jingle, tune(2, 30.0)])
    assert likeness(fingerprint(a), fingerprint(b)) == 0.0
    assert likeness(fingerprint(jingle), fingerprint(np.concatenate([jingle, tune(3, 1.0)]))) > 0.5


def test_silence_and_hiss_are_like_nothing() -> None:
    silence = fingerprint(np.zeros(10 * SAMPLE_RATE, dtype=np.float32))
    assert len(silence.keys) == 0
    assert likeness(silence, silence) == 0.0
    assert likeness(silence, fingerprint(tune(0, 10.0))) == 0.0
    short = fingerprint(tune(0, 0.5))
    assert len(short.keys) < FEWEST
    assert likeness(short, short) == 0.0


def test_the_shared_clips_are_told_apart_by_artist_and_known_as_copies(
    gtzan: Path, tmp_path: Path
) -> None:
    with (gtzan / "tracks.csv").open(encoding="utf-8", newline="") as file:
        artists = {row["track"]: row["artist"] for row in csv.DictReader(file) if row["artist"]}
    clips = [p for p in sorted((gtzan / "audio").glob("*/*.flac")) if p.stem in artists]
    by_artist: dict[str, list[Path]] = {}
    for clip in clips:
        by_artist.setdefault(artists[clip.stem], []).append(clip)
    chosen = [clip for of_one in by_artist.values() if len(of_one) > 2 for clip in of_one[:3]][:30]
    assert len(chosen) > 10
    sounds = [read_audio(clip) for clip in chosen]
    prints = [fingerprint(sound) for sound in sounds]
    assert max(likeness(a, b) for a, b in combinations(prints, 2)) < SAME / 2
    for sound, known in zip(sounds[::6], prints[::6], strict=True):
        path = write_song(tmp_path / "a.m4a", 0.4 * sound[50_000:], rate=22_050)
        assert likeness(known, fingerprint(read_audio(path))) > SAME
