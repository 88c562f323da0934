"""Excerpts: the middle of the song, whatever its header says; the same numbers from the FLAC."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import soundfile

from lib.audio import SAMPLE_RATE, read_audio
from lib.collecting.excerpts import (
    REMEMBERED_SECONDS,
    Sound,
    Task,
    hear_excerpts,
    hear_kept,
    keep_excerpts,
    plan,
)
from lib.collecting.fingerprint import SAME, fingerprint, likeness
from lib.dataset import Heard, Unheard, hear_song
from tests.collecting.songs import tune
from tests.sound import write_song


def sound(path: Path, excerpts: int = 1, shortest: float = 3.0) -> Sound:
    heard = hear_excerpts(Task(path, excerpts, shortest))
    assert isinstance(heard, Sound)
    return heard


@pytest.mark.parametrize("seconds", [30.0, 61.0, 90.0, 200.0, 3600.0])
@pytest.mark.parametrize("excerpts", [1, 2, 3, 20])
def test_excerpts_are_even_and_do_not_overlap(seconds: float, excerpts: int) -> None:
    starts = plan(seconds, excerpts)
    assert len(starts) == min(excerpts, int(seconds // 30))
    edges = np.array([(start, start + 30) for start in starts]).ravel()
    assert (np.diff(edges) >= -1e-9).all()
    assert edges[0] >= 0
    assert edges[-1] <= seconds + 1e-9
    assert edges[0] == pytest.approx(seconds - edges[-1])


def test_the_middle_is_what_is_heard(tmp_path: Path) -> None:
    song = tune(0, 100.0)
    heard = sound(write_song(tmp_path / "a.flac", song, rate=SAMPLE_RATE))
    assert heard.starts == (35.0,)
    assert heard.seconds == 100.0
    middle = song[35 * SAMPLE_RATE : 65 * SAMPLE_RATE]
    np.testing.assert_allclose(heard.excerpts[0] / 32_768, middle, atol=1e-4)


def test_the_flac_gives_the_same_features(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", 8 * tune(0, 64.0), SAMPLE_RATE, subtype="FLOAT")
    heard = sound(tmp_path / "a.wav", excerpts=2)
    assert heard.features.shape == (2, 91)
    assert heard.excerpts[0].max() == 32_767  # too loud for 16 bits, and cut there
    paths = [tmp_path / "kept" / f"{i}.flac" for i in range(2)]
    keep_excerpts(paths, heard.excerpts)
    np.testing.assert_array_equal(hear_kept(paths), heard.features)
    again = hear_song(paths[1])
    assert isinstance(again, Heard)
    np.testing.assert_array_equal(again.features[0], heard.features[1, :85])
    assert sorted(path.name for path in (tmp_path / "kept").iterdir()) == [p.name for p in paths]


def test_a_short_song_is_its_own_excerpt(tmp_path: Path) -> None:
    heard = sound(write_song(tmp_path / "a.flac", tune(0, 12.0), rate=SAMPLE_RATE), excerpts=4)
    assert heard.starts == (0.0,)
    assert len(heard.excerpts[0]) == 12 * SAMPLE_RATE


def test_a_header_that_lies_is_not_believed(tmp_path: Path) -> None:
    whole = write_song(tmp_path / "a.wav", tune(0, 100.0), rate=SAMPLE_RATE).read_bytes()
    cut = tmp_path / "cut.wav"
    cut.write_bytes(whole[: 44 + 60 * SAMPLE_RATE * 2])
    heard = sound(cut)
    assert heard.starts == pytest.approx((15.0,), abs=0.1)
    assert heard.seconds == pytest.approx(60.0, abs=0.1)
    assert "cut off" in heard.warnings[0]
    assert len(heard.excerpts[0]) == 30 * SAMPLE_RATE


def test_a_file_without_a_length(tmp_path: Path) -> None:
    path = write_song(tmp_path / "a.aac", tune(0, 50.0, rate=44_100))
    heard = sound(path)
    assert heard.starts == pytest.approx((10.0,), abs=0.2)
    assert len(heard.excerpts[0]) == 30 * SAMPLE_RATE


def test_the_fingerprint_is_of_the_middle(tmp_path: Path) -> None:
    song = tune(0, 200.0)
    heard = sound(write_song(tmp_path / "a.flac", song, rate=SAMPLE_RATE))
    span = int(heard.fingerprint.times.max()) * 512 / SAMPLE_RATE
    assert span == pytest.approx(REMEMBERED_SECONDS, abs=3)
    # A copy with half a minute before it is known again.
    longer = np.concatenate([tune(1, 30.0), song])
    other = sound(write_song(tmp_path / "b.flac", longer, rate=SAMPLE_RATE))
    assert likeness(heard.fingerprint, other.fingerprint) > 2 * SAME
    assert likeness(fingerprint(song[: 30 * SAMPLE_RATE]), heard.fingerprint) == 0.0


def test_what_gives_nothing(tmp_path: Path) -> None:
    def reason(path: Path, shortest: float = 3.0) -> str:
        heard = hear_excerpts(Task(path, 1, shortest))
        assert isinstance(heard, Unheard)
        return heard.reason

    song = write_song(tmp_path / "a.flac", tune(0, 12.0), rate=SAMPLE_RATE)
    assert reason(song, 30.0) == "It lasts 12.0 s, and a song of the set 30 s or longer."
    assert reason(tmp_path / "none.m4a")
    (tmp_path / "text.m4a").write_text("no sound")
    assert reason(tmp_path / "text.m4a")
    hollow = np.concatenate([tune(0, 40.0), np.zeros(40 * SAMPLE_RATE), tune(1, 40.0)])
    hollow_path = write_song(tmp_path / "b.flac", hollow.astype(np.float32), rate=SAMPLE_RATE)
    assert reason(hollow_path) == "Its middle is silent: listen to it."
    # Of several excerpts the silent one is left out.
    assert sound(hollow_path, excerpts=3).starts == (5.0, 85.0)
    assert len(read_audio(song)) == 12 * SAMPLE_RATE
