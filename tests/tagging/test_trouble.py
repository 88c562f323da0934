"""Files that can't or must not be written are reported, and never stop the others."""

from __future__ import annotations

import errno
import fcntl
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.errors import Cancelled
from lib.tagging import (
    Answer,
    Change,
    Journal,
    Rules,
    TaggingError,
    open_journal,
    plan,
    runs_to_undo,
    undo,
    write,
    writing,
)
from tests.rights import immutable, rights_of_a_person
from tests.tagging.songs import names_in

Song = Callable[..., Path]
Answering = Callable[..., Answer]
ODD = ["a song.mp3", "🎸 夜.mp3", "two\nlines.mp3", "\u202eright to left.mp3", "no \udcff text.mp3",
       "-rf.mp3", "x" * 251 + ".mp3"]  # fmt: skip


def run(journal: Journal, changes: list[Change]) -> list[Change]:
    told: list[Change] = []
    write(changes, journal, tell=told.append)
    return told


def spoil_vanished(path: Path) -> None:
    path.unlink()


def spoil_read_only(path: Path) -> None:
    path.chmod(0o444)


def spoil_folder(path: Path) -> None:
    path.parent.chmod(0o555)


def spoil_secret(path: Path) -> None:
    path.chmod(0)


def spoil_way(path: Path) -> None:
    path.parent.chmod(0o600)


def spoil_hard_link(path: Path) -> None:
    os.link(path, path.with_name("other.mp3"))


def spoil_lie(path: Path) -> None:
    path.write_bytes(b"fLaC" + bytes(1000))


def spoil_text(path: Path) -> None:
    path.write_text("no sound in here\n" * 50)


def spoil_empty(path: Path) -> None:
    path.write_bytes(b"")


def spoil_folder_there(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoil_vanished, "not there"),
        (spoil_read_only, "It is read-only"),
        (spoil_folder, "folder is read-only"),
        (spoil_secret, "can't be read (Permission denied)"),
        (spoil_way, "can't be read (Permission denied)"),
        (spoil_hard_link, "2 names"),
        (spoil_lie, "says .mp3, but by its content it is flac"),
        (spoil_text, "it is something else"),
        (spoil_empty, "something else"),
        (spoil_folder_there, "can't be read"),
    ],
)
@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_it_is_said_and_the_next_file_is_written(
    spoil: Callable[[Path], None],
    reason: str,
    when: str,
    song: Song,
    answer: Answering,
    journal: Journal,
    tmp_path: Path,
) -> None:
    bad, good = song(".mp3"), song(".mp3", "good.mp3").rename(tmp_path / "good.mp3")
    answers = [answer(bad), answer(good)]
    changes = plan(answers, Rules())
    spoil(bad)
    present = bad.read_bytes() if bad.is_file() else None
    with rights_of_a_person():
        if when == "before":
            changes = plan(answers, Rules())
            assert reason in changes[0].trouble
        told = run(journal, changes)
    bad.parent.chmod(0o755)
    assert told[0].trouble
    assert [change.written for change in told] == [False, True]
    assert (bad.read_bytes() if bad.is_file() else None) == present
    assert not [name for name in names_in(bad.parent) if name.startswith(".earmark")]


def test_formats_without_tags_of_ours_are_said(answer: Answering, tmp_path: Path) -> None:
    paths = [tmp_path / name for name in ("a.webm", "b.wma", "c")]
    for path in paths:
        path.write_bytes(bytes(100))
    changes = plan([answer(path) for path in paths], Rules())
    assert all("mp3, m4a, flac, ogg, opus, wav and aiff" in change.trouble for change in changes)


def test_a_file_that_another_program_has_locked(
    song: Song, answer: Answering, journal: Journal
) -> None:
    path = song(".mp3")
    changes = plan([answer(path)], Rules())
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        (told,) = run(journal, changes)
    assert told.trouble == "Another program has locked it."
    assert [change.written for change in run(journal, changes)] == [True]


LOCKING = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    fcntl.lockf(file, fcntl.LOCK_EX)
    print(flush=True)
    sys.stdin.read()
