"""The Library page: a folder heard, looked through, exported, paused, and gone on with."""

from __future__ import annotations

import csv
import multiprocessing
import os
import shutil
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import mutagen
import pytest

from lib.gui.library.page import LibraryPage
from lib.gui.library.state import LibraryState, Pace
from lib.gui.settings import read_settings
from lib.gui.state import Page, Phase
from lib.gui.wording import genre_name
from lib.model import load_model, save_model
from lib.prediction import hear
from tests.gui.conftest import GENRES
from tests.gui.hands import Hands, assert_alive, working
from tests.sound import music, write_song


@pytest.fixture
def folder(songs: Path, model_folder: Path, tmp_path: Path) -> Path:
    """Return a folder with two songs that their tags call otherwise than the model, and others."""
    folder = tmp_path / "a \u202elibrary\nof mine"
    shutil.copytree(songs, folder / "old")
    (folder / "old" / "windows.wav").unlink()
    for name in ("one.mp3", "two.mp3"):
        path = folder / name
        write_song(path, music(4, pitch=300 + len(name), rate=44_100), tags={"title": name[:3]})
        heard = hear(path, load_model(model_folder)).genre
        tagged = mutagen.File(path, easy=True)
        tagged["genre"] = [next(genre for genre in GENRES if genre != heard)]
        tagged.save()
    return folder


MANY = 60  # more songs than are heard before a key is pressed, however quick the machine is


def page(hands: Hands) -> LibraryPage:
    """Turn to the page, by keyboard."""
    if hands.app.store.state.page is not Page.LIBRARY:
        hands.press("Alt-i")
    assert hands.app.library.page is not None
    return hands.app.library.page


def state(hands: Hands) -> LibraryState:
    return hands.app.library.store.state


def choose(hands: Hands, folder: Path) -> LibraryPage:
    """Turn to a folder, as the dialog would."""
    shown = page(hands)
    hands.app.library.session.choose(folder)
    hands.until(lambda: state(hands).pace is Pace.IDLE)
    return shown


def start(hands: Hands) -> None:
    hands.press("Alt-s")
    assert state(hands).pace is Pace.HEARING


def until_idle(hands: Hands) -> None:
    hands.until(lambda: state(hands).pace is Pace.IDLE)


def titles(shown: LibraryPage) -> list[str]:
    return [row.cells[0] for row in shown.songs.table.lines]


def test_from_a_folder_to_a_table(
    open_window: Callable[..., Hands], folder: Path, tmp_path: Path
) -> None:
    table, lists = tmp_path / "out" / "library.csv", tmp_path / "lists"
    hands = open_window(
        choose_folder=lambda _root, _begin, title: str(lists if "playlists" in title else folder),
        choose_place=lambda *_: str(table),
    )
    hands.app.root.geometry("780x600")
    hands.until(lambda: hands.app.store.state.model is not None)
    shown = page(hands)
    assert "Choose a folder" in hands.seen()
    hands.nothing_cut_off()
    (folder / "to nowhere.mp3").symlink_to("gone")
    hands.press("Alt-f")
    hands.until(lambda: state(hands).waiting == 7)
    assert "7 songs in “a library of mine”" in hands.seen()
    start(hands)
    until_idle(hands)
    assert "5 heard   ·   2 whose tag disagrees   ·   2 set aside" in hands.seen()
    assert sorted(titles(shown)[:2]) == ["one", "two"]
    assert {row.cells[5] for row in shown.songs.table.lines[:2]} == {"disagrees"}
    hands.nothing_cut_off()
    _find(hands, shown)
    hands.press("Alt-e")
    hands.until(table.is_file)
    with table.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == 7
    hands.press("Alt-y")
    hands.until(lambda: "written to" in hands.app.status.notice.full and lists.is_dir())
    hands.press("Control-Tab")
    hands.until(lambda: shown.chart.plot.request is not None)
    hands.nothing_cut_off()
    hands.press("Control-Tab")
    shown.songs.table.tree.focus_force()
    shown.songs.table.choose(str(folder / "one.mp3"))
    hands.until(lambda: "Its tag says" in shown.songs.line.full)
    hands.press("Return")
    hands.until_heard()
    assert hands.phase is Phase.HEARD
    assert hands.app.store.state.page is Page.LISTEN
    assert hands.app.store.state.heard.prediction.source == str(folder / "one.mp3")


