"""The Data page: a set's genres and songs, looked at, listened to, corrected and removed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.collecting import read_removed, read_songs
from lib.dataset.tables import TRACK_COLUMNS, write_rows
from lib.errors import PlaybackError
from lib.gui.data.page import DataPage
from lib.gui.data.state import DataState
from lib.gui.state import Page
from lib.playback.player import NO_DEVICE
from tests.gui.hands import Hands
from tests.sound import music, write_song


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Make a data set of eight songs, of which some have sound."""
    folder = tmp_path / "data" / "mine"
    songs = [("blues", 6), ("ska", 2)]
    rows = [
        {"track": f"youtube/{genre:_<9}{n:02}", "genre": genre, "title": f"{genre} {n}",
         "artist": "A\u202e band", "seconds": "30", "source": "https://youtu.be/x"}
        for genre, count in songs for n in range(count)
    ]  # fmt: skip
    write_rows(folder / "tracks.csv", (*TRACK_COLUMNS, "source"), rows)
    kept = folder / "audio" / "youtube"
    write_song(kept / "blues____00.flac", music(30), rate=22_050)
    write_song(kept / "blues____01.flac", music(3), rate=22_050)
    (kept / "blues____02.flac").write_text("no sound")
    (folder.parent / "other").mkdir()
    write_rows(folder.parent / "other" / "tracks.csv", TRACK_COLUMNS, rows[:1])
    return folder


def data(hands: Hands) -> DataState:
    return hands.app.store.state.data


def page(hands: Hands, tab: int = 1) -> DataPage:
    """Turn to the data set “mine”."""
    hands.press("Alt-d")
    assert hands.app.data.page is not None
    hands.app.data.controller.choose("mine")
    hands.until(lambda: data(hands).contents is not None and data(hands).contents.genres)
    hands.app.data.page.tabs.select(tab)
    hands.breathe(0.05)
    return hands.app.data.page


def until_read(hands: Hands, genres: dict[str, int]) -> None:
    hands.until(
        lambda: {genre.genre: genre.songs for genre in data(hands).contents.genres} == genres
    )


def test_genres_are_counted_and_choose_their_songs(hands: Hands, folder: Path) -> None:
    shown = page(hands, tab=0)
    assert [(*row.cells[:2], row.tag) for row in shown.genres.table.lines] == [
        ("All genres", "8", ""), ("blues", "6", ""), ("ska", "2", "failed"),
    ]  # fmt: skip
    assert [len(row.cells[2]) for row in shown.genres.table.lines] == [0, 8, 3]
    assert "8 songs of 2 genres" in hands.seen()
    shown.genres.table.tree.focus_force()
    hands.press("Down")
    hands.press("Down")
    hands.until(shown.songs.winfo_viewable)
    assert [row.cells[:3] for row in shown.songs.table.lines] == [
        ("ska 0", "A band", "ska"), ("ska 1", "A band", "ska"),
    ]  # fmt: skip
    assert hands.focus() is shown.genres.table.tree


def test_sets_are_chosen_named_and_remembered(
    open_window: Callable[..., Hands], folder: Path, tmp_path: Path
) -> None:
    asked: list[Path] = []

    def choose_folder(_parent: object, start: Path) -> str:
        asked.append(start)
        return str(tmp_path / "elsewhere")

    hands = open_window(choose_folder=choose_folder)
    page(hands)
    bar = hands.app.data.bar
    assert bar is not None
    assert tuple(bar.entry.cget("values")) == ("mine", "other")
    bar.entry.focus_force()
    bar.text.set("other")
    hands.press("Return")
    hands.until(lambda: data(hands).contents is not None)
    assert len(data(hands).contents.songs) == 1
    bar.text.set("../x")
    hands.press("Return")
    assert "“../x” can't be a data set's name" in hands.seen()
    hands.press("Alt-f")
    assert asked == [folder.parent / "other"]
    hands.until(lambda: data(hands).contents is not None)
    assert bar.text.get() == str(tmp_path / "elsewhere")
    assert "No songs yet" in hands.seen()
    assert not (tmp_path / "elsewhere").exists()
    hands.app.close()
    assert data(open_window()).folder == tmp_path / "elsewhere"


