"""03_classify.py, run as a script."""

from __future__ import annotations

import json
import runpy
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from lib.collecting import corrected_track, correction_of
from lib.dataset import read_dataset
from lib.dataset.tables import read_tracks
from lib.model import save_model
from tests.models import small_model, with_songs
from tests.sound import music, write_song


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("classify")
    save_model(small_model(), folder / "model")
    write_song(folder / "songs" / "a tune.mp3", music(5, rate=44_100))
    write_song(folder / "songs" / "b.ogg", music(5, rate=44_100, pitch=330))
    (folder / "songs" / "lyrics.mp3").write_text("no sound in here\n" * 50)
    return folder


def classify(root: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, root / "03_classify.py", *arguments],
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_line_of_json_for_every_song_and_for_every_failure(root: Path, folder: Path) -> None:
    options = ("--workers", "1", "--json", "--model", folder / "model")
    done = classify(root, *options, folder / "songs", "gone.wav")
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.returncode == 1
    by_name = {Path(line["source"]).name: line for line in lines}
    assert list(by_name) == ["a tune.mp3", "b.ogg", "lyrics.mp3", "gone.wav"]
    assert ["error" in line for line in by_name.values()] == [False, False, True, True]
    assert lines[0]["genre"] in {"classical", "metal", "rock"}
    assert "gone.wav" in lines[3]["error"]
    options = ("--workers", "2", "--quick", "--json", "--model", folder / "model")
    again = classify(root, *options, folder / "songs", "gone.wav")
    assert again.returncode == 1
    heard = [json.loads(line) for line in again.stdout.splitlines()]
    assert {Path(line["source"]).name: line for line in heard} == by_name


def test_text_for_a_person_and_errors_beside_it(root: Path, folder: Path) -> None:
    done = classify(root, "--model", folder / "model", folder / "songs")
    assert done.returncode == 1
    assert "a tune (0:05)" in done.stdout
    assert done.stdout.count("then ") == 2
    assert "lyrics.mp3" in done.stderr
    assert "Traceback" not in done.stderr


def test_why_is_said_of_every_song_by_several_processes_too(root: Path, folder: Path) -> None:
    learned = with_songs(small_model(), np.abs(np.random.default_rng(0).normal(20, 5, (12, 85))))
    save_model(learned, folder / "knowing")
    options = ("--why", "--json", "--model", folder / "knowing")
    done = [classify(root, *options, "--workers", n, folder / "songs") for n in ("1", "2")]
    told = [
        {line["source"]: line["why"] for line in map(json.loads, each.stdout.splitlines())
         if "why" in line}
        for each in done
    ]  # fmt: skip
    assert len(told[0]) == 2
    assert told[0] == told[1]
    why = next(iter(told[0].values()))
    assert list(why["pulls"]["rock"]) == ["base", "timbre", "harmony", "tempo"]
    assert len(why["nearest"]) == 3
    text = classify(root, "--why", "--model", folder / "knowing", folder / "songs" / "b.ogg")
    assert "Why " in text.stdout
    assert "The nearest songs it learned from" in text.stdout
    older = classify(root, "--why", "--model", folder / "model", folder / "songs" / "b.ogg")
    assert "does not carry the songs it learned from" in older.stdout
    assert older.returncode == 0


def test_songs_are_corrected_from_the_console(
    root: Path,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Run within this process, for corrections lie in the checkout, where no test may write."""
    monkeypatch.setattr("lib.console.correcting.data_folder", lambda: tmp_path)
    stage = runpy.run_path(str(root / "03_classify.py"))["main"]
    song = folder / "songs" / "b.ogg"
    options = ["--quiet", "--model", str(folder / "model")]
    assert stage([*options, "--correct", "Hard Bop", str(song)]) == 0
    assert "Hard Bop is a genre that the model does not know.\n" in capsys.readouterr().err
    kept = tmp_path / "corrections"
    assert correction_of(kept, corrected_track(str(song))) == "Hard Bop"
    assert read_dataset(kept).X.shape == (1, 85)
    assert stage([*options, "--correct", "hard-bop", str(song)]) == 1  # nearly one that there is
    heard = read_tracks(kept / "tracks.csv")[1][corrected_track(str(song))]["heard_as"]
    assert stage([*options, "--correct", heard, str(song)]) == 0
    assert correction_of(kept, corrected_track(str(song))) == ""
    told = f" is no longer kept as Hard Bop: {heard} is what was heard.\n"
    assert capsys.readouterr().err.endswith(told)
    assert stage([*options, "--correct", heard, str(song)]) == 0
    assert capsys.readouterr().err.endswith(f" was heard as {heard}: nothing to correct.\n")


def test_all_heard_is_zero(root: Path, folder: Path) -> None:
    done = classify(root, "--model", folder / "model", folder / "songs" / "b.ogg")
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("arguments", [[], ["--genre", "rock"]])
def test_a_wrong_call_is_two(root: Path, arguments: list[str]) -> None:
    done = classify(root, *arguments)
    assert (done.returncode, done.stdout) == (2, "")
    told, more = done.stderr.splitlines()
    assert told.startswith("Earmark: ")
    assert more == "See 03_classify.py --help."


@pytest.mark.parametrize("options", [(), ("--keep",)])
def test_no_model_is_a_sentence(root: Path, folder: Path, options: tuple[str, ...]) -> None:
    done = classify(root, *options, "--model", folder / "nothing", folder / "songs" / "b.ogg")
    assert done.returncode == 2
    assert f"Earmark: --model: {folder / 'nothing'}" in done.stderr
    assert "there is no model" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_name_that_is_no_text_passes_through(root: Path, folder: Path, tmp_path: Path) -> None:
    song = tmp_path / "a\udcff.ogg"
    song.write_bytes((folder / "songs" / "b.ogg").read_bytes())
    done = classify(root, "--model", folder / "model", "--json", song)
    assert done.returncode == 0
    assert json.loads(done.stdout)["source"] == str(song)


class TestReports:
    def test_one_page_for_one_song(self, root: Path, folder: Path, tmp_path: Path) -> None:
        page = tmp_path / "tune.html"
        song = folder / "songs" / "b.ogg"
        done = classify(root, "--model", folder / "model", "--report", page, song)
        assert (done.returncode, done.stderr) == (0, "")
        assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
        assert done.stdout.endswith(f"\n1 report written to {page}\n")

    def test_one_page_for_several_songs_is_refused_before_any_is_heard(
        self, root: Path, folder: Path, tmp_path: Path
    ) -> None:
        options = ("--model", folder / "model", "--report", tmp_path / "all.html")
        done = classify(root, *options, folder / "songs")
        assert (done.returncode, done.stdout) == (2, "")
        assert "one page tells of one song, and these are several" in done.stderr
        assert "Traceback" not in done.stderr

    def test_a_report_that_cant_be_written_is_told(
        self, root: Path, folder: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "file").write_text("")
        options = ("--model", folder / "model", "--report", tmp_path / "file")
        done = classify(root, *options, folder / "songs" / "b.ogg")
        assert done.returncode == 1
        assert "b (0:05)" in done.stdout
        assert "the report can't be written" in done.stderr