"""


def test_what_another_process_holds(song: Song, answer: Answering, journal: Journal) -> None:
    path, before = song(".flac"), song(".flac").read_bytes()
    changes = plan([answer(path)], Rules())
    command = [sys.executable, "-c", LOCKING, path]
    with (
        path.open("rb") as player,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process,
    ):
        assert process.stdout is not None
        process.stdout.readline()
        (told,) = run(journal, changes)
        assert told.trouble == "Another program has locked it."
        process.communicate()
        # That a program has it open is no hindrance, and none to the program.
        assert [change.written for change in run(journal, changes)] == [True]
        assert player.read() == before


@pytest.mark.parametrize("of", ["file", "folder"])
def test_what_nobody_may_change(of: str, song: Song, answer: Answering, journal: Journal) -> None:
    path, other = song(".mp3"), song(".mp3", "other.mp3")
    run(journal, plan([answer(other)], Rules()))
    before = [path.read_bytes(), other.read_bytes()]
    changes = plan([answer(path)], Rules())
    with immutable(path if of == "file" else path.parent):
        for planned in (changes, plan([answer(path)], Rules())):
            (told,) = run(journal, planned)
            assert "read-only" in told.trouble
    undone: list[Change] = []
    with immutable(other if of == "file" else path.parent):
        undo(journal, 1, tell=undone.append)
    assert "read-only" in undone[0].trouble
    assert [path.read_bytes(), other.read_bytes()] == before
    assert names_in(path.parent) == ["other.mp3", "song.mp3"]


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (spoil_read_only, "It is read-only"),
        (spoil_folder, "folder is read-only"),
        (spoil_secret, "Permission denied"),
        (spoil_way, "Permission denied"),
        (spoil_vanished, "not there"),
    ],
)
def test_what_can_not_be_undone_is_said_and_undone_later(
    spoil: Callable[[Path], None],
    reason: str,
    song: Song,
    answer: Answering,
    journal: Journal,
    tmp_path: Path,
) -> None:
    bad, good = song(".mp3"), song(".mp3", "good.mp3").rename(tmp_path / "good.mp3")
    before = good.read_bytes()
    run(journal, plan([answer(bad), answer(good)], Rules()))
    written = bad.read_bytes()
    spoil(bad)
    told: list[Change] = []
    with rights_of_a_person():
        undo(journal, tell=told.append)
    by_path = {change.path: change for change in told}
    assert reason in by_path[bad].trouble
    assert by_path[good].written
    bad.parent.chmod(0o755)
    if bad.exists():
        bad.chmod(0o644)
    bad.write_bytes(written)
    undo(journal)
    assert bad.read_bytes() == good.read_bytes() == before


@pytest.mark.parametrize("name", ODD)
def test_odd_names(name: str, song: Song, answer: Answering, journal: Journal) -> None:
    path = song(".mp3", name)
    before = path.read_bytes()
    assert [change.written for change in run(journal, plan([answer(path)], Rules()))] == [True]
    undo(journal)
    assert path.read_bytes() == before
    assert names_in(path.parent) == [name]


def test_a_symbolic_link_stays_and_its_file_is_written_once(
    song: Song, answer: Answering, journal: Journal, tmp_path: Path
) -> None:
    path, link = song(".mp3"), tmp_path / "link.mp3"
    link.symlink_to(path)
    (change,) = plan([answer(path), answer(link)], Rules())
    assert change.path == path
    assert [change.written for change in run(journal, [change])] == [True]
    assert link.is_symlink()
    assert names_in(tmp_path / "music") == [path.name]


def test_mode_and_extended_attributes_stay(song: Song, answer: Answering, journal: Journal) -> None:
    path = song(".mp3")
    path.chmod(0o640)
    try:
        os.setxattr(path, "user.mood", b"calm")
    except OSError:
        pytest.skip("this file system keeps no extended attributes")
    if os.geteuid() == 0:
        os.chown(path, 1234, 2345)
    status = path.stat()
    run(journal, plan([answer(path)], Rules()))
    for _ in range(2):
        now = path.stat()
        names = ("st_mode", "st_uid", "st_gid", "st_mtime_ns")
        assert [getattr(now, name) for name in names] == [getattr(status, name) for name in names]
        assert os.getxattr(path, "user.mood") == b"calm"
        if _ == 0:
            undo(journal)


def test_what_somebody_changed_since_is_left(
    song: Song, answer: Answering, journal: Journal
) -> None:
    one, other = song(".mp3", "one.mp3"), song(".flac", "other.flac")
    before = other.read_bytes()
    run(journal, plan([answer(one), answer(other)], Rules()))
    with one.open("ab") as file:
        file.write(b"more")
    changed = one.read_bytes()
    told: list[Change] = []
    undo(journal, tell=told.append)
    by_name = {change.path.name: change for change in told}
    assert "changed it since" in by_name["one.mp3"].trouble
    assert by_name["other.flac"].written
    assert (one.read_bytes(), other.read_bytes()) == (changed, before)
    one.write_bytes(changed[:-4])  # and back: then it can be undone after all
    told.clear()
    undo(journal, tell=told.append)
    assert [change.trouble for change in told] == [""]


def test_a_run_of_which_nothing_can_be_restored_is_passed_over(
    song: Song, answer: Answering, journal: Journal, tmp_path: Path
) -> None:
    folder, one, other = tmp_path / "journal", song(".mp3", "one.mp3"), song(".flac", "other.flac")
    for path in (one, other):
        run(journal, plan([answer(path)], Rules()))
    assert [told.number for told in runs_to_undo(folder)] == [2, 1]
    kept = other.read_bytes()
    other.unlink()
    assert [told.number for told in runs_to_undo(folder)] == [1]
    assert undo(journal) == 1
    assert runs_to_undo(folder) == []
    told: list[Change] = []
    assert undo(journal, tell=told.append) == 2  # which says why
    assert told[0].trouble == "It is not there any more."
    other.write_bytes(kept)  # from a copy, with another date
    assert [told.number for told in runs_to_undo(folder)] == [2]
    assert runs_to_undo(tmp_path / "none") == []


def test_two_runs_are_undone_one_after_the_other(
    song: Song, answer: Answering, journal: Journal
) -> None:
    with pytest.raises(TaggingError, match="nothing to undo: the journal knows of no tag"):
        undo(journal)
    path = song(".mp3")
    states = [path.read_bytes()]
    for genre in ("rock", "jazz"):
        run(journal, plan([answer(path, genre)], Rules()))
        states.append(path.read_bytes())
    told: list[Change] = []
    undo(journal, 1, tell=told.append)
    assert told[0].trouble == "Run 2 has changed it since; undo that one first."
    assert undo(journal) == 2
    assert path.read_bytes() == states[1]
    assert undo(journal) == 1
    assert path.read_bytes() == states[0]
    with pytest.raises(TaggingError, match="nothing left to undo: all runs are undone"):
        undo(journal)
    with pytest.raises(TaggingError, match=r"no run 7; the last ones are: 2, 1"):
        undo(journal, 7)


def test_two_runs_at_once_are_refused(tmp_path: Path, journal: Journal) -> None:
    with pytest.raises(TaggingError, match="Another run"), open_journal(tmp_path / "journal"):
        pass


def test_without_a_journal_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "journal").write_text("a file")
    with pytest.raises(TaggingError, match="can't be kept"), open_journal(tmp_path / "journal"):
        pass
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "tags.sqlite").write_bytes(b"no database" * 500)
    with pytest.raises(TaggingError, match="can't be used"), open_journal(tmp_path / "other"):
        pass


def test_a_stop_comes_between_two_files(song: Song, answer: Answering, journal: Journal) -> None:
    paths = [song(".mp3", f"{number}.mp3") for number in range(3)]
    before = paths[0].read_bytes()
    changes = plan([answer(path) for path in paths], Rules())

    def stop(_step: str, fraction: float | None) -> None:
        if fraction and fraction > 0.5:
            raise Cancelled

    with pytest.raises(Cancelled):
        write(changes, journal, progress=stop)
    assert [path.read_bytes() == before for path in paths] == [False, False, True]
    undo(journal)
    assert all(path.read_bytes() == before for path in paths)
    assert names_in(paths[0].parent) == ["0.mp3", "1.mp3", "2.mp3"]


FULL = """
import resource, sys
from pathlib import Path
from lib.tagging import *
path = Path(sys.argv[1])
changes = plan([Answer(path, "rock", 0.7, {"rock": 0.7})], Rules())
with open_journal() as journal:
    resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
    write(changes, journal, tell=lambda change: print(change.written, change.trouble))
