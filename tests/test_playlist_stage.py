"""Playlists in the first stage, as a person runs it: the real yt-dlp, no ffmpeg, no internet."""

from __future__ import annotations

import csv
import os
import re
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from lib.audio import open_audio
from lib.dataset import read_dataset
from tests.collecting.songs import LINK, add_playlist, encoded, tune
from tests.youtube import videos
from tests.youtube.fake_youtube import FakeYouTube

OPTIONS = ("--genre", "blues", "--shortest", "3", "--no-plots", "--pause", "0")


@pytest.fixture
def fake() -> Iterator[FakeYouTube]:
    with FakeYouTube() as fake:
        yield fake
        assert fake.refused == []


@pytest.fixture
def home(fake: FakeYouTube, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Lead this process and those that it starts to the stand-in; leave no program on the path."""
    for name, value in fake.environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))
    return tmp_path


@pytest.fixture
def stage(root: Path, home: Path) -> Callable[..., int]:
    """Return the stage's `main`, with a link and options that need little time."""
    main = runpy.run_path(str(root / "00_preprocess.py"))["main"]

    def run(*argv: str | Path, link: str = LINK) -> int:
        status: int = main(["--playlist", link, *OPTIONS, *map(str, argv)])
        return status

    return run


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def tracks(folder: Path) -> list[str]:
    return [row["track"][-6:] for row in rows(folder / "tracks.csv")]


def test_a_playlist_as_a_person_adds_it(fake: FakeYouTube, home: Path, root: Path) -> None:
    bad = {1: {"listed_as": "private"}, 3: {"audio": {140: b"no sound" * 100}}}
    add_playlist(fake, 5, bad=bad)
    target = home / "my set"
    command = [sys.executable, str(root / "00_preprocess.py"), "--playlist", LINK, *OPTIONS]
    command += ["--data", str(target), "--workers", "2"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=home)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # no bar in a pipe
    lines = done.stdout.splitlines()
    assert lines[0] == "1/5  added      Band 0 – Song 0"
    assert lines[1] == "2/5  skipped    [Private video]  (This video is private.)"
    assert re.fullmatch(r"4/5  failed     Band 3 – Song 3  \(.+\.\)", lines[3])
    assert [line.split() for line in lines[5:8]] == [
        ["genre", "songs", "windows", "minutes", "failed"],
        ["blues", "3", "3", "0.2", "2"],
        ["all", "3", "3", "0.2", "2"],
    ]
    assert "3 songs heard now, 0 known from before." in done.stdout
    assert "2 videos gave nothing: failed.csv says why." in done.stdout
    assert f"Tables: {target}" in lines[-2:]  # then activations, where there is a backbone
    assert tracks(target) == ["000000", "000002", "000004"]
    assert read_dataset(target).X.shape == (3, 85)


def test_where_the_set_lies(fake: FakeYouTube, stage: Callable[..., int], home: Path) -> None:
    add_playlist(fake, 2, bad={})
    assert stage("--data", home / "data", "--name", "mine", "--limit", "1") == 0
    assert tracks(home / "data" / "mine") == ["000000"]
    assert stage("--data", home / "data" / "mine") == 0
    assert tracks(home / "data" / "mine") == ["000000", "000001"]
    with pytest.raises(SystemExit) as left:
        stage("--data", home / "data")
    assert left.value.code == 2


def test_one_video_with_excerpts_and_without_audio(
    fake: FakeYouTube, stage: Callable[..., int], home: Path
) -> None:
    fake.add("a" * 11, title="Long", seconds=70, audio={251: encoded(tune(1, 70.0), 251)})
    link = "https://youtu.be/aaaaaaaaaaa?t=5"
    assert stage("--data", home / "a", "--excerpts", "5", link=link) == 0
    (row,) = rows(home / "a" / "tracks.csv")
    assert (row["seconds"], row["playlist"]) == ("60", "")
    starts = [float(start) for start in row["excerpt_starts"].split()]
    assert starts == pytest.approx([2.5, 37.5], abs=0.02)
    assert read_dataset(home / "a").X.shape == (2, 85)
    kept = home / "a" / "audio" / "youtube"
    names = sorted(path.name for path in kept.iterdir())
    assert names == ["aaaaaaaaaaa.2.flac", "aaaaaaaaaaa.flac"]
    with open_audio(kept / "aaaaaaaaaaa.flac") as excerpt:
        assert (excerpt.info.rate, excerpt.info.channels) == (22_050, 1)
        assert sum(map(len, excerpt.blocks())) == 30 * 22_050
    assert stage("--data", home / "b", "--no-audio", link=link) == 0
    assert rows(home / "b" / "tracks.csv")[0]["audio"] == ""
    assert not (home / "b" / "audio").exists()


def test_a_bot_check_stops_the_run_and_keeps_everything(
    fake: FakeYouTube, stage: Callable[..., int], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    add_playlist(fake, 5, bad={2: {"playability": videos.BOT_CHECK}})
    assert stage("--data", home / "set") == 1
    said = capsys.readouterr()
    assert "Stopped after 2 of 5; the same command goes on from there." in said.out
    assert "YouTube wants to be sure that you are no robot. Wait an hour, or try" in said.err
    assert "--cookies-from-browser firefox" in said.err
    assert "Traceback" not in said.err
    assert tracks(home / "set") == ["000000", "000001"]
    assert rows(home / "set" / "failed.csv") == []
    assert not fake.about("/watch")[-1].endswith("3")  # the next song was left in peace
    fake.videos["song-000002"].playability = videos.OK
    assert stage("--data", home / "set") == 0
    assert tracks(home / "set") == [f"{n:06}" for n in range(5)]
    assert "3 songs heard now, 2 known from before." in capsys.readouterr().out


@pytest.mark.skipif(os.name != "posix", reason="no such signals")
def test_interrupted_it_ends_at_once_and_goes_on_later(
    fake: FakeYouTube, stage: Callable[..., int], home: Path, root: Path
) -> None:
    slow = {"audio": {140: encoded(tune(2, 30.0))}, "seconds": 30, "bytes_per_second": 30_000}
    add_playlist(fake, 4, bad={2: slow})
    target = home / "set"
    command = [sys.executable, str(root / "00_preprocess.py"), "--playlist", LINK, *OPTIONS]
    process = subprocess.Popen(
        [*command, "--data", str(target)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,  # Ctrl+C reaches all of its processes, as in a terminal
    )
    deadline = time.monotonic() + 30
    while not fake.ranges("song-000002"):
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.01)
    start = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - start < 15.0
    assert process.returncode == 130
    assert said == "Earmark: stopped; what was finished is kept.\n"
    assert set(tracks(target)) <= {"000000", "000001"}
    fake.videos["song-000002"].bytes_per_second = 0
    assert stage("--data", target) == 0
    assert tracks(target) == [f"{n:06}" for n in range(4)]


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        (["--playlist", LINK], "--playlist needs the genre of its songs: --genre NAME"),
        (["songs", "--genre", "blues"], "--genre goes with --playlist"),
        (["songs", "--limit", "3"], "--limit goes with --playlist"),
        (["songs", "--playlist", LINK], "not allowed with argument"),
        (["--playlist", LINK, "--genre", "a/b"], "The genre 'a/b' holds a character"),
        (["--playlist", LINK, "--genre", ""], "The genre has no name"),
        (["--playlist", LINK, "--genre", "a", "--workers", "3"], "workers is 3; it must be 1 to 2"),
        (["--playlist", LINK, "--genre", "a", "--excerpts", "99"], "it must be 1 to 20"),
        (["--playlist", LINK, "--genre", "a", "--name", ".."], "can't be a data set's name"),
    ],
)
def test_a_wrong_call(
    root: Path, argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(root / "00_preprocess.py"))["main"](argv)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_a_link_that_leads_nowhere_leaves_nothing(
    stage: Callable[..., int], home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    link = "https://www.youtube.com/playlist?list=PLnone"
    assert stage("--data", home / "set", link=link) == 1
    assert "there is no such playlist" in capsys.readouterr().err
    assert not (home / "set").exists()


@pytest.mark.parametrize(
    ("link", "words"),
    [
        ("delta blues", "'delta blues' is no link of a playlist or a video"),
        ("https://vimeo.com/1", "vimeo.com is not YouTube"),
        ("http://127.0.0.1/playlist?list=PLx", "on this machine or a private network"),
    ],
)
def test_what_is_no_link_is_a_wrong_call(
    stage: Callable[..., int],
    home: Path,
    link: str,
    words: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    with pytest.raises(SystemExit, match="2"):
        stage("--data", home / "set", link=link)
    assert words in capsys.readouterr().err


def test_help_tells_of_playlists(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        runpy.run_path(str(root / "00_preprocess.py"))["main"](["--help"])
    said = capsys.readouterr().out
    assert "--playlist LINK --genre ska --data data/gtzan --limit 100" in said
    assert "(default: 7.5)" in said
    assert "(default: 20)" in said