def _find(hands: Hands, shown: LibraryPage) -> None:
    """Filter by words and by kind, and sort by a heading, then the other way round."""
    shown.songs.entry.focus_force()
    hands.type("synth short")
    hands.until(lambda: titles(shown) == ["A short song"])
    shown.songs.words.set("")
    for view, names in (("Tag disagrees", {"one", "two"}), ("Set aside", {"text", "to nowhere"})):
        shown.songs.view.set(view)
        shown.songs.view_box.event_generate("<<ComboboxSelected>>")
        hands.until(lambda names=names: set(titles(shown)) == names)
    shown.songs.table.choose(next(r.key for r in shown.songs.table.lines if r.cells[0] == "text"))
    hands.until(lambda: "It is text, whatever its name says." in shown.songs.line.full)
    genre = genre_name(next(line.song.genre for line in state(hands).lines if line.song.genre))
    shown.songs.view.set(genre)
    shown.songs.view_box.event_generate("<<ComboboxSelected>>")
    hands.until(lambda: {row.cells[3] for row in shown.songs.table.lines} == {genre})
    shown.songs.view.set("All songs")
    hands.click(shown.songs.table.tree, at=(40, 12))
    hands.until(lambda: titles(shown) == sorted(titles(shown), key=str.casefold))
    assert len(titles(shown)) == 7
    hands.click(shown.songs.table.tree, at=(40, 12))
    hands.until(lambda: titles(shown) == sorted(titles(shown), key=str.casefold, reverse=True))


