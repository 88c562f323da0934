"""Tags that Earmark writes: what was heard stays known, and the library tells the new tag."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.library import Crew, Plan, Song, answer_of, following, hear_library, plan
from lib.library.tags import tag_of
from lib.tagging import Rules, open_journal, past_runs, undo, write
from lib.tagging import plan as plan_tags

LONG = "A genre with so long a name that no padding in any of these files has room for it " * 400
Look = Callable[[], Plan]


@pytest.fixture
def look(folder: Path, store: Path, crew: Crew) -> Look:
    """Hear a folder; return a function that looks into it again."""
    for _ in hear_library(plan([folder], store, crew.judge).waiting, store, crew):
        pass
    return lambda: plan([folder], store, crew.judge)


@pytest.fixture
def journal(tmp_path: Path) -> Path:
    return tmp_path / "journal"


def write_tags(found: Plan, store: Path, journal: Path, name: str) -> list[Path]:
    """Write a genre of that name into all songs; return those that were written."""
    answers = [answer_of(song) for song in found.kept if song.genre]
    names = {genre: name for answer in answers for genre in answer.probabilities}
    changes = plan_tags(answers, Rules(doubtful=True, names=names))
    done: list[Path] = []
    with following(store) as follow, open_journal(journal) as opened:
        write(
            changes, opened,
            tell=lambda change: (follow(change), change.written and done.append(change.path)),
        )  # fmt: skip
    return done


def heard_of(songs: tuple[Song, ...]) -> dict[Path, tuple[object, ...]]:
    return {song.path: (song.genre, song.confidence, song.probabilities) for song in songs}


@pytest.mark.parametrize("name", ["Polka", LONG])
def test_written_and_undone_nothing_is_heard_anew(
    look: Look, store: Path, journal: Path, name: str
) -> None:
    before = look()
    sizes = {song.path: song.path.stat().st_size for song in before.kept}
    done = write_tags(before, store, journal, name)
    assert {path.suffix for path in done} == {
        ".mp3", ".m4a", ".flac", ".ogg", ".opus", ".wav", ".aiff",
    }  # fmt: skip
    assert name == "Polka" or all(path.stat().st_size != sizes[path] for path in done)
    after = look()
    assert after.waiting == ()
    assert heard_of(after.kept) == heard_of(before.kept)
    tags = {song.path: song.tag for song in after.kept}
    assert all(tags[path] == tag_of(path) != "Heavy Metal" for path in done)
    assert [(run.changed, run.left) for run in past_runs(journal)] == [(len(done), len(done))]
    with following(store) as follow, open_journal(journal) as opened:
        undo(opened, tell=follow)
    assert look() == before
    assert [(run.changed, run.left) for run in past_runs(journal)] == [(len(done), 0)]


def test_songs_tagged_by_the_models_own_names_agree_and_are_not_heard_anew(
    look: Look, store: Path, journal: Path
) -> None:
    before = look()
    answers = [answer_of(song) for song in before.kept if song.genre]
    own = {genre: genre for answer in answers for genre in answer.probabilities}
    with following(store) as follow, open_journal(journal) as opened:
        write(plan_tags(answers, Rules(doubtful=True, names=own)), opened, tell=follow)
        after = look()
        assert after.waiting == ()
        tagged = [song for song in after.kept if song.tag not in {"", "Heavy Metal"}]
        assert {song.tag for song in tagged} <= {"classical", "metal", "rock"}
        assert len(tagged) >= 7
        assert not any(song.disagrees for song in tagged)
        again = plan_tags([answer_of(song) for song in tagged], Rules(doubtful=True))
        assert {change.stays for change in again if not change.trouble} == {"already so"}
        undo(opened, tell=follow)
    assert look() == before


def test_a_song_that_another_has_replaced_meanwhile_is_heard(
    look: Look, folder: Path, store: Path, journal: Path
) -> None:
    before, path = look(), folder / "song.flac"
    os.utime(path, ns=(1, 1))
    assert path in write_tags(before, store, journal, LONG)
    assert look().waiting == (path,)


@pytest.mark.skipif(os.name != "posix", reason="symbolic links")
def test_the_name_that_a_link_gives_is_known_too(
    folder: Path, store: Path, crew: Crew, journal: Path, tmp_path: Path
) -> None:
    (tmp_path / "elsewhere").symlink_to(folder, target_is_directory=True)
    (folder / "a link.mp3").symlink_to("song.mp3")
    sources = [folder, tmp_path / "elsewhere"]
    for _ in hear_library(plan(sources, store, crew.judge).waiting, store, crew):
        pass
    found = plan(sources, store, crew.judge)
    write_tags(found, store, journal, LONG)
    after = plan(sources, store, crew.judge)
    assert after.waiting == ()
    assert len({song.tag for song in after.kept if song.path.suffix == ".mp3"}) == 1


@pytest.mark.parametrize("damaged", [True, False])
def test_without_a_library_tags_are_written_all_the_same(
    look: Look, store: Path, journal: Path, tmp_path: Path, damaged: bool
) -> None:
    other = tmp_path / "other.sqlite"
    if damaged:
        other.write_text("no database at all" * 99)
    assert write_tags(look(), other, journal, "Polka")
    assert other.exists() == damaged
    assert past_runs(tmp_path / "none") == []
    assert not (tmp_path / "none").exists()
