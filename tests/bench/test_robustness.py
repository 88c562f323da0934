"""Changes that do what their names say, figures that count right, a run from end to end."""

from __future__ import annotations

import csv
import json
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import numpy as np
import pytest
import soundfile

from lib.judgement import Rows
from tests.bench.changes import CHANGES
from tests.bench.robustness import AS_IT_IS, compared, main
from tests.sound import music, write_song

RATE = 22_050
GENRES = {"drone": (110.0, 60.0), "reel": (880.0, 180.0)}
SONGS = 3


@pytest.fixture
def song() -> np.ndarray:
    return music(4.0, rate=RATE)


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_is_a_file_as_long_as_the_song(
    name: str, song: np.ndarray, tmp_path: Path
) -> None:
    import av

    path = CHANGES[name](tmp_path / "song", song, RATE)
    with av.open(str(path)) as container:
        stream = container.streams.audio[0]
        assert float(stream.duration * stream.time_base) == pytest.approx(4.0, abs=0.1)


def test_nothing_is_left_above_the_low_pass(song: np.ndarray, tmp_path: Path) -> None:
    y, rate = soundfile.read(CHANGES["nothing above 8 kHz"](tmp_path / "song", song, RATE))
    power = np.abs(np.fft.rfft(y)) ** 2
    above = np.fft.rfftfreq(len(y), 1 / rate) > 8_000
    assert power[above].max() < 1e-6 * power.max()  # what 16 bits leave


def test_what_is_beyond_full_scale_is_clipped(tmp_path: Path) -> None:
    loud = 0.9 * np.sin(np.arange(RATE)).astype(np.float32)
    y, _ = soundfile.read(CHANGES["clipped 6 dB above full scale"](tmp_path / "song", loud, RATE))
    assert np.abs(y).max() == pytest.approx(1.0, abs=1e-3)
    assert np.mean(np.abs(y) > 0.999) > 0.3


def test_a_song_that_is_called_otherwise_is_not_kept() -> None:
    text = {name: np.array(list(name * 3), dtype=object) for name in ("a", "g")}
    tracks = np.array(["1", "2", "3"], dtype=object)
    songs = Rows(tracks, text["g"], text["a"], np.zeros((3, 1)), text["a"])
    called = {AS_IT_IS: {"1": "g", "2": "h", "3": "g"}, "loud": {"1": "g", "2": "g", "3": "h"}}
    found = compared(called, songs)["loud"].to_dict()
    assert (found["songs"], found["kept"]) == (3, 1)
    assert found["before"] == found["after"] == pytest.approx(2 / 3, abs=1e-4)


def test_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")
    tracks = tmp_path / "tracks.csv"
    with tracks.open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["track", "genre", "artist", "split"])
        for genre, (pitch, bpm) in GENRES.items():
            for number in range(SONGS):
                pitched = pitch * 1.02**number
                sound = music(4, pitch=pitched, bpm=bpm + number, rate=44_100, seed=number)
                write_song(tmp_path / "songs" / genre / f"{number}.flac", sound)
                writer.writerow([f"{genre}/{number}", genre, f"{genre} band {number}", ""])
    changes = ["20 dB quieter", "mp3 at 64 kbit/s"]
    lost = tmp_path / "work" / "20-dB-quieter" / "activations.csv"
    options = ["--docs", str(tmp_path), "--work", str(tmp_path / "work"), "--workers", "1"]
    options += ["--tracks", str(tracks), "--recipes", "ear", "--folds", "3"]
    command = [str(tmp_path / "songs"), "--changes", *changes, *options]
    assert main(command) == 0
    lost.unlink()  # as a kill leaves it
    assert main(command) == 0
    written = json.loads((tmp_path / "robustness.json").read_text())
    assert next(iter(written["moved"]["20 dB quieter"])) == "mfcc_mean_01"
    found = written["kept"]
    assert list(found) == ["ear", "ear as shipped"]
    told = capsys.readouterr().out
    for name in changes:
        figures = found["ear"][name]
        assert figures["songs"] == SONGS * len(GENRES)
        assert f"| {name} | {figures['share']:.0%}".replace("%", " %") in told
