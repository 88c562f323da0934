"""The first stage as a person runs it: songs in, tables, pictures and a summary out."""

from __future__ import annotations

import hashlib
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lib.dataset import ARCHIVES, Archive, read_dataset
from tests.dataset.shop import Shop, open_shop
from tests.sound import music, write_song


@pytest.fixture(scope="module")
def songs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with two genres of two short songs, and one that is none."""
    folder = tmp_path_factory.mktemp("library") / "my songs"
    for g, genre in enumerate(("blues", "jazz")):
        for i in range(2):
            song = music(3.5, pitch=110 * (g + 1), bpm=90 + 20 * i, seed=10 * g + i)
            write_song(folder / genre / f"{genre}.{i:05d}.flac", song, rate=22_050)
    (folder / "jazz" / "jazz.00054.mp3").write_text("no sound")
    return folder


def stage(root: Path, *argv: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(root / "00_preprocess.py"), *map(str, argv)]
    return subprocess.run(command, capture_output=True, text=True, cwd=root.parent, check=False)


def test_from_songs_to_tables_and_pictures(root: Path, songs: Path, tmp_path: Path) -> None:
    done = stage(root, songs, "--data", tmp_path, "--workers", "2")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""  # no bar in a pipe
    lines = [line.split() for line in done.stdout.splitlines()]
    assert done.stdout.splitlines()[0] == "Found 5 songs of 2 genres: jazz (3), blues (2)"
    assert lines[1:5] == [
        ["genre", "songs", "windows", "minutes", "failed"],
        ["blues", "2", "2", "0.1", "0"],
        ["jazz", "2", "2", "0.1", "1"],
        ["all", "4", "4", "0.2", "1"],
    ]
    assert "4 songs heard now, 0 known from before." in done.stdout
    folder = tmp_path / "my songs"
    assert f"Tables: {folder}" in done.stdout
    assert list(read_dataset(folder).track) == [
        "blues.00000",
        "blues.00001",
        "jazz.00000",
        "jazz.00001",
    ]
    pictures = sorted(path.name for path in (folder / "plots").iterdir())
    assert pictures == ["harmony.png", "song_gallery.png", "tempo_by_genre.png", "timbre.png"]
    assert all((folder / "plots" / name).read_bytes()[:4] == b"\x89PNG" for name in pictures)


def test_a_second_run_hears_nothing(
    root: Path, songs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(root / "00_preprocess.py"))["main"]
    argv = [str(songs), "--data", str(tmp_path), "--name", "again", "--no-plots"]
    assert main(argv) == 0
    assert "4 songs heard now, 0 known from before." in capsys.readouterr().out
    assert main(argv) == 0
    assert "0 songs heard now, 4 known from before." in capsys.readouterr().out
    assert not (tmp_path / "again" / "plots").exists()
    assert main([*argv, "--json", "--quiet"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert (told["heard"], told["kept"], told["folder"]) == (0, 4, str(tmp_path / "again"))
    assert sum(genre["songs"] for genre in told["genres"]) == 4


def test_folders_of_artists_are_told_of_before_they_are_heard(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for number in range(8):
        song = music(3.5, pitch=100 + 30 * number, seed=number)
        write_song(tmp_path / "albums" / f"Artist {number}" / "song.wav", song, rate=22_050)
    main = runpy.run_path(str(root / "00_preprocess.py"))["main"]
    argv = [str(tmp_path / "albums"), "--data", str(tmp_path), "--no-plots", "--no-backbone"]
    assert main([*argv, "--workers", "2"]) == 0
    told = capsys.readouterr()
    assert told.out.startswith("Found 8 songs of 8 genres: Artist 0 (1), ")
    assert told.err.startswith("Earmark: These 8 folders look like artists or albums rather than")
    assert "8 songs heard now" in told.out
    assert "These 8 folders look like artists" in told.out  # once more at the end of a long night
    assert main([*argv, "--quiet", "--json"]) == 0
    told = capsys.readouterr()
    assert json.loads(told.out)["notes"][0].startswith("These 8 folders look like artists")
    assert told.err.startswith("Earmark: These 8 folders look like artists")


def test_another_folder_under_the_same_name(
    root: Path, songs: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(root / "00_preprocess.py"))["main"]
    shutil.copytree(songs, tmp_path / "other" / "my songs")
    options = ["--data", str(tmp_path / "data"), "--no-plots"]
    assert main([str(songs), *options]) == 0
    assert main([str(tmp_path / "other" / "my songs"), *options]) == 1
    assert re.search(r"^Earmark: .* was made from .*--name", capsys.readouterr().err)


def test_no_songs(root: Path, tmp_path: Path) -> None:
    done = stage(root, tmp_path, "--data", tmp_path / "data")
    assert done.returncode == 1
    assert done.stderr.startswith(f"Earmark: {tmp_path}: there is no song in it")
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("argv", "message"),
    [
        ([], "one of the arguments DATASET --download --playlist is required"),
        (["songs", "--download", "gtzan"], "not allowed with argument"),
        (["--download", "msd"], "invalid choice"),
        (["songs", "--workers", "0"], "'0' is no whole number from 1 on"),
        (["songs", "--workers", "many"], "'many' is no whole number"),
        (["songs", "--name", "a/b"], "'a/b' can't be a data set's name"),
        (["songs", "--name", ".."], "choose one by --name"),
        (["--playlist", "x", "--genre", "a", "--scheduler", "tcp://a:1"], "--scheduler goes with"),
        (["--playlist", "delta blues", "--genre", "a"], "'delta blues' is no link"),
        (["--playlist", "https://youtu.be/a", "--genre", "a"], "youtu.be/a"),
        (["downloads"], "'downloads' can't be a data set's name"),
    ],
)
def test_a_wrong_call(
    root: Path, argv: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main = runpy.run_path(str(root / "00_preprocess.py"))["main"]
    with pytest.raises(SystemExit) as left:
        main(argv)
    assert left.value.code == 2
    assert message in capsys.readouterr().err


def test_help_has_examples(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        runpy.run_path(str(root / "00_preprocess.py"))["main"](["--help"])
    assert left.value.code == 0
    assert "python 00_preprocess.py --download gtzan" in capsys.readouterr().out


def test_download(
    root: Path,
    songs: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    shutil.copytree(songs, tmp_path / "packing" / "genres")
    packed = shutil.make_archive(str(tmp_path / "genres"), "gztar", tmp_path / "packing", "genres")
    with open_shop(Shop(Path(packed).read_bytes(), cuts=[1_000])) as shop:
        checksum = hashlib.md5(shop.content, usedforsecurity=False).hexdigest()
        here = Archive("genres.tar.gz", (shop.url,), "md5", checksum, 1, 1, "genres")
        monkeypatch.setitem(ARCHIVES, "gtzan", (here,))
        main = runpy.run_path(str(root / "00_preprocess.py"))["main"]
        assert main(["--download", "gtzan", "--data", str(tmp_path / "data"), "--no-plots"]) == 0
    assert "4 songs heard now" in capsys.readouterr().out
    assert len(read_dataset(tmp_path / "data" / "gtzan").tracks) == 4
    assert (tmp_path / "data" / "downloads" / "gtzan" / "genres" / "jazz").is_dir()


def alive(group: int) -> list[str]:
    """Return the command lines of the processes of a group that have not ended."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            state, _, its_group = (process / "stat").read_text().rpartition(") ")[2].split()[:3]
            if int(its_group) == group and state != "Z":
                found.append((process / "cmdline").read_text())
        except OSError:  # it ended meanwhile
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="no list of processes")
def test_interrupted_it_ends_at_once_and_goes_on_later(root: Path, tmp_path: Path) -> None:
    song = write_song(tmp_path / "songs" / "blues" / "0.wav", music(3.5), rate=22_050)
    long = write_song(tmp_path / "songs" / "jazz" / "long.wav", music(600), rate=22_050)
    for i in range(1, 6):
        (song.parent / f"{i}.wav").hardlink_to(song)
        (long.parent / f"{i}.wav").hardlink_to(long)
    keep = ["--data", str(tmp_path / "data")]
    options = [*keep, "--workers", "2", "--no-plots", "--no-backbone"]
    command = [sys.executable, str(root / "00_preprocess.py"), str(tmp_path / "songs"), *options]
    # A group of its own, so that Ctrl+C reaches all of its processes, as in a terminal.
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    store = tmp_path / "data" / "songs" / "heard.sqlite"
    log = store.with_name(f"{store.name}-wal")  # where songs are kept first
    changes: set[int] = set()
    while len(changes) < 4:  # the first is the empty store; each further one keeps a song
        assert process.poll() is None
        if log.exists():
            changes.add(log.stat().st_mtime_ns)
        time.sleep(0.002)
    assert len(alive(process.pid)) >= 3
    start = time.monotonic()
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert time.monotonic() - start < 15.0
    assert process.returncode == 130
    assert said == "Earmark: stopped; what was finished is kept.\n"
    while alive(process.pid):
        assert time.monotonic() - start < 15.0
        time.sleep(0.05)
    tracks = read_dataset(tmp_path / "data" / "songs").tracks
    assert 0 < len(tracks) < 12
    there = int((tracks["genre"] == "blues").sum())  # all that were kept, on most machines
    shutil.rmtree(long.parent)
    done = stage(root, tmp_path / "songs", *options)
    assert done.returncode == 0
    known = re.search(r"(\d) songs? heard now, (\d) known from before", done.stdout)
    assert known is not None
    assert (int(known[1]) + int(known[2]), int(known[2])) == (6, there)