def test_a_genre_is_corrected(hands: Hands, folder: Path) -> None:
    shown = page(hands)
    table = shown.songs.table
    table.tree.focus_force()
    table.choose("youtube/blues____03", "youtube/blues____04")
    hands.breathe(0.05)
    assert shown.songs.genre.get() == "blues"
    shown.songs.genre.set("ska")
    hands.press("Alt-c")
    until_read(hands, {"blues": 4, "ska": 4})
    assert [song.genre for song in read_songs(folder)][3:5] == ["ska", "ska"]
    assert hands.app.status.notice.full == "2 songs corrected."
    assert table.chosen == ("youtube/blues____03", "youtube/blues____04")
    shown.songs.genre.set("S.K.A.")
    hands.press("Alt-c")
    hands.until(lambda: data(hands).failure is not None)
    assert "The genre 'S.K.A.' is nearly 'ska'" in hands.seen()


def test_a_song_is_removed(hands: Hands, folder: Path) -> None:
    shown = page(hands)
    shown.songs.table.tree.focus_force()
    shown.songs.table.choose("youtube/blues____00")
    hands.press("Delete")
    until_read(hands, {"blues": 5, "ska": 2})
    assert read_removed(folder) == ("youtube/blues____00",)
    assert not (folder / "audio" / "youtube" / "blues____00.flac").exists()
    assert len(shown.songs.table.lines) == 7


def test_an_excerpt_is_played_stopped_and_followed_by_another(hands: Hands, folder: Path) -> None:
    shown = page(hands)
    songs = shown.songs
    songs.table.tree.focus_force()
    songs.table.choose("youtube/blues____00")
    hands.press("Return")
    hands.until(lambda: data(hands).played)
    assert "Playing “blues 0”" in hands.seen()
    songs.table.choose("youtube/blues____01")
    hands.press("space")
    assert data(hands).playing == "youtube/blues____01"
    hands.until(lambda: data(hands).playing == "")  # it lasts three seconds
    hands.breathe(0.05)
    hands.click(songs.play_button)
    hands.until(lambda: data(hands).played is not None)
    hands.click(songs.play_button)
    assert (data(hands).playing, data(hands).failure) == ("", None)


@pytest.mark.parametrize(
    ("track", "told"),
    [
        ("youtube/blues____02", "“blues____02.flac” can't be heard"),
        ("youtube/blues____03", "The sound of youtube/blues____03 was not kept"),
    ],
)
def test_what_can_not_be_played(hands: Hands, folder: Path, track: str, told: str) -> None:
    page(hands)
    hands.app.data.controller.play(track)
    hands.until(lambda: data(hands).failure is not None)
    assert told in hands.seen()
    assert data(hands).playing == ""


def test_without_a_device_the_rest_works(
    hands: Hands, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_rate: int, *, mute: bool) -> None:
        raise PlaybackError(NO_DEVICE)

    monkeypatch.setattr("lib.playback.player._open", refuse)
    page(hands)
    hands.app.data.controller.play("youtube/blues____01")
    hands.until(lambda: data(hands).failure is not None)
    assert "No sound can be played" in hands.seen()
    assert "plug in a device for it" in hands.seen()
    hands.press("Escape")
    hands.app.data.controller.correct(["youtube/blues____01"], "ska")
    until_read(hands, {"blues": 5, "ska": 3})


def test_a_table_that_can_not_be_read_is_told(hands: Hands, folder: Path) -> None:
    page(hands)
    (folder / "tracks.csv").write_text("nonsense\n")
    hands.app.data.controller.look()
    hands.until(lambda: data(hands).failure is not None)
    assert "there is no column 'track'" in hands.seen()