def test_paused_cancelled_closed_and_gone_on_with(
    open_window: Callable[..., Hands], songs: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(MANY):
        os.link(songs / "windows.wav", folder / f"{number}.wav")
    hands = open_window()
    hands.until(lambda: hands.app.store.state.model is not None)
    shown = choose(hands, folder)
    shown.start_button.focus_force()
    hands.press("Return")
    assert hands.focus() is shown.pause_button
    hands.until(lambda: state(hands).lines)
    hands.press("Alt-p")
    assert state(hands).pace is Pace.PAUSED
    assert "Paused" in hands.seen()
    hands.press("Alt-g")
    known = len(state(hands).lines)
    hands.until(lambda: len(state(hands).lines) > known)
    hands.press("Alt-c")
    until_idle(hands)
    kept = len(state(hands).lines)
    assert 0 < kept < MANY
    assert state(hands).waiting == MANY - kept
    start(hands)
    hands.until(lambda: len(state(hands).lines) > kept)
    hands.press("Control-q")
    assert working() == []
    assert multiprocessing.active_children() == []
    again = open_window()
    page(again)
    again.until(lambda: state(again).lines)
    assert kept < len(state(again).lines) < MANY
    start(again)
    until_idle(again)
    assert (len(state(again).lines), state(again).waiting) == (MANY, 0)


def test_another_model_ends_a_run_and_has_its_own_rows(
    open_window: Callable[..., Hands], model_folder: Path, songs: Path, tmp_path: Path
) -> None:
    folder, other = tmp_path / "many", tmp_path / "other"
    folder.mkdir()
    for number in range(MANY):
        os.link(songs / "windows.wav", folder / f"{number}.wav")
    save_model(replace(load_model(model_folder), name="other"), other)
    hands = open_window()
    hands.until(lambda: hands.app.store.state.model is not None)
    shown = choose(hands, folder)
    start(hands)
    hands.until(lambda: state(hands).lines)
    shown.turn_to_tags()
    answer(hands, other)
    assert state(hands).pace is Pace.STOPPING
    until_idle(hands)
    assert (state(hands).lines, state(hands).waiting) == ((), MANY)
    assert "another model answers: Start hears it by that one." in hands.app.status.notice.full
    former = state(hands).former
    assert f"   ·   {len(former)} heard by another model: Start" in hands.seen()
    assert 0 < len(former) < MANY
    assert [row.cells[5] for row in shown.songs.table.lines] == len(former) * ["other model"]
    assert {row.cells[3] for row in shown.songs.table.lines} == {
        genre_name(line.song.genre) for line in former
    }
    assert shown.lists_button.instate(["disabled"])
    table = tmp_path / "former.csv"
    hands.app.library.session.export(table)
    hands.until(table.is_file)
    with table.open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(former)
    assert hands.app.library.tags.state.lines == ()
    answer(hands, model_folder)
    until_idle(hands)
    assert len(state(hands).lines) > 0
    assert "by another model" not in hands.seen()
    hands.until(lambda: hands.app.library.tags.state.whole)
    answer(hands, other)
    until_idle(hands)
    assert hands.app.library.tags.state.lines == hands.app.library.tags.state.genres == ()
    known = len(state(hands).former)
    start(hands)
    hands.until(lambda: state(hands).lines)
    assert len(state(hands).former) < known
    keys = [row.key for row in shown.songs.table.lines]
    assert len(keys) == len(set(keys))
    hands.press("Alt-c")
    until_idle(hands)


def test_the_folder_is_remembered_the_moment_it_is_chosen(
    hands: Hands, folder: Path, home: Path
) -> None:
    page(hands)
    hands.app.library.choose(str(folder))
    assert read_settings(home / "config" / "window.json").library == str(folder)
    until_idle(hands)


def test_what_is_said_of_a_folder_is_gone_with_the_next(hands: Hands, folder: Path) -> None:
    shown, notice = choose(hands, folder), hands.app.status.notice
    for valid in (folder, folder / "old"):
        hands.app.library.choose(str(folder / "nowhere"))
        assert "There is no folder" in notice.full
        hands.app.library.choose(str(valid))
        until_idle(hands)
        assert notice.full == ""
    assert titles(shown) == []


def answer(hands: Hands, folder: Path) -> None:
    """Let another model answer, as the menu of models does."""
    hands.app.ear.use(folder)
    hands.app.answering.answer(folder, hands.app.ear.facts())


def test_watching_a_folder(open_window: Callable[..., Hands], songs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "arriving"
    folder.mkdir()
    hands = open_window()
    shown = choose(hands, folder)
    assert shown.start_button.instate(["disabled"])
    hands.press("Alt-w")
    assert state(hands).pace is Pace.HEARING
    hands.until(lambda: "Watching for songs" in hands.seen())
    shutil.copy(songs / "short.mp3", folder / "late.mp3")
    hands.until(lambda: titles(shown) == ["A short song"])
    shutil.copy(songs / "short.mp3", folder / "another.mp3")
    hands.until(lambda: len(titles(shown)) == 2)
    (folder / "late.mp3").unlink()
    hands.until(
        lambda: [row.key for row in shown.songs.table.lines] == [str(folder / "another.mp3")]
    )
    assert hands.app.status.notice.full == "late.mp3 has gone from the folder."
    assert "1 heard" in hands.seen()
    hands.press("Alt-c")
    until_idle(hands)
    assert not shown.watching.get()  # it would promise what does not go on


def test_the_tick_to_watch_counts_at_any_time(hands: Hands, songs: Path, tmp_path: Path) -> None:
    folder = tmp_path / "watched"
    folder.mkdir()
    shutil.copy(songs / "windows.wav", folder / "one.wav")
    shutil.copy(songs / "windows.wav", folder / "two.wav")
    shown = choose(hands, folder)
    start(hands)
    assert shown.watch_box.instate(["!disabled"])
    hands.click(shown.watch_box)  # while songs are heard, both ways
    hands.click(shown.watch_box)
    until_idle(hands)
    assert len(state(hands).lines) == 2
    hands.click(shown.watch_box)  # when all is heard
    hands.until(lambda: "Watching for songs" in hands.seen())
    assert shown.watch_box.instate(["selected", "!disabled"])
    shutil.copy(songs / "short.mp3", folder / "late.mp3")
    hands.until(lambda: len(titles(shown)) == 3)
    hands.click(shown.watch_box)
    until_idle(hands)
    assert "Watching" not in hands.seen()
    assert shown.watch_box.instate(["!selected", "!disabled"])
    shutil.copy(songs / "windows.wav", folder / "three.wav")
    hands.app.library.choose(str(folder))
    hands.until(lambda: state(hands).waiting == 1)
    hands.click(shown.watch_box)  # the one that waits is heard by Start alone
    assert state(hands).pace is Pace.IDLE
    start(hands)
    hands.until(lambda: "Watching for songs" in hands.seen())
    hands.press("Alt-c")
    until_idle(hands)


def settle(hands: Hands, **changes: object) -> None:
    """Change settings as their sheet does."""
    keeping = hands.app.comfort._keeping
    keeping.adopt(replace(keeping.settings(), **changes))


def test_an_own_threshold_holds_for_the_library_too(
    open_window: Callable[..., Hands], confident_model: Path, folder: Path, home: Path
) -> None:
    hands = open_window(model=confident_model)
    hands.until(lambda: hands.app.store.state.model is not None)
    shown = choose(hands, folder)
    start(hands)
    until_idle(hands)
    notes = lambda: sorted(row.cells[5] for row in shown.songs.table.lines)  # noqa: E731
    surely = ["", "", "", "disagrees", "disagrees", "set aside"]
    assert notes() == surely
    settle(hands, unsure_below=1.0)
    hands.until(lambda: notes() == ["set aside", *5 * ["unsure"]])
    assert "5 heard   ·   1 set aside" in hands.seen()
    assert all(total.doubtful == total.songs for total in shown.chart._totals())
    # What is kept is what the model said, so other windows and the console have that.
    store = sqlite3.connect(home / "kept" / "library.sqlite")
    assert set(store.execute("SELECT DISTINCT unsure FROM song")) == {(0,)}
    store.close()
    hands.app.close()
    again = open_window(model=confident_model)
    again.until(lambda: again.app.store.state.model is not None)
    assert again.app.ear.unsure_below == 1.0
    shown = page(again)
    again.until(lambda: notes() == ["set aside", *5 * ["unsure"]])
    settle(again, unsure_below=None)
    again.until(lambda: notes() == surely)


def test_a_model_without_a_confidence_is_never_unsure_here_as_on_the_song_page(
    hands: Hands, folder: Path
) -> None:
    settle(hands, unsure_below=1.0)
    shown = choose(hands, folder)
    start(hands)
    until_idle(hands)
    assert not any(row.cells[5] == "unsure" for row in shown.songs.table.lines)


def test_numbers_are_written_as_the_settings_say(hands: Hands, folder: Path) -> None:
    shown = choose(hands, folder)
    start(hands)
    until_idle(hands)
    hands.press("Control-Tab")
    hands.until(lambda: shown.chart.plot.request is not None)
    before = shown.chart.plot.request
    shares = lambda: {row.cells[4][-2:] for row in shown.songs.table.lines if row.cells[4]}  # noqa: E731
    assert shares() == {" %"}
    settle(hands, numbers="german")
    hands.until(lambda: shares() == {"\N{NO-BREAK SPACE}%"})
    hands.until(lambda: shown.chart.plot.request not in {None, before})
    hands.app.library.store.change(waiting=12_000)
    assert "12.000 to be heard" in hands.seen()
    assert "12.006 songs in" in hands.seen()
    settle(hands, numbers="swiss")
    assert "12’000 to be heard" in hands.seen()


def test_a_library_that_can_not_be_kept(hands: Hands, songs: Path, home: Path) -> None:
    (home / "kept").mkdir(parents=True)
    (home / "kept" / "library.sqlite").write_text("no database at all" * 99)
    page(hands)
    hands.app.library.choose(str(songs))
    hands.until(lambda: "That did not work" in hands.seen())
    hands.press("Escape")
    assert "That did not work" not in hands.seen()
    hands.app.library.choose("/nowhere at all")
    assert "There is no folder" in hands.app.status.notice.full


def test_it_never_freezes(hands: Hands, songs: Path, tmp_path: Path) -> None:
    """A heartbeat of 20 ms is seldom late, and never by seconds."""
    folder = tmp_path / "many"
    folder.mkdir()
    for number in range(60):
        shutil.copy(songs / "other.flac", folder / f"{number}.flac")
    choose(hands, folder)
    root, beats = hands.app.root, [time.monotonic()]

    def beat() -> None:
        beats.append(time.monotonic())
        root.after(20, beat)

    beat()
    start(hands)
    until_idle(hands)
    assert len(state(hands).lines) == 60
    assert_alive(beats)
