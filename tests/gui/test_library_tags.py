"""The Library page's tab Tags: a preview, written, undone, and what stands against it."""

from __future__ import annotations

import json
import os
import shutil
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from lib.collecting import Misheard, correct_song
from lib.genres import written
from lib.gui.library.page import LibraryPage
from lib.gui.library.state import Pace
from lib.gui.library.tags.state import Doing, TagState, Told
from lib.gui.state import Page
from lib.library import Judge, Song, open_store, usual_file
from lib.library.song import stamp_of
from lib.tagging import open_journal, planning, read_tags
from tests.gui.conftest import GENRES
from tests.gui.hands import Hands, assert_alive
from tests.gui.test_library import answer
from tests.sound import music, write_song

FORMATS = (".mp3", ".m4a", ".flac", ".ogg", ".opus", ".wav", ".aiff")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Return a folder with a song of each format, the half of them tagged."""
    folder = tmp_path / "songs of mine"
    for number, suffix in enumerate(FORMATS):
        tags = {"genre": "Polka"} if number % 2 else {}
        rate = 48_000 if suffix == ".opus" else 44_100
        write_song(folder / f"song{suffix}", music(4, pitch=200 + number, rate=rate), tags=tags)
    return folder


@pytest.fixture
def many(tmp_path: Path, home: Path, model_folder: Path) -> Path:
    """Return a folder with many songs of which the library knows what was heard."""
    folder = tmp_path / "many"
    first = write_song(folder / "000.flac", music(1, rate=22_050))
    probabilities = {genre: 0.55 if genre == "rock" else 0.05 for genre in GENRES}
    with open_store(usual_file()) as store:
        for number in range(400):
            path = folder / f"{number:03d}.flac"
            if number:
                shutil.copy(first, path)
            song = Song(path, stamp_of(path), path.stem, genre="rock", confidence=0.55,
                        probabilities=probabilities)  # fmt: skip
            store.keep(song, Judge(model_folder).mark)
    return folder


def state(hands: Hands) -> TagState:
    return hands.app.library.tags.state


def until_rested(hands: Hands, told: Told) -> None:
    """Wait until nothing goes on, in the tab and in the library."""
    library = hands.app.library.store
    hands.until(lambda: state(hands).doing is Doing.NOTHING and state(hands).told is told)
    hands.until(lambda: library.state.pace is Pace.IDLE)


def until_preview(hands: Hands) -> dict[str, tuple[str, ...]]:
    """Wait for the preview; return its rows by path."""
    hands.until(lambda: state(hands).whole and state(hands).told is Told.PREVIEW)
    return rows(hands)


def rows(hands: Hands) -> dict[str, tuple[str, ...]]:
    page = hands.app.library.page
    assert page is not None
    hands.until(lambda: len(page.tags.table.lines) == len(page.tags._shown))
    return {row.cells[0]: row.cells[1:] for row in page.tags.table.lines}


def turn(hands: Hands, folder: Path) -> LibraryPage:
    """Have a folder heard, and turn to its tags by keyboard."""
    hands.until(lambda: hands.app.store.state.model is not None)
    hands.press("Alt-i")
    assert hands.app.store.state.page is Page.LIBRARY
    library, page = hands.app.library, hands.app.library.page
    assert page is not None
    library.session.choose(folder)
    hands.until(lambda: library.store.state.pace is Pace.IDLE)
    if library.store.state.waiting:
        hands.press("Alt-s")
        hands.until(lambda: library.store.state.pace is Pace.IDLE)
    hands.press("Alt-t")
    until_preview(hands)
    return page


def contents(folder: Path) -> dict[str, tuple[bytes, int]]:
    """Return the bytes of all files, and when they were changed last."""
    return {p.name: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.iterdir()}


def tags_in_songs(page: LibraryPage) -> dict[str, str]:
    return {row.cells[-1]: row.cells[2] for row in page.songs.table.lines}


def choose(hands: Hands, box: object, place: int) -> None:
    """Choose from a box, as its list would."""
    box.current(place)  # type: ignore[attr-defined]
    box.event_generate("<<ComboboxSelected>>")  # type: ignore[attr-defined]
    hands.app.root.update()


def test_what_was_corrected_is_written_as_the_person_said(
    open_window: Callable[..., Hands], folder: Path, home: Path
) -> None:
    hands = open_window()
    turn(hands, folder)
    path = folder / "song.mp3"
    song = next(x.song for x in hands.app.library.store.state.lines if x.song.path == path)
    corrections = hands.app.data.controller._shelf.root / "corrections"
    misheard = Misheard(
        str(path), "", song.title, "", song.seconds, (), np.zeros((1, 85)), None,
        song.genre, song.confidence, "mlp85",
    )  # fmt: skip
    correct_song(corrections, misheard, "bluegrass")
    hands.app.library.tags.look_at(True)
    hands.until(lambda: until_preview(hands)["song.mp3"][1:] == ("Bluegrass", "as you said"))


def test_shown_written_and_undone(
    open_window: Callable[..., Hands], folder: Path, home: Path
) -> None:
    hands = open_window()
    hands.app.root.geometry("780x600")
    before = contents(folder)
    page = turn(hands, folder)
    songs = [line.song for line in hands.app.library.store.state.lines]
    heard = {song.path.name: written(song.genre) for song in songs}
    told = rows(hands)
    notes = {"song.wav": "the genre in its LIST INFO stays"}
    assert told == {
        name: (
            "Polka" if FORMATS.index(Path(name).suffix) % 2 else "",
            heard[name],
            notes.get(name, ""),
        )
        for name in before
    }
    assert "7 files would change." in hands.seen()
    assert contents(folder) == before
    assert not (home / "journal").exists()
    hands.nothing_cut_off()
    page.tags.table.tree.focus_force()
    hands.until(lambda: "Polka → " in page.tags.line.full)
    hands.press("Alt-r")
    asked = "7 files: 4 that have no genre, 3 whose genre is replaced. Undo gives back every byte."
    assert page.tags.actions.question.full == asked
    hands.nothing_cut_off()
    hands.press("Escape")
    assert "Never mind" not in hands.seen()
    assert contents(folder) == before
    hands.press("Alt-r")
    hands.click(page.tags.actions.yes_button)
    until_rested(hands, Told.WRITTEN)
    assert "7 files written." in hands.seen()
    assert {row[2].partition(";")[0] for row in rows(hands).values()} == {"written"}
    assert {p.name: read_tags(p).genre for p in folder.iterdir()} == heard
    assert hands.app.library.store.state.waiting == 0
    assert tags_in_songs(page) == heard
    hands.press("Alt-u")
    assert "Undo run 1 of " in hands.seen()
    assert "7 files?" in hands.seen()
    hands.nothing_cut_off()
    hands.press("Return")
    until_rested(hands, Told.RESTORED)
    assert "Run 1: 7 files as before." in hands.seen()
    assert contents(folder) == before
    assert hands.app.library.store.state.waiting == 0
    assert set(tags_in_songs(page).values()) == {"", "Polka"}
    assert page.tags.actions.undo_button.instate(["disabled"])
    hands.press("Alt-r")
    assert until_preview(hands) == told
    hands.press("Alt-l")
    hands.press("Alt-i")
    assert hands.focus() is page.tags.actions.write_button


def test_options_change_the_preview_and_are_kept(
    open_window: Callable[..., Hands], folder: Path, home: Path
) -> None:
    hands = open_window()
    page = turn(hands, folder)
    heard = {x.song.path.name: x.song for x in hands.app.library.store.state.lines}
    form = page.tags.form
    hands.press("Alt-o")
    told = until_preview(hands)
    assert {row[2] for row in told.values() if row[0]} == {"stays: not empty"}
    assert "4 files would change; 3 as before (3 not empty)." in hands.seen()
    hands.press("Alt-o")
    choose(hands, form.most_box, 2)
    choose(hands, form.share_box, 0)
    told = until_preview(hands)
    assert {row[1].count(";") for row in told.values()} == {2}
    choose(hands, form.most_box, 0)
    assert form.share_box.instate(["disabled"])
    choose(hands, form.least_box, 6)
    told = until_preview(hands)
    for name, song in heard.items():
        assert told[name][2] == ("" if song.confidence >= 0.95 else "stays: less sure than 95 %")
    choose(hands, form.least_box, 0)
    genre = heard["song.mp3"].genre
    _name(hands, page, genre, "My music")
    assert until_preview(hands)["song.mp3"][1] == "My music"
    hands.nothing_cut_off()
    hands.press("Control-q")
    kept = json.loads((home / "config" / "window.json").read_text(encoding="utf-8"))["tagging"]
    assert kept["names"] == [[genre, "My music"]]
    again = open_window()
    page = turn(again, folder)
    assert until_preview(again)["song.mp3"][1] == "My music"
    _name(again, page, genre, "")
    assert until_preview(again)["song.mp3"][2] == "stays: never written, by your names"
    _name(again, page, genre, written(genre))
    assert until_preview(again)["song.mp3"][1] == written(genre)
    assert state(again).options.names == ()


def _name(hands: Hands, page: LibraryPage, genre: str, name: str) -> None:
    """Give a genre another name in the table of names, by keyboard."""
    hands.press("Alt-n")
    names = page.tags.names
    assert "Enter or a double click changes a name." in hands.seen()
    names.table.choose(genre)
    hands.press("Return")
    assert hands.focus() is names.entry
    hands.press("Escape")
    hands.press("Return")
    names.entry.delete(0, "end")
    hands.type(name)
    hands.press("Return")
    shown = {row.key: row.cells[1] for row in names.table.lines}
    assert shown[genre] == (name or "never written")
    hands.press("Escape")
    hands.press("Alt-n")


@pytest.mark.skipif(os.name != "posix", reason="permissions")
def test_what_can_not_be_written_or_undone_is_said(hands: Hands, folder: Path) -> None:
    (folder / "song.mp3").chmod(0o444)
    os.link(folder / "song.wav", folder / "the same.wav")
    page = turn(hands, folder)
    before = contents(folder)
    told = rows(hands)
    assert told["song.mp3"][1:] == ("", "It is read-only.")
    assert "2 names (hard links)" in told["song.wav"][2]
    assert "5 files would change; 3 can't be written." in hands.seen()
    choose(hands, page.tags.view_box, 2)
    assert set(rows(hands)) == {"song.mp3", "song.wav", "the same.wav"}
    choose(hands, page.tags.view_box, 0)
    (folder / "song.ogg").unlink()
    hands.press("Alt-r")
    hands.press("Return")
    until_rested(hands, Told.WRITTEN)
    assert rows(hands)["song.ogg"][2] == "It is not there any more."
    assert "4 files written; 4 can't be written." in hands.seen()
    assert contents(folder)["song.mp3"] == before["song.mp3"]
    shutil.copy(folder / "song.m4a", folder / "song.flac")
    hands.press("Alt-u")
    hands.press("Return")
    until_rested(hands, Told.RESTORED)
    told = page.tags.actions.told.full
    assert told.startswith("Run 1: 3 files as before; 1 left. song.flac: Another program has")
    # What can't be restored is not offered again, unless it is as the run left it after all.
    hands.until(lambda: not state(hands).runs)
    assert page.tags.actions.undo_button.instate(["disabled"])
    assert rows(hands)["song.flac"][2].startswith("Another program has changed it since")
    assert {row.tag for row in page.tags.table.lines if row.cells[3] != "as before"} == {"failed"}
    assert contents(folder)["song.m4a"] == before["song.m4a"]


def test_a_run_before_the_last_one_can_be_undone(hands: Hands, folder: Path) -> None:
    before = contents(folder)
    page = turn(hands, folder)
    hands.press("Alt-o")
    until_preview(hands)
    for _ in range(2):
        hands.press("Alt-r")
        hands.press("Return")
        until_rested(hands, Told.WRITTEN)
        hands.press("Alt-o")
        until_preview(hands)
    hands.until(lambda: len(state(hands).runs) == 2)
    hands.press("Alt-u")
    assert [text[:5] for text in page.tags.actions.run_box.cget("values")] == ["Run 2", "Run 1"]
    choose(hands, page.tags.actions.run_box, 1)
    hands.click(page.tags.actions.yes_button)
    until_rested(hands, Told.RESTORED)
    assert "Run 1: 4 files as before." in hands.seen()
    hands.press("Alt-u")
    hands.press("Return")
    hands.until(lambda: "Run 2: 3 files as before." in hands.seen())
    assert contents(folder) == before


def test_another_model_makes_another_preview(
    hands: Hands, folder: Path, confident_model: Path
) -> None:
    turn(hands, folder)
    hands.press("Alt-r")
    hands.press("Return")
    until_rested(hands, Told.WRITTEN)
    answer(hands, confident_model)
    library = hands.app.library
    until_rested(hands, Told.PREVIEW)
    assert not state(hands).lines
    library.session.start()
    until_rested(hands, Told.PREVIEW)
    assert len(until_preview(hands)) == len(FORMATS)


def test_cancelled_in_the_middle(hands: Hands, many: Path) -> None:
    before = contents(many)
    page = turn(hands, many)
    hands.press("Alt-r")
    hands.press("Return")
    hands.until(lambda: (state(hands).fraction or 0) > 0.02)
    assert page.start_button.instate(["disabled"])
    hands.app.library.choose(str(many.parent))
    assert "Wait until the tags are written" in hands.app.status.notice.full
    hands.press("Alt-c")
    until_rested(hands, Told.WRITTEN)
    written = sum(line.change.written for line in state(hands).lines)
    assert 0 < written < len(before)
    assert f"{written} files written. {len(before) - written} not written." in hands.seen()
    changed = {name for name, kept in contents(many).items() if kept != before[name]}
    assert len(changed) == written
    assert hands.app.library.store.state.waiting == 0
    hands.until(lambda: state(hands).runs)
    hands.press("Alt-u")
    hands.press("Return")
    until_rested(hands, Told.RESTORED)
    assert contents(many) == before


def test_the_window_is_closed_in_the_middle(open_window: Callable[..., Hands], many: Path) -> None:
    before = contents(many)
    hands = open_window()
    turn(hands, many)
    hands.press("Alt-r")
    hands.press("Return")
    hands.until(lambda: (state(hands).fraction or 0) > 0.02)
    hands.press("Control-q")
    changed = contents(many)
    assert set(changed) == set(before)
    assert changed != before
    again = open_window()
    turn(again, many)
    again.until(lambda: state(again).runs)
    again.press("Alt-u")
    again.press("Return")
    until_rested(again, Told.RESTORED)
    assert contents(many) == before


def test_a_preview_is_cancelled_and_made_anew(
    hands: Hands, many: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = turn(hands, many)
    begun, going, really_try = threading.Event(), threading.Event(), planning._try

    def held_try(path: Path, genres: Sequence[str]) -> None:
        begun.set()
        assert going.wait(60)
        really_try(path, genres)

    monkeypatch.setattr(planning, "_try", held_try)
    choose(hands, page.tags.form.most_box, 1)  # which asks for nothing that was not tried
    choose(hands, page.tags.form.share_box, 0)
    hands.until(begun.is_set)
    hands.press("Alt-c")
    assert "Stopping after this file" in hands.seen()
    going.set()
    hands.until(lambda: state(hands).doing is Doing.NOTHING)
    assert not state(hands).whole
    assert state(hands).due == ()
    hands.press("Alt-r")
    assert len(until_preview(hands)) == 400


def test_another_run_at_work_stands_against_it(hands: Hands, folder: Path) -> None:
    before = contents(folder)
    turn(hands, folder)
    with open_journal():
        hands.press("Alt-r")
        hands.press("Return")
        hands.until(lambda: "Another run writes or undoes tags" in hands.seen())
    assert contents(folder) == before
    until_rested(hands, Told.WRITTEN)
    hands.press("Alt-r")
    until_preview(hands)
    hands.press("Alt-r")
    hands.press("Return")
    hands.until(lambda: "7 files written." in hands.seen())


def test_it_never_freezes(hands: Hands, many: Path) -> None:
    root, beats = hands.app.root, [time.monotonic()]

    def beat() -> None:
        beats.append(time.monotonic())
        root.after(20, beat)

    beat()
    turn(hands, many)
    hands.press("Alt-r")
    hands.press("Return")
    until_rested(hands, Told.WRITTEN)
    assert "400 files written." in hands.seen()
    assert_alive(beats)