def test_the_keyboard_alone_suffices(hands: Hands, folder: Path) -> None:
    shown = page(hands)
    shown.songs.table.tree.focus_force()
    start = hands.focus()
    reached = []
    for _ in range(30):
        hands.press("Tab")
        if hands.focus() is start:
            break
        reached.append(hands.focus())
    bar = hands.app.data.bar
    assert {bar.entry, bar.folder_button, shown.genres.table.tree, shown.tabs} <= set(reached)
    assert {shown.songs.play_button, shown.songs.genre_entry} <= set(reached)
    assert hands.focus() is start
    hands.press("Alt-l")
    assert hands.app.store.state.page is Page.LISTEN
    assert hands.focus() is hands.app.bar.entry
    assert hands.app.root.title() == "Earmark"
    hands.press("Alt-d")
    assert hands.app.root.title() == "mine – Earmark"


def test_train_is_asked_for_with_the_folder(
    open_window: Callable[..., Hands], folder: Path
) -> None:
    hands = open_window()
    page(hands)
    hands.press("Alt-t")
    assert hands.app.store.state.page is Page.TRAINING
    assert hands.app.training.store.state.folder == folder
    hands.press("Escape")
    hands.app.data.controller.choose("other")
    hands.until(lambda: data(hands).contents is not None)
    hands.press("Alt-t")  # a single genre can't be told from others
    assert hands.app.store.state.page is Page.DATA


def test_the_key_to_train_says_why_where_there_is_nothing_to_learn_from(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window()
    for turn, shown in (("Alt-l", Page.LISTEN), ("Alt-d", Page.DATA)):
        hands.press(turn)
        hands.until(lambda shown=shown: shown is Page.LISTEN or data(hands).contents is not None)
        hands.press("Control-t")
        assert hands.app.store.state.page is shown
        assert "“youtube” holds no two genres to learn from yet." in hands.app.status.notice.full


def test_it_begins_with_the_set_worked_on_last_else_with_one_that_there_is(
    open_window: Callable[..., Hands], folder: Path, tmp_path: Path
) -> None:
    empty = open_window(data=tmp_path / "empty")
    assert data(empty).folder == tmp_path / "empty" / "youtube"
    empty.app.close()
    folder.parent.rename(tmp_path / "empty")
    hands = open_window(data=tmp_path / "empty")
    assert data(hands).folder == tmp_path / "empty" / "mine"
    hands.press("Alt-d")
    hands.app.data.controller.choose("other")
    hands.app.close()
    again = open_window(data=tmp_path / "empty")
    assert data(again).folder == tmp_path / "empty" / "other"


def test_a_browser_whose_cookies_are_sent_is_remembered(
    open_window: Callable[..., Hands], folder: Path
) -> None:
    hands = open_window()
    shown = page(hands, tab=0)
    assert hands.app.lines.youtube().network.cookies_from_browser is None
    entry = shown.form.browser_entry
    entry.set("firefox")
    entry.event_generate("<<ComboboxSelected>>")
    hands.breathe(0.05)
    assert hands.app.lines.youtube().network.cookies_from_browser == "firefox"
    hands.app.close()
    again = open_window()
    assert page(again, tab=0).form.browser.get() == "firefox"
    assert again.app.lines.youtube(longest=60).network.cookies_from_browser == "firefox"


@pytest.mark.parametrize("size", ["780x600", "1270x980"])
def test_nothing_is_cut_off(hands: Hands, folder: Path, size: str) -> None:
    hands.app.root.geometry(size)
    for tab in (0, 1):
        shown = page(hands, tab)
        hands.breathe(0.1)
        hands.nothing_cut_off()
        hands.app.controller.toggle_theme()
        hands.breathe(0.05)
        hands.nothing_cut_off()
    assert str(shown.genres.table.tree.tag_configure("failed")["foreground"]) == "#b3261e"
