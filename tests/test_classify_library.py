"""03_classify.py on a library: kept, gone on with, exported, watched."""

from __future__ import annotations

import csv
import json
import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import mutagen
import pytest

from lib.model import save_model
from lib.places import HOME_VARIABLE
from lib.wording import count
from tests.models import small_model
from tests.rights import rights_of_a_person
from tests.sound import music, write_song

Classify = subprocess.CompletedProcess[str]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("library-stage") / "model"
    save_model(small_model(), folder)
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder of two songs and one that is none."""
    folder = tmp_path / "music"
    for number, genre in enumerate(("metal", "rock")):
        path = folder / "album" / f"{genre}.mp3"
        write_song(path, music(3.5, pitch=200 + 90 * number, rate=44_100), tags={"artist": "B"})
        tagged = mutagen.File(path, easy=True)
        tagged["genre"] = [genre]
        tagged.save()
    (folder / "lyrics\nof mine.mp3").write_text("no sound in here\n" * 50)
    return folder


def command(root: Path, model: Path, *arguments: str | Path) -> list[str | Path]:
    return [sys.executable, root / "03_classify.py", "--model", model, *arguments]


def classify(root: Path, model: Path, *arguments: str | Path) -> Classify:
    return subprocess.run(
        command(root, model, *arguments), capture_output=True, text=True, check=False
    )


def test_heard_once_kept_and_exported(
    root: Path, model: Path, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    done = classify(root, model, "--keep", folder)
    assert done.returncode == 1
    assert "lyrics of mine.mp3: " in done.stderr
    assert "3 songs, 2 of them heard now, 1 set aside\n" in done.stdout
    assert (tmp_path / "home" / "kept" / "library.sqlite").is_file()
    table, array, lists = tmp_path / "out.csv", tmp_path / "out.json", tmp_path / "lists"
    outputs = ("--export", table, "--export", array, "--playlists", lists)
    done = classify(root, model, "--json", *outputs, folder)
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert (done.returncode, done.stderr) == (1, "")
    with table.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = ["metal.mp3", "rock.mp3", "lyrics\nof mine.mp3"]
    assert [Path(row["path"]).name for row in rows] == names
    assert [Path(line["source"]).name for line in lines] == names
    assert json.loads(array.read_text(encoding="utf-8")) == lines
    assert [row["tag"] for row in rows] == ["metal", "rock", ""]
    assert {path.stem for path in lists.iterdir()} == {row["genre"] for row in rows[:2]}
    assert "error" in lines[2]
    strange = sum(row["disagrees"] == "yes" for row in rows)
    text = classify(root, model, "--keep", *outputs, folder).stdout
    assert text.endswith(
        f"\n3 songs written to {table}\n3 songs written to {array}\n"
        f"{count(len(list(lists.iterdir())), 'playlist')} written to {lists}\n"
    )
    assert "3 songs, 0 of them heard now, 1 set aside (1 of them in earlier runs: --export" in text
    assert ("confidently disagrees" in text) == bool(strange)


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no such permissions")
def test_what_may_not_be_read_is_told_each_time_and_a_link_to_nowhere_once(
    root: Path, model: Path, folder: Path, tmp_path: Path
) -> None:
    (folder / "album" / "rock.mp3").chmod(0)
    (folder / "album").chmod(0o500)
    (folder / "no way in").mkdir(mode=0)
    (folder / "nowhere.mp3").symlink_to("gone")
    options = ("--library", tmp_path / "l.sqlite", folder)
    with rights_of_a_person():
        first, second = (classify(root, model, *options) for _ in range(2))
    (folder / "album").chmod(0o700)
    assert (first.returncode, second.returncode) == (1, 1)
    for done in (first, second):
        assert "rock.mp3: You are not allowed to read it." in done.stderr
        assert "no way in: You are not allowed to read it." in done.stderr
    assert "5 songs, 1 of them heard now, 4 set aside" in first.stdout
    assert "5 songs, 0 of them heard now, 4 set aside (2 of them in earlier" in second.stdout
    assert "nowhere.mp3: There is no such file." in first.stderr
    assert "nowhere.mp3" not in second.stderr


@pytest.mark.parametrize("own", [False, True])
def test_written_tags_are_not_heard_anew(
    root: Path,
    model: Path,
    folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    own: bool,
) -> None:
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    library = ("--library", tmp_path / "own.sqlite") if own else ()
    keep = library or ("--keep",)
    heard = tmp_path / "heard.jsonl"
    heard.write_text(classify(root, model, *keep, "--json", folder).stdout, encoding="utf-8")
    for call in (
        ("--heard", heard, "--write-tags", "--doubtful", "--top", "3", "--apply"),
        ("--undo",),
    ):
        run = [sys.executable, root / "03_classify.py", *call, *library]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        told = classify(root, model, *keep, folder).stdout
        assert "3 songs, 0 of them heard now" in told


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--keep", "purple rain prince"), "a library holds files"),
        (("--library", "{folder}/album/rock.mp3", "{folder}"), "Name another file; only if"),
        (("--keep", "{folder}/empty"), "no song is there"),
    ],
)
def test_what_can_not_be_done_is_a_sentence(
    root: Path, model: Path, folder: Path, arguments: tuple[str, ...], told: str
) -> None:
    (folder / "empty").mkdir()
    done = classify(root, model, *(text.format(folder=folder) for text in arguments))
    assert done.returncode == 1
    assert told in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "album" / "rock.mp3").read_bytes()[:3] == b"ID3"


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--why",), "--why goes with single songs"),
        (("--report", "song.html"), "--report goes with single songs"),
        (("--correct", "ska"), "--correct goes with single songs, not with a library: leave it"),
        (("--limit", "3"), "--limit goes with YouTube's songs, and a library holds files: leave"),
        (("--write-tags",), "--write-tags --heard FILE"),
    ],
)
def test_what_does_not_go_with_a_library(
    root: Path, options: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(root / "03_classify.py"))["main"]
    with pytest.raises(SystemExit, match="2"):
        main(["--keep", *options, "music"])
    assert told in " ".join(capsys.readouterr().err.split())


def test_watching_until_it_is_stopped(
    root: Path, model: Path, folder: Path, tmp_path: Path
) -> None:
    table = tmp_path / "out.csv"
    options = ("--json", "--watch", "--workers", "1", "--library", tmp_path / "l.sqlite")
    lists = tmp_path / "lists"
    outputs = ("--export", table, "--playlists", lists)
    with running(command(root, model, *options, *outputs, folder / "album")) as process:
        assert process.stdout is not None
        first = {json.loads(process.stdout.readline())["source"] for _ in range(2)}
        assert first == {str(folder / "album" / name) for name in ("metal.mp3", "rock.mp3")}
        until(table.is_file)
        write_song(folder / "album" / "new" / "late.flac", music(4.0, rate=44_100))
        late = json.loads(process.stdout.readline())
        assert late["source"].endswith("late.flac")
        until(lambda: "late.flac" in table.read_text(encoding="utf-8"))
        (folder / "album" / "metal.mp3").unlink()
        (folder / "album" / "new" / "late.flac").rename(folder / "album" / "later.flac")
        gone = [json.loads(process.stdout.readline()) for _ in range(2)]
        assert {Path(line["source"]).name for line in gone} == {"metal.mp3", "late.flac"}
        assert {line["error"] for line in gone} == {"It is not there any more."}
        assert json.loads(process.stdout.readline())["source"].endswith("later.flac")
        until(lambda: "later.flac" in table.read_text(encoding="utf-8"))
        assert "metal.mp3" not in table.read_text(encoding="utf-8")
        until(lambda: "later.flac" in "".join(path.read_text() for path in lists.iterdir()))
        assert "metal.mp3" not in "".join(path.read_text() for path in lists.iterdir())
        process.send_signal(signal.SIGINT)
        assert process.wait(60) == 130


@contextmanager
def running(arguments: list[str | Path]) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen(
        arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=os.environ
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(condition) -> None:  # noqa: ANN001
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.02)