"""


def test_a_full_disk_leaves_the_file_as_it_is(song: Song, root: Path, tmp_path: Path) -> None:
    path = song(".wav")
    before = path.read_bytes()
    done = subprocess.run(
        [sys.executable, "-c", FULL, path], cwd=root, capture_output=True, text=True, check=False,
        env={**os.environ, "EARMARK_HOME": str(tmp_path / "home")},
    )  # fmt: skip
    assert done.stdout.startswith(f"False The system says: {os.strerror(errno.EFBIG)}"), done.stderr
    assert path.read_bytes() == before
    assert names_in(path.parent) == [path.name]


def test_a_change_of_the_sound_is_refused(
    song: Song, answer: Answering, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = song(".flac")
    before = path.read_bytes()
    sounds = iter([b"one", b"another"])
    monkeypatch.setattr(writing, "sound_of", lambda _path: next(sounds))
    (told,) = run(journal, plan([answer(path)], Rules()))
    assert told.trouble == "Its sound would not stay as it is."
    assert path.read_bytes() == before


def test_who_writes_it_meanwhile_wins(
    song: Song, answer: Answering, journal: Journal, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = song(".flac")
    before = path.read_bytes()
    changes = plan([answer(path)], Rules())
    usual = writing.sound_of

    def meanwhile(copy: Path) -> bytes:
        os.utime(path)
        return usual(copy)

    monkeypatch.setattr(writing, "sound_of", meanwhile)
    (told,) = run(journal, changes)
    assert told.trouble == "Another program changed it meanwhile."
    assert path.read_bytes() == before
