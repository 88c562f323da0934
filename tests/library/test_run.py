"""A library heard by several processes, whatever its files do to them, stopped and gone on with."""

from __future__ import annotations

import fcntl
import multiprocessing
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.errors import Cancelled, ModelError
from lib.library import (
    Crew,
    Judge,
    LibraryError,
    Song,
    Stamp,
    hear_gently,
    hear_library,
    open_store,
    plan,
)  # fmt: skip
from lib.library.hearing import CHANGED, GONE
from lib.model import load_model, save_model
from lib.prediction import hear
from tests.library.conftest import ODD_NAMES
from tests.library.jobs import CHANGES
from tests.models import small_model
from tests.rights import rights_of_a_person
from tests.sound import CODECS, music, write_song

pytestmark = pytest.mark.slow(25)

# A format of each decoder.
DECODERS = (".wav", ".m4a")


def heard(folder: Path, store: Path, crew: Crew) -> dict[str, Song]:
    """Hear what waits in a folder; return what came of it by name."""
    waiting = plan([folder], store, crew.judge).waiting
    return {song.path.name: song for song in hear_library(waiting, store, crew)}


def test_what_is_kept_is_what_is_heard_alone(folder: Path, store: Path, crew: Crew) -> None:
    steps: list[tuple[str, float | None]] = []
    waiting = plan([folder], store, crew.judge).waiting
    assert len(waiting) == len(CODECS)
    songs = {
        song.path: song
        for song in hear_library(waiting, store, crew, progress=lambda *step: steps.append(step))
    }
    model = load_model(crew.judge.folder)
    for path, song in songs.items():
        alone = hear(path, model)
        assert (song.genre, song.confidence) == (alone.genre, alone.confidence)
        assert song.probabilities == alone.probabilities
        assert (song.title, song.artist, song.seconds) == (
            alone.title, alone.artist, alone.seconds,
        )  # fmt: skip
        assert song.stamp == Stamp(path.stat().st_size, path.stat().st_mtime_ns)
    tagged = {path.suffix for path, song in songs.items() if song.tag == "Heavy Metal"}
    assert tagged == {
        ".wav", ".aiff", ".mp3", ".flac", ".ogg", ".opus", ".m4a", ".mp4", ".wma",
    }  # fmt: skip
    assert steps[-1] == (f"Listening ({len(CODECS)}/{len(CODECS)})", 1.0)
    again = plan([folder], store, crew.judge)
    assert again.waiting == ()
    assert {song.path: song for song in again.kept} == songs
    assert len(plan([folder], store, crew.judge, again=True).waiting) == len(CODECS)


@pytest.mark.skipif(os.name != "posix", reason="no such names, no such signals")
def test_whatever_a_file_does_the_others_are_heard(
    folder: Path, formats: Path, store: Path, crew: Crew
) -> None:
    for name in ("deadly", "endless", "vanishing", "growing"):
        shutil.copy(formats / "song.wav", folder / f"{name}.wav")
    (folder / "empty.mp3").touch()
    (folder / "text.ogg").write_text("no sound in here\n" * 99)
    (folder / "cut.flac").write_bytes((formats / "song.flac").read_bytes()[:200])
    os.mkfifo(folder / "pipe.wav")
    (folder / "to nowhere.wav").symlink_to("gone")
    (folder / "song.txt").write_text("no song by its name")
    (folder / "deeper" / "still").mkdir(parents=True)
    os.link(formats / "song.mp3", folder / "deeper" / "still" / "song.MP3")
    songs = heard(folder, store, replace(crew, patience=3.0))
    reasons = {name: song.reason for name, song in songs.items() if song.reason}
    assert reasons.pop("deadly.wav") == ("Hearing it failed (signal 11): the file may be damaged.")
    assert "no end after" in reasons.pop("endless.wav")
    assert reasons.pop("growing.wav") == CHANGED
    assert "no such file" in reasons.pop("vanishing.wav")
    assert "no such file" in reasons.pop("to nowhere.wav")
    assert "empty" in reasons.pop("empty.mp3")
    assert "a device or a pipe" in reasons.pop("pipe.wav")
    assert set(reasons) == {"text.ogg", "cut.flac"}
    assert songs["song.MP3"].genre
    assert len(songs) == len(CODECS) + 10
    assert not multiprocessing.active_children()
    (folder / "deadly.wav").rename(folder / "harmless.wav")
    waiting = {path.name for path in plan([folder], store, crew.judge).waiting}
    # What lies in the file is known until it changes; the rest is tried again.
    assert waiting == {"harmless.wav", "growing.wav"}
    shutil.copy(formats / "song.wav", folder / "gone")
    assert folder / "to nowhere.wav" in plan([folder], store, crew.judge).waiting


