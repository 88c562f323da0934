"""The console's lines “note: …”: what was wrong with a sound, beside its answer, in every mode."""

from __future__ import annotations

import json
import runpy
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.model import save_model
from tests.models import small_model
from tests.sound import music, write_song

Stage = Callable[..., str]
CUT_OFF = "It is cut off or damaged: 4.0 s could be heard of the 8.0 s that its header tells."


@pytest.fixture
def stage(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Stage:
    """Return the stage as a function of its command line, which returns what was printed."""
    monkeypatch.setenv("EARMARK_HOME", str(tmp_path / "home"))
    save_model(small_model(), tmp_path / "model")
    main = runpy.run_path(str(root / "03_classify.py"))["main"]

    def run(*arguments: str | Path) -> str:
        options = ("--workers", "1", "--model", tmp_path / "model", *arguments)
        assert main([str(option) for option in options]) == 0
        told = capsys.readouterr()
        assert told.err == ""
        return told.out

    return run


@pytest.fixture
def songs(tmp_path: Path) -> Path:
    """Return a folder with a whole song, and one that breaks off."""
    folder = tmp_path / "music"
    write_song(folder / "whole.flac", music(5), rate=22_050)
    broken = write_song(folder / "broken.wav", music(8), rate=22_050)
    content = broken.read_bytes()
    broken.write_bytes(content[: len(content) // 2])
    return folder


def noted(lines: list[str]) -> list[tuple[str, str]]:
    """Return each note with the line before the song's own that it belongs to."""
    found, song = [], ""
    for line in lines:
        if line.startswith("  note: "):
            found.append((song, line.removeprefix("  note: ")))
        elif not line.startswith("  "):
            song = line
    return found


def test_of_single_songs_a_note_stands_under_the_answer(stage: Stage, songs: Path) -> None:
    lines = stage(songs).splitlines()
    ((song, note),) = noted(lines)
    assert song.startswith("broken (0:0")
    assert note.startswith(CUT_OFF)
    told = {
        Path(line["source"]).name: line
        for line in map(json.loads, stage("--json", songs).splitlines())
    }
    assert told["whole.flac"]["warnings"] == []
    assert told["broken.wav"]["warnings"] == [note]


def test_of_a_library_a_note_stands_under_the_song_once(stage: Stage, songs: Path) -> None:
    ((song, note),) = noted(stage("--keep", songs).splitlines())
    assert song.endswith(str(songs / "broken.wav"))
    assert note.startswith(CUT_OFF)
    # What is known already is not told again; a program is told all of it.
    assert noted(stage("--keep", songs).splitlines()) == []
    told = [json.loads(line) for line in stage("--keep", "--json", songs).splitlines()]
    assert {Path(line["source"]).name: line["warnings"] for line in told} == {
        "broken.wav": [note], "whole.flac": [],
    }  # fmt: skip


def test_what_else_changes_with_a_tag_is_noted(stage: Stage, tmp_path: Path) -> None:
    path = write_song(
        tmp_path / "music" / "tagged.wav", music(4), rate=22_050, tags={"genre": "Polka"}
    )
    out = stage("--write-tags", "--doubtful", path)
    (line,) = [line for line in out.splitlines() if "→" in line]
    assert line.startswith("Polka ")
    assert line.endswith(f"{path}  (the genre in its LIST INFO stays)")
    told = [
        json.loads(line)
        for line in stage("--write-tags", "--doubtful", "--json", path).splitlines()
    ]
    assert told[-1]["note"] == "the genre in its LIST INFO stays"
