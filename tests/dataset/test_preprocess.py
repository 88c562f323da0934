"""Preprocessing: the same tables by any number of processes and runs, and nothing heard twice."""

from __future__ import annotations

import csv
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.dataset import preprocess, read_dataset
from lib.dataset.store import STORE
from lib.errors import Cancelled, DatasetError
from lib.features import EXTRA_NAMES, FEATURE_NAMES
from tests.dataset import jobs
from tests.dataset.conftest import age, table_bytes


@pytest.fixture(scope="module")
def undisturbed(recorded: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Return the tables of the recorded songs, made by one process in one run."""
    target = tmp_path_factory.mktemp("undisturbed")
    preprocess(recorded, target, workers=1)
    return table_bytes(target)


@pytest.fixture
def heard(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], list[str]]:
    """Return a function that lists the songs that `jobs.hear_noted` heard."""
    notes = tmp_path / "heard.txt"
    notes.touch()
    monkeypatch.setenv("HEARD", str(notes))
    return lambda: notes.read_text(encoding="utf-8").split()


def rows(target: Path, name: str = "tracks.csv") -> list[dict[str, str]]:
    with (target / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def edit(target: Path, change: Callable[[list[dict[str, str]]], None]) -> None:
    """Change tracks.csv as a person does with a spreadsheet."""
    table = rows(target)
    change(table)
    with (target / "tracks.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, table[0].keys())
        writer.writeheader()
        writer.writerows(table)


def test_what_the_tables_hold(
    recorded: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    for name, content in undisturbed.items():
        (tmp_path / name).write_bytes(content)
    table = rows(tmp_path)
    assert [row["track"] for row in table][:4] == [
        f"blues/{n}" for n in ("0.wav", "1.flac", "2.flac", "3.flac")
    ]
    assert table[0] | {"audio": ""} == {
        "track": "blues/0.wav",
        "genre": "blues",
        "artist": "",
        "title": "0",
        "split": "",
        "tempo_true": "",
        "audio": "",
        "seconds": "3.5",
        "warnings": "",
    }
    assert (table[5]["artist"], table[5]["title"]) == ("jazz band", "Song 1")
    assert Path(table[0]["audio"]) == recorded / "blues" / "0.wav"
    assert list(rows(tmp_path, "features.csv")[0]) == ["track", *FEATURE_NAMES]
    assert list(rows(tmp_path, "extra.csv")[0]) == ["track", *EXTRA_NAMES]
    assert undisturbed["failed.csv"] == b"audio,reason\n"
    assert read_dataset(tmp_path).X.shape == (12, 85)
    assert read_dataset(tmp_path).values(EXTRA_NAMES).shape == (12, 6)


def test_two_processes_give_what_one_gives(
    recorded: Path, undisturbed: dict[str, bytes], tmp_path: Path
) -> None:
    steps: list[tuple[str, float | None]] = []
    summary = preprocess(recorded, tmp_path, workers=2, progress=lambda *step: steps.append(step))
    assert table_bytes(tmp_path) == undisturbed
    assert (summary.heard, summary.kept, summary.failed) == (12, 0, 0)
    assert [(g.genre, g.songs, g.windows) for g in summary.genres] == [
        ("blues", 4, 4),
        ("jazz", 4, 4),
        ("metal", 4, 4),
    ]
    fractions = [fraction for step, fraction in steps if step == "Hearing songs"]
    assert fractions == sorted(fractions)
    assert fractions[-1] == 1.0


def test_songs_of_a_store_without_extra_features_are_heard_once_more(
    made: tuple[Path, Path], heard: Callable[[], list[str]]
) -> None:
    songs, target = made
    whole = table_bytes(target)
    connection = sqlite3.connect(target / STORE)
    with connection:
        connection.execute("UPDATE song SET extra = NULL WHERE relative LIKE 'jazz/%'")
    connection.close()
    (target / "extra.csv").unlink()

    def stop(step: str, _fraction: float | None, /) -> None:
        if step == "Hearing songs":
            raise Cancelled

    with pytest.raises(Cancelled):
        preprocess(songs, target, hear=jobs.hear_noted, progress=stop)
    # What is known stays while it is waited for.
    assert (target / "features.csv").read_bytes() == whole["features.csv"]
    assert len(rows(target, "extra.csv")) >= 8
    summary = preprocess(songs, target, hear=jobs.hear_noted)
    assert 0 < summary.heard <= 4
    assert {name.partition("/")[0] for name in heard()} == {"jazz"}
    assert table_bytes(target) == whole


def kill(source: Path, target: Path, root: Path, *, when: Callable[[], bool]) -> None:
    """Run the preprocessing in a process of its own and end it by force at some moment."""
    command = [sys.executable, "-m", "tests.dataset.jobs", str(source), str(target)]
    process = subprocess.Popen(command, cwd=root)
    deadline = time.monotonic() + 30
    while not when():
        assert process.poll() is None
        assert time.monotonic() < deadline
        time.sleep(0.002)
    process.kill()
    process.wait()


def test_killed_again_and_again_it_comes_to_the_same(
    recorded: Path,
    undisturbed: dict[str, bytes],
    tmp_path: Path,
    heard: Callable[[], list[str]],
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SLOWLY", "0.15")
    target = tmp_path / "set"
    kill(recorded, target, root, when=(target / STORE).exists)
    for further in (1, 5):
        end = len(heard()) + further
        kill(recorded, target, root, when=lambda end=end: len(heard()) >= end)
    assert not (target / "tracks.csv").exists()
    before = len(heard())
    summary = preprocess(recorded, target, workers=2, hear=jobs.hear_noted)
    assert table_bytes(target) == undisturbed
    assert 2 <= summary.kept < 12
    assert len(heard()) == before + summary.heard
    # Of each killed run, no more than the two songs that were being heard are heard twice.
    assert len(heard()) <= 12 + 2 * 2 * 2


def test_killed_while_the_tables_are_written(
    made: tuple[Path, Path], heard: Callable[[], list[str]], root: Path
) -> None:
    songs, target = made
    whole = table_bytes(target)
    for name in whole:
        (target / name).unlink()
    kill(songs, target, root, when=(target / "tracks.csv").exists)
    assert (target / "tracks.csv").read_bytes() == whole["tracks.csv"]
    assert preprocess(songs, target, workers=1).heard == 0
    assert table_bytes(target) == whole
    assert heard() == []


def test_one_table_new_and_one_old_is_mended(made: tuple[Path, Path]) -> None:
    songs, target = made
    whole = table_bytes(target)
    older = whole["features.csv"].replace(b"jazz/1.flac", b"jazz/gone")
    (target / "features.csv").write_bytes(older)
    with pytest.raises(DatasetError, match=r"the track 'jazz/gone' is not in .*run 00_preprocess"):
        read_dataset(target)
    preprocess(songs, target, workers=1)
    assert table_bytes(target) == whole


def test_only_what_changed_is_heard_again(
    songs: Path, tmp_path: Path, heard: Callable[[], list[str]]
) -> None:
    target = tmp_path / "set"

    def run() -> list[str]:
        before = len(heard())
        preprocess(songs, target, workers=1, hear=jobs.hear_noted)
        return sorted(heard()[before:])

    assert len(run()) == 12
    before = read_dataset(target)
    assert run() == []
    age(songs / "jazz" / "1.flac")
    (songs / "jazz" / "2.flac").write_bytes((songs / "metal" / "2.flac").read_bytes())
    assert run() == ["jazz/1.flac", "jazz/2.flac"]
    after = read_dataset(target)
    changed = after.track[(after.X != before.X).any(axis=1)]
    assert list(changed) == ["jazz/2.flac"]
    assert after.tracks.at["jazz/2.flac", "artist"] == "metal band"
    (songs / "blues" / "0.wav").unlink()
    (songs / "metal" / "0.wav").rename(songs / "metal" / "new.wav")
    assert run() == ["metal/new.wav"]
    tracks = read_dataset(target).tracks.index
    assert "metal/new.wav" in tracks
    assert not {"blues/0.wav", "metal/0.wav"} & set(tracks)


@pytest.mark.skipif(os.name != "posix", reason="no such signals")
def test_a_deadly_file_costs_itself_alone(songs: Path, tmp_path: Path) -> None:
    (songs / "jazz" / "2.flac").rename(songs / "jazz" / "deadly.flac")
    (songs / "blues" / "text.mp3").write_text("no sound")
    (songs / "stray.wav").touch()
    target = tmp_path / "set"
    summary = preprocess(songs, target, workers=2, hear=jobs.hear_or_die)
    failed = {Path(row["audio"]).name: row["reason"] for row in rows(target, "failed.csv")}
    assert failed.keys() == {"deadly.flac", "text.mp3", "stray.wav"}
    assert "ended its process (signal 11)" in failed["deadly.flac"]
    assert len(read_dataset(target).tracks) == 11
    assert {g.genre: g.failed for g in summary.genres} == {"": 1, "blues": 1, "jazz": 1, "metal": 0}
    assert summary.heard == 11
    assert "3 files gave nothing" in summary.notes[-1]
    # What failed is tried again; what it said of itself is no longer true then.
    assert preprocess(songs, target, workers=1).heard == 1
    assert len(rows(target, "failed.csv")) == 2


def test_what_a_person_changed_stays(made: tuple[Path, Path]) -> None:
    songs, target = made

    def change(table: list[dict[str, str]]) -> None:
        table[0] |= {"genre": "soul", "tempo_true": "97.5", "mood": "calm"}
        table[1] |= {"artist": "", "title": "=Mine", "split": "excluded", "mood": "=1+1"}
        table.reverse()
        for row in table:
            row.setdefault("mood", "")

    edit(target, change)
    age(songs / "blues" / "0.wav")
    (songs / "jazz" / "0.wav").unlink()
    preprocess(songs, target, workers=1)
    tracks = read_dataset(target).tracks
    assert list(tracks.index) == sorted(tracks.index)
    assert len(tracks) == 11
    assert list(tracks.loc["blues/0.wav", ["genre", "tempo_true", "mood"]]) == [
        "soul",
        97.5,
        "calm",
    ]
    cells = ["artist", "title", "split", "mood"]
    assert list(tracks.loc["blues/1.flac", cells]) == ["", "=Mine", "excluded", "=1+1"]
    assert b"'=Mine" in (target / "tracks.csv").read_bytes()
    assert list(tracks.loc["blues/2.flac", cells]) == ["blues band", "Song 2", "", ""]


def test_what_a_person_changed_outlives_the_songs_absence(made: tuple[Path, Path]) -> None:
    songs, target = made
    edit(target, lambda table: table[0].update(artist="Somebody"))
    away = (songs / "blues").rename(songs.parent / "away")
    preprocess(songs, target, workers=1)
    assert "blues/0.wav" not in read_dataset(target).tracks.index
    away.rename(songs / "blues")
    summary = preprocess(songs, target, workers=1)
    assert summary.heard == 0
    assert read_dataset(target).tracks.at["blues/0.wav", "artist"] == "Somebody"
    edit(target, lambda table: table[0].update(artist=""))  # what the file itself says
    preprocess(songs, target, workers=1)
    assert read_dataset(target).tracks.at["blues/0.wav", "artist"] == ""


def test_without_the_store_what_a_person_changed_stays(made: tuple[Path, Path]) -> None:
    songs, target = made
    edit(target, lambda table: table[0].update(genre="soul"))
    (songs / "jazz" / "0.wav").unlink()
    (target / STORE).unlink()
    assert preprocess(songs, target, workers=2).heard == 11
    tracks = read_dataset(target).tracks
    assert tracks.at["blues/0.wav", "genre"] == "soul"
    assert len(tracks) == 11


def test_rows_that_came_by_other_ways_stay(made: tuple[Path, Path]) -> None:
    songs, target = made
    features = (target / "features.csv").read_text().splitlines()
    excerpt = features[1].partition(",")[2]
    with (target / "tracks.csv").open("a") as file:
        file.write("dQw4w9WgXcQ,pop,Rick Astley,Never,,,youtube/dQw4w9WgXcQ.flac,30,\n")
        file.write("9bZkp7q19f0,k-pop,PSY,Gangnam Style,,,,30,\n")
    with (target / "features.csv").open("a") as file:
        file.writelines(f"{t},{excerpt}\n" for t in ("dQw4w9WgXcQ", "9bZkp7q19f0", "9bZkp7q19f0"))
    with (target / "failed.csv").open("a") as file:
        file.write("https://example.org/watch?v=x,private\n")
    before = table_bytes(target)
    (songs / "metal" / "bad.mp3").write_text("no sound")
    summary = preprocess(songs, target, workers=1)
    assert table_bytes(target) | {"failed.csv": b""} == before | {"failed.csv": b""}
    assert [row["reason"] for row in rows(target, "failed.csv")][1:] == ["private"]
    assert {g.genre: (g.songs, g.windows) for g in summary.genres}["k-pop"] == (1, 2)


def test_cancelled_everything_is_kept(songs: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"

    def stop(step: str, fraction: float | None) -> None:
        if step == "Hearing songs" and (fraction or 0) >= 0.3:
            raise Cancelled

    with pytest.raises(Cancelled):
        preprocess(songs, target, workers=2, progress=stop)
    there = len(read_dataset(target).tracks)
    assert 4 <= there < 12
    summary = preprocess(songs, target, workers=2)
    assert (summary.heard, summary.kept) == (12 - there, there)


def test_cancelled_what_a_person_changed_stays(made: tuple[Path, Path]) -> None:
    songs, target = made
    edit(target, lambda table: table[11].update(artist="Somebody"))
    age(songs / "metal" / "3.flac")

    def stop(step: str, fraction: float | None) -> None:
        if step == "Hearing songs":
            raise Cancelled

    with pytest.raises(Cancelled):
        preprocess(songs, target, workers=1, progress=stop)
    assert len(read_dataset(target).tracks) == 11
    preprocess(songs, target, workers=1)
    assert read_dataset(target).tracks.at["metal/3.flac", "artist"] == "Somebody"


def test_a_table_that_a_person_broke_is_told_before_the_work(
    made: tuple[Path, Path], heard: Callable[[], list[str]]
) -> None:
    songs, target = made
    edit(target, lambda table: table[3].update(genre=""))
    before = (target / "tracks.csv").read_bytes()
    with pytest.raises(DatasetError, match=r"line 5 \(track 'blues/3.flac'\): the column genre"):
        preprocess(songs, target, workers=1, hear=jobs.hear_noted)
    assert heard() == []
    assert (target / "tracks.csv").read_bytes() == before


def test_one_genre_is_worth_a_note(songs: Path, tmp_path: Path) -> None:
    for genre in ("blues", "metal"):
        (songs / genre).rename(tmp_path / genre)
    summary = preprocess(songs, tmp_path / "set", workers=1)
    assert "at least two genres" in summary.notes[0]
    assert [genre.genre for genre in summary.genres] == ["jazz"]


def test_no_song_can_be_heard(touch: Callable[..., Path], tmp_path: Path) -> None:
    folder = touch("rock/a.mp3", "jazz/b.wav")
    with pytest.raises(DatasetError, match=r"none of its 2 songs could be heard; .*failed\.csv"):
        preprocess(folder, tmp_path / "set", workers=1)
    assert len(rows(tmp_path / "set", "failed.csv")) == 2


def test_audio_beside_the_tables_is_written_from_there(songs: Path, tmp_path: Path) -> None:
    target = tmp_path / "set"
    inside = songs.rename(songs.parent / "set")
    preprocess(inside, target, workers=2)
    dataset = read_dataset(target)
    assert dataset.tracks.at["jazz/1.flac", "audio"] == "jazz/1.flac"
    assert dataset.audio("jazz/1.flac") == target / "jazz" / "1.flac"


def test_songs_from_elsewhere_stay_beside_songs_in_the_same_folder(
    songs: Path, tmp_path: Path
) -> None:
    target = songs.rename(songs.parent / "set")
    preprocess(target, target, workers=2)
    excerpt = target / "audio" / "youtube" / "dQw4w9WgXcQ.flac"
    excerpt.parent.mkdir(parents=True)
    excerpt.write_bytes((target / "jazz" / "1.flac").read_bytes())
    header, *before = (target / "tracks.csv").read_text().splitlines()
    link = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
    row = f"youtube/dQw4w9WgXcQ,pop,Rick Astley,Never,,,audio/youtube/dQw4w9WgXcQ.flac,30,,{link}"
    rows_now = [f"{header},source", *(f"{line}," for line in before), row]
    (target / "tracks.csv").write_text("\n".join(rows_now) + "\n")
    summary = preprocess(target, target, workers=1)
    assert (target / "tracks.csv").read_text().splitlines() == rows_now
    assert (summary.heard, summary.kept, summary.failed) == (0, 12, 0)


def test_the_shared_clips_give_the_shared_features(gtzan: Path, tmp_path: Path) -> None:
    names = [f"{genre}.{n:05d}" for genre in ("blues", "jazz", "metal") for n in range(100)]
    clips = [p for n in names if (p := gtzan / "audio" / n[:-6] / f"{n}.flac").is_file()][::8]
    for clip in clips:
        place = tmp_path / "songs" / clip.parent.name / clip.name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(clip.read_bytes())
    preprocess(tmp_path / "songs", tmp_path / "set", workers=2)
    ours, given = read_dataset(tmp_path / "set"), read_dataset(gtzan)
    assert list(ours.track) == [clip.stem for clip in clips]
    deviation = (ours.features - given.features.loc[ours.track]).abs() / given.features.std(ddof=0)
    assert np.quantile(deviation, 0.99) < 0.02