@pytest.mark.skipif(os.name != "posix", reason="an open file can't be removed")
def test_what_befalls_a_file_while_it_is_read(store: Path, crew: Crew, tmp_path: Path) -> None:
    folder, long = tmp_path / "music", music(31.0, rate=22_050)
    for suffix in DECODERS:
        song = write_song(tmp_path / f"song{suffix}", long, rate=22_050)
        for name in CHANGES:
            folder.mkdir(exist_ok=True)
            shutil.copy(song, folder / f"{name}{suffix}")
    with rights_of_a_person():
        songs = heard(folder, store, crew)
        reasons = {name: song.reason for name, song in songs.items()}
        for suffix in DECODERS:
            # Whoever has a file open may go on reading it.
            assert reasons.pop(f"shut{suffix}") == reasons.pop(f"locked{suffix}") == ""
            assert reasons.pop(f"removed{suffix}") == GONE
        assert set(reasons.values()) == {CHANGED}
        waiting = {path.name for path in plan([folder], store, crew.judge).waiting}
    assert waiting == set(reasons)


@pytest.mark.skipif(os.name != "posix", reason="Windows knows no such permissions")
def test_what_may_not_be_read_is_told_until_it_may(
    formats: Path, folder: Path, store: Path, crew: Crew
) -> None:
    for name in ("secret", "read-only", "held"):
        shutil.copy(formats / "song.ogg", folder / f"{name}.ogg")
    for name in ("no way in", "names alone"):
        shutil.copytree(formats, folder / name)
    (folder / "to shut.ogg").symlink_to(folder / "no way in" / "song.ogg")
    (folder / "secret.ogg").chmod(0)
    (folder / "read-only.ogg").chmod(0o400)
    (folder / "no way in").chmod(0)
    (folder / "names alone").chmod(0o600)
    folder.chmod(0o500)  # nothing is written there, and nothing needs to be
    with rights_of_a_person(), (folder / "held.ogg").open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        waiting = plan([folder], store, crew.judge).waiting
        songs = list(hear_library(waiting, store, crew))
    told = {song.path.relative_to(folder): song.reason for song in songs if song.reason}
    files = {Path("names alone", f"song{suffix}") for suffix in CODECS}
    assert set(told) == {Path("secret.ogg"), Path("to shut.ogg"), Path("no way in"), *files}
    assert all("You are not allowed to read it" in reason for reason in told.values())
    for path in (folder, folder / "no way in", folder / "names alone"):
        path.chmod(0o700)
    (folder / "secret.ogg").chmod(0o600)
    waiting = plan([folder], store, crew.judge).waiting
    assert len(waiting) == 2 + 2 * len(CODECS)
    assert not any(song.reason for song in hear_library(waiting, store, crew))


