"""Genre tags from the console: dry run, writing, undoing, wrong calls."""

from __future__ import annotations

import argparse
import json
import runpy
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lib.console.tagging_options import add_tagging_options, check_tagging_options
from lib.model import save_model
from lib.tagging import read_tags
from tests.models import small_model
from tests.sound import music, write_song

Stage = Callable[..., int]


@pytest.fixture
def stage(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """Return the stage, as a function of its command line, with a journal of its own."""
    monkeypatch.setenv("EARMARK_HOME", str(tmp_path / "home"))
    main = runpy.run_path(str(root / "03_classify.py"))["main"]

    def run(*arguments: str | Path) -> int:
        status = main([str(argument) for argument in arguments])
        assert isinstance(status, int)
        return status

    return run


@pytest.fixture
def songs(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    write_song(folder / "a.mp3", music(4, rate=44_100), tags={"genre": "Polka"})
    write_song(folder / "b.flac", music(4, rate=44_100))
    return folder


def heard(folder: Path, **changes: object) -> Path:
    """Write what ``--json`` would have printed."""
    probabilities = {"rock": 0.7, "jazz": 0.25, "hiphop": 0.05}
    lines = [
        {"source": str(path), "genre": "rock", "confidence": 0.7, "probabilities": probabilities,
         **changes}
        for path in sorted(folder.iterdir())
    ]  # fmt: skip
    file = folder.parent / "heard.jsonl"
    error = {"source": "c.mp3", "error": "It is empty."}
    file.write_text("\n".join(map(json.dumps, [*lines, error])))
    return file


def test_shown_written_listed_and_undone(
    stage: Stage, songs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in songs.iterdir()}
    told = ("--heard", heard(songs), "--write-tags", "--name", "rock=Rock'n'Roll")
    assert stage(*told) == 0
    out = capsys.readouterr().out.splitlines()
    assert out[0] == f"Polka                  → Rock'n'Roll            {songs / 'a.mp3'}"
    assert out[1].startswith("–                      → Rock'n'Roll")
    assert out[-2:] == [
        "2 files would change.", "Nothing is written yet: the same call with --apply writes it.",
    ]  # fmt: skip
    assert {path: path.read_bytes() for path in songs.iterdir()} == before
    assert not (songs.parent / "home" / "journal").exists()
    assert stage(*told, "--apply") == 0
    assert "Undo it: python 03_classify.py --undo 1" in capsys.readouterr().out
    assert read_tags(songs / "b.flac").genres == ("Rock'n'Roll",)
    assert stage(*told, "--apply") == 0
    assert "0 files written; 2 as before (2 already so)." in capsys.readouterr().out
    assert stage("--tag-runs") == 0
    assert capsys.readouterr().out.splitlines()[1].split()[::2] == ["1", "2"]
    assert stage("--undo") == 0
    assert capsys.readouterr().out == "Run 1: 2 files as before.\n"
    assert {path: path.read_bytes() for path in songs.iterdir()} == before
    assert stage("--undo") == 1
    assert "all runs are undone" in capsys.readouterr().err


def test_json_tells_a_program(
    stage: Stage, songs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (songs / "a.mp3").chmod(0o444)
    told = ("--heard", heard(songs), "--write-tags", "--json", "--share", "20%")
    assert stage(*told, "--apply") == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert lines == [
        {"file": str(songs / "a.mp3"), "written": False, "before": ["Polka"], "after": [],
         "error": "It is read-only."},
        {"file": str(songs / "b.flac"), "written": True, "before": [], "after": ["Rock", "Jazz"]},
    ]  # fmt: skip
    assert stage("--tag-runs", "--json") == 0
    (run,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (run["number"], run["changed"], run["undone"]) == (1, 1, 0)
    with (songs / "b.flac").open("ab") as file:
        file.write(b"more")
    assert stage("--undo", "1", "--json") == 1
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert line["restored"] is False
    assert "changed it since" in line["error"]


def test_what_is_heard_is_written(
    stage: Stage, songs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_model(small_model(), tmp_path / "model")
    options = ("--workers", "1", "--model", tmp_path / "model", "--write-tags", "--doubtful")
    assert stage(songs, *options, "--only-empty", "--apply") == 0
    assert "1 as before (1 not empty)." in capsys.readouterr().out
    assert read_tags(songs / "a.mp3").genres == ("Polka",)
    assert read_tags(songs / "b.flac").genre in {"Classical", "Metal", "Rock"}


def test_what_was_corrected_is_written_as_the_person_said(
    stage: Stage,
    songs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    for module in ("correcting", "tagging"):
        monkeypatch.setattr(f"lib.console.{module}.data_folder", lambda: tmp_path)
    save_model(small_model(), tmp_path / "model")
    song = songs / "a.mp3"
    options = ("--model", tmp_path / "model", "--quiet")
    assert stage(song, *options, "--correct", "bluegrass") == 0
    capsys.readouterr()
    assert stage(song, *options, "--write-tags", "--doubtful") == 0
    assert f"Polka                  → Bluegrass              {song}  (as you said)" in (
        capsys.readouterr().out
    )
    assert stage("--heard", heard(songs), "--write-tags", "--apply") == 0
    assert [read_tags(path).genre for path in sorted(songs.iterdir())] == ["Bluegrass", "Rock"]


def test_a_name_of_no_genre_is_refused_before_anything_is_heard(
    stage: Stage, songs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    save_model(small_model(), tmp_path / "model")
    name = ("--write-tags", "--name", "foo=Bar")
    assert stage(songs, "--workers", "1", "--model", tmp_path / "model", *name) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert "called 'foo'; it knows classical, metal, rock" in told.err
    assert stage("--heard", heard(songs), *name) == 2
    assert "called 'foo'; it knows hiphop, jazz, rock" in capsys.readouterr().err


def test_answers_that_are_none_are_named_by_their_line(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "heard.jsonl"
    for strange in (b"[1]", b"# A page", b'{"source": "a"}', b"3"):
        file.write_bytes(b'{"source": "a", "error": "?"}\n' + strange + b"\n")
        assert stage("--heard", file, "--write-tags") == 2
        assert f"{file}, line 2: this is no output of 03_classify.py" in capsys.readouterr().err
    file.write_bytes(b"\xff\xfb\x90")
    assert stage("--heard", file, "--write-tags") == 2
    assert f"{file}: this is no output of 03_classify.py --json" in capsys.readouterr().err


def test_of_a_folder_that_was_watched_what_has_gone_counts_no_more(
    stage: Stage, songs: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = heard(songs)
    gone = {"source": str(songs / "a.mp3"), "error": "It is not there any more."}
    file.write_text(f"{file.read_text()}\n{json.dumps(gone)}")
    assert stage("--heard", file, "--write-tags") == 0
    assert "1 file would change." in capsys.readouterr().out


def test_answers_that_are_not_there_or_cant_be_read(
    stage: Stage, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stage("--heard", tmp_path / "none", "--write-tags") == 2
    told = f"Earmark: {tmp_path / 'none'}: there is no such file; --json prints one.\n"
    assert capsys.readouterr().err == told
    assert stage("--heard", tmp_path, "--write-tags") == 2
    assert "it can't be read (Is a directory)" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--keep", "--write-tags", "songs"], "--heard FILE"),
        (["--export", "heard.txt", "songs"], "ends in .csv or .json"),
    ],
)
def test_a_librarys_answers_are_written_by_what_it_printed(
    arguments: list[str], message: str, stage: Stage, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        stage(*arguments)
    assert message in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "required: SOURCE"),
        (["--apply", "a.mp3"], "--apply goes with --write-tags"),
        (["--top", "0", "a.mp3"], "no whole number"),
        (["--write-tags", "--share", "2", "a.mp3"], "no share"),
        (["--write-tags", "--least-confidence", "120%", "a.mp3"], "no share"),
        (["--write-tags", "--name", "rock", "a.mp3"], "GENRE=NAME"),
        (["--write-tags", "--names", "none.toml", "a.mp3"], "there is no such file"),
        (["--undo", "--write-tags"], "--undo stands alone"),
        (["--undo", "3", "a.mp3"], "--undo stands alone"),
        (["--undo", "--tag-runs"], "--tag-runs stands alone"),
        (["--heard", "a.jsonl", "--write-tags", "a.mp3"], "takes no SOURCE"),
    ],
)
def test_wrong_calls_are_two(
    arguments: Sequence[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("sources", nargs="*")
    add_tagging_options(parser)
    with pytest.raises(SystemExit, match="2"):
        check_tagging_options(parser, parser.parse_args(arguments))
    assert message in capsys.readouterr().err