def test_what_was_wrong_with_a_sound_is_kept(
    formats: Path, store: Path, crew: Crew, tmp_path: Path
) -> None:
    few = tmp_path / "few"
    write_song(few / "cut.wav", music(8.0, rate=22_050), rate=22_050)
    whole = (few / "cut.wav").read_bytes()
    (few / "cut.wav").write_bytes(whole[: len(whole) // 2])
    shutil.copy(formats / "song.flac", few)
    songs = heard(few, store, crew)
    (warning,) = songs["cut.wav"].warnings
    assert warning.startswith("It is cut off or damaged: ")
    assert songs["song.flac"].warnings == ()
    assert {song.path.name: song for song in plan([few], store, crew.judge).kept} == songs
    # As an older version kept them: without.
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("ALTER TABLE song DROP COLUMN warnings")
    connection.execute("PRAGMA user_version = 1")
    connection.close()
    kept = {song.path.name: song for song in plan([few], store, crew.judge).kept}
    assert kept == {name: replace(song, warnings=()) for name, song in songs.items()}
    connection = sqlite3.connect(store, isolation_level=None)
    connection.execute("PRAGMA user_version = 99")
    connection.close()
    with pytest.raises(LibraryError, match="a newer version of Earmark wrote it"):
        plan([few], store, crew.judge)


@pytest.mark.skipif(os.name != "posix", reason="no such names")
def test_odd_names_pass_through(formats: Path, tmp_path: Path, store: Path, crew: Crew) -> None:
    folder = tmp_path / "odd\n\udcfe"
    for name in ODD_NAMES:
        (folder / name).parent.mkdir(exist_ok=True)
        shutil.copy(formats / f"song{Path(name).suffix}", folder / name)
    songs = heard(folder, store, crew)
    assert set(songs) == set(ODD_NAMES)
    assert not any(song.reason for song in songs.values())
    kept = plan([folder], store, crew.judge)
    assert kept.waiting == ()
    assert {song.path for song in kept.kept} == {folder / name for name in ODD_NAMES}


def test_what_changed_is_heard_again_and_another_model_hears_anew(
    folder: Path, store: Path, crew: Crew, tmp_path: Path
) -> None:
    heard(folder, store, crew)
    shutil.copy(folder / "song.wav", folder / "song.aiff")
    os.utime(folder / "song.ogg", ns=(1, 1))
    (folder / "song.mp3").unlink()
    found = plan([folder], store, crew.judge)
    assert {path.name for path in found.waiting} == {"song.aiff", "song.ogg"}
    assert len(found.kept) == len(CODECS) - 3
    other = tmp_path / "other"
    save_model(small_model(seed=1), other)
    anew = plan([folder], store, Judge(other))
    assert (anew.kept, len(anew.former)) == ((), len(CODECS) - 1)
    quick = plan([folder], store, replace(crew.judge, quick=True))
    assert (found.former, quick.kept, quick.former) == ((), (), ())


def test_pausing_begins_nothing_and_cancelling_keeps_what_was_heard(
    folder: Path, store: Path, crew: Crew
) -> None:
    paused: list[bool] = [True]
    steps: list[str] = []
    waiting = plan([folder], store, crew.judge).waiting

    def progress(step: str, _fraction: float | None, /) -> None:
        steps.append(step)
        if len(steps) == 3:
            paused[0] = False
        if step.startswith(("Listening (3/", "Listening (4/")):
            raise Cancelled

    with pytest.raises(Cancelled):
        list(hear_library(waiting, store, crew, paused=lambda: paused[0], progress=progress))
    assert steps[:3] == [f"Listening (0/{len(CODECS)}), paused"] * 3
    assert not multiprocessing.active_children()
    rest = plan([folder], store, crew.judge)
    assert len(rest.kept) in {3, 4}
    assert len(rest.waiting) == len(CODECS) - len(rest.kept)


@pytest.mark.skipif(os.name != "posix", reason="no SIGKILL")
def test_killed_in_the_middle_it_goes_on(
    folder: Path, store: Path, crew: Crew, tmp_path: Path, root: Path
) -> None:
    notes = tmp_path / "heard.txt"
    notes.touch()
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.library.jobs", folder, store, crew.judge.folder],
        env={**os.environ, "HEARD": str(notes)},
        cwd=root,
    )
    until(lambda: len(notes.read_text().split()) >= 5, process)
    process.kill()
    process.wait()
    with open_store(store) as kept:
        before = set(kept.songs(crew.judge.mark))
    assert 3 <= len(before) < len(CODECS)
    waiting = plan([folder], store, crew.judge).waiting
    assert set(waiting).isdisjoint(before)
    songs = {song.path for song in hear_library(waiting, store, crew)}
    assert len(songs | before) == len(songs) + len(before) == len(CODECS)


def until(condition: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 120
    while not condition():
        assert time.monotonic() < end
        assert process.poll() is None
        time.sleep(0.01)


def test_nothing_can_be_heard_without_a_model(folder: Path, store: Path, judge: Judge) -> None:
    with pytest.raises(ModelError):
        plan([folder], store, Judge(folder / "no model"))
    broken = Judge(judge.folder.with_name("broken"))
    shutil.copytree(judge.folder, broken.folder, dirs_exist_ok=True)
    (broken.folder / "weights.npz").write_bytes(b"nothing")
    with pytest.raises(ModelError):
        list(hear_library([folder / "song.wav"], store, Crew(broken, 1)))


@pytest.mark.parametrize("content", [b"no database at all" * 99, b"other"])
def test_a_store_that_is_none(folder: Path, tmp_path: Path, judge: Judge, content: bytes) -> None:
    store = tmp_path / "odd.sqlite"
    if content == b"other":
        connection = sqlite3.connect(store)
        connection.execute("CREATE TABLE mine (number)")
        connection.close()
    else:
        store.write_bytes(content)
    before = store.read_bytes()
    with pytest.raises(LibraryError, match=r"odd\.sqlite"):
        plan([folder], store, judge)
    assert store.read_bytes() == before or content == b"other"
    with pytest.raises(LibraryError, match="can't be opened"):
        plan([folder], folder / "song.wav" / "store.sqlite", judge)


@pytest.mark.skipif(not hasattr(os, "nice"), reason="no such thing")
def test_what_is_heard_gently_leaves_the_cores_to_everything_else(
    folder: Path, store: Path, crew: Crew
) -> None:
    gentle = replace(crew, hear=hear_gently)
    waiting = plan([folder], store, crew.judge).waiting
    priorities = set()
    for song in hear_library(waiting, store, gentle):
        assert not song.reason
        children = multiprocessing.active_children()
        priorities |= {os.getpriority(os.PRIO_PROCESS, child.pid or 0) for child in children}
    assert max(priorities) == min(os.getpriority(os.PRIO_PROCESS, 0) + 10, 19)
