"""The Data page: songs added from playlists, row by row, through the real yt-dlp."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable

import pytest

from lib.collecting import read_songs
from lib.gui import Asking
from lib.gui.data.page import DataPage
from lib.gui.data.state import Collecting, DataState, Pace
from lib.gui.state import Page
from lib.youtube import Kind
from tests.collecting.songs import encoded, tune
from tests.gui.hands import Hands, assert_alive, working
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import BOT_CHECK, REMOVED, noise

LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"
LINK = f"https://www.youtube.com/playlist?list={LIST}"
IDS = [f"song-{number:06}" for number in range(6)]
SECONDS = 31


@pytest.fixture(scope="session")
def tunes() -> list[bytes]:
    """Return two songs that are just long enough for a data set."""
    return [encoded(tune(seed, SECONDS)) for seed in (1, 2)]


@pytest.fixture
def playlist(fake: FakeYouTube, tunes: list[bytes]) -> FakeYouTube:
    """Fill the stand-in with a playlist: two songs, a double, three that can't be had."""
    for number, video_id in enumerate(IDS):
        fake.add(video_id, title=f"Song {number}", channel="C", seconds=SECONDS)
    fake.videos[IDS[0]].audio = {140: tunes[0]}
    fake.videos[IDS[0]].title = "<b>Song</b> \u202e0\x07" + "x" * 10_000
    fake.videos[IDS[1]].listed_as = "private"
    fake.videos[IDS[2]].audio = {140: tunes[0]}
    fake.videos[IDS[3]].seconds = 7_200
    fake.videos[IDS[4]].playability = REMOVED
    fake.videos[IDS[5]].audio = {140: tunes[1]}
    fake.add_playlist(LIST, "Six songs", IDS)
    return fake


def page(hands: Hands) -> DataPage:
    """Turn to the page, by keyboard."""
    if hands.app.store.state.page is not Page.DATA:
        hands.press("Alt-d")
        hands.until(lambda: data(hands).contents is not None)
    assert hands.app.data.page is not None
    return hands.app.data.page


def data(hands: Hands) -> DataState:
    return hands.app.store.state.data


def run(hands: Hands) -> Collecting:
    collecting = data(hands).collecting
    assert collecting is not None
    return collecting


def begin(hands: Hands, link: str = LINK, genre: str = "ska") -> DataPage:
    """Fill in the form, by keyboard, and press Enter."""
    shown = page(hands)
    hands.press("Control-l")
    shown.form.link_entry.delete(0, "end")
    hands.app.root.clipboard_clear()
    hands.app.root.clipboard_append(link)
    hands.focus().event_generate("<<Paste>>")
    hands.press("Tab")
    assert hands.focus() is shown.form.genre_entry
    shown.form.genre.set("")
    hands.type(genre)
    hands.press("Return")
    return shown


def until_ended(hands: Hands) -> None:
    hands.until(lambda: data(hands).collecting is not None)
    hands.until(lambda: not run(hands).alive, seconds=60)
    hands.until(lambda: not hands.app.data.controller._reading.busy)


def states(hands: Hands) -> list[str]:
    """Return the first words of the column of states."""
    assert hands.app.data.page is not None
    return [row.cells[-1].partition(":")[0] for row in hands.app.data.page.run.table.lines]


def test_from_a_playlist_to_songs(online: Hands, playlist: FakeYouTube) -> None:
    shown = begin(online)
    until_ended(online)
    assert states(online) == ["added", "skipped", "duplicate", "skipped", "skipped", "added"]
    title = shown.run.table.lines[0].cells[0]
    assert title.startswith("<b>Song</b> 0xxx")
    assert len(title) == 300
    reasons = [row.cells[-1].partition(": ")[2] for row in shown.run.table.lines]
    assert reasons[1] == "This video is private."
    assert reasons[2].startswith("It is the same recording as “<b>Song</b> 0xxx")
    assert reasons[3] == "It is too long: 2:00:00, and the limit is 20:00."
    seen = online.seen()
    assert "Added to ska" in seen
    assert "Of 6 songs: 2 added, 1 duplicate, 3 skipped." in seen
    assert [row.cells[:2] for row in shown.genres.table.lines] == [
        ("All genres", "2"),
        ("ska", "2"),
    ]
    assert "The red one has too few songs to learn from: a genre needs 5." in seen
    shown.run.table.choose(f"youtube/{IDS[4]}")
    online.breathe(0.05)
    assert Kind.REMOVED.sentence.removeprefix("this ") in online.seen()
    online.nothing_cut_off()
    online.press("Alt-a")
    assert data(online).collecting is None
    assert online.focus() is shown.form.link_entry
    online.press("Control-Tab")
    assert [row.cells[2:] for row in shown.songs.table.lines] == [("ska", "0:30")] * 2


def test_paused_left_out_stopped_closed_and_gone_on_with(
    open_window: Callable[..., Hands], fake: FakeYouTube, tunes: list[bytes]
) -> None:
    slow = {"audio": {140: noise(3_000_000)}, "bytes_per_second": 150_000}
    for video_id, more in zip(IDS[:4], ({"audio": {140: tunes[0]}}, slow, {}, slow), strict=True):
        fake.add(video_id, title=video_id, seconds=SECONDS, **more)
    fake.add_playlist(LIST, "Four", IDS[:4])
    asking = Asking(network=fake.network(), pause=0.0)
    hands = open_window(asking=asking)
    shown = begin(hands)
    hands.until(lambda: len(run(hands).rows) == 4 and run(hands).rows[1].fraction)
    hands.press("Alt-p")
    assert "Pausing when this is done: song 2 of 4" in hands.seen()
    shown.run.table.tree.focus_force()
    shown.run.table.choose(f"youtube/{IDS[1]}", f"youtube/{IDS[2]}")
    hands.press("Delete")
    assert states(hands)[1:3] == ["removed", "removed"]
    hands.until(lambda: run(hands).step.endswith("paused") and states(hands)[0] == "added")
    assert "Paused   ·   1 added, 2 removed of 4" in hands.seen()
    hands.press("Alt-g")
    hands.until(lambda: run(hands).rows[3].fraction)
    hands.press("Alt-s")
    hands.until(lambda: run(hands).pace is Pace.ENDED)
    assert "Of 4 songs: 1 added, 2 removed, 1 left to do." in hands.seen()
    assert not fake.about("/watch").count(IDS[2])
    hands.app.close()
    fake.videos[IDS[3]].audio, fake.videos[IDS[3]].bytes_per_second = {140: tunes[1]}, 0
    again = open_window(asking=asking)
    shown = page(again)
    assert "A run was stopped with 1 of 2 songs left for “ska”:  youtube.com/play" in again.seen()
    again.nothing_cut_off()
    again.press("Alt-g")
    until_ended(again)
    assert states(again) == ["in the set", "skipped"]
    again.press("Alt-a")
    shown.form.limit.set("all")
    begin(again)
    until_ended(again)
    assert states(again) == ["in the set", "skipped", "skipped", "added"]
    folder = data(again).folder
    assert [song.track[-1] for song in read_songs(folder)] == ["0", "3"]


def test_closing_in_mid_run_ends_everything(online: Hands, playlist: FakeYouTube) -> None:
    playlist.videos[IDS[5]].bytes_per_second = 20_000
    begin(online)
    online.until(lambda: run(online).rows and run(online).rows[5].state.value == "downloading")
    online.press("Control-q")
    assert working() == []
    assert multiprocessing.active_children() == []
    assert [song.track[-1] for song in read_songs(data(online).folder)] == ["0"]


def test_a_bot_check_stops_it_and_says_what_helps(online: Hands, playlist: FakeYouTube) -> None:
    playlist.videos[IDS[2]].playability = BOT_CHECK
    begin(online)
    until_ended(online)
    assert states(online) == ["added", "skipped", *["waiting"] * 4]
    seen = online.seen()
    assert "YouTube can't be asked now" in seen
    assert "YouTube wants to be sure that you are no robot. Wait an hour" in seen
    assert "choose it under “Cookies of” on the page Data" in seen
    assert "--cookies" not in seen
    assert str(online.app.store.state.data.failure.log) in seen
    assert "left to do" in seen
    online.app.root.geometry("780x600")
    online.breathe(0.1)
    online.nothing_cut_off()
    online.press("Escape")
    assert "YouTube can't be asked now" not in online.seen()
    del playlist.videos[IDS[2]]  # as if it had been removed
    online.press("Alt-g")
    online.until(lambda: run(online).alive)
    until_ended(online)
    assert states(online) == ["in the set", *["skipped"] * 4, "added"]


def test_what_can_not_be_begun(online: Hands, fake: FakeYouTube) -> None:
    for link, genre, told in (
        ("", "ska", "Give the link of a playlist or video first."),
        (LINK, "", "Give the genre of its songs first."),
        (LINK, "a/b", "The genre 'a/b' holds a character that a name can't have"),
        ("just words", "ska", "This is no link; copy that of a playlist or a video."),
        ("https://vimeo.com/1", "ska", "This can't be opened"),
        ("http://127.0.0.1/watch?v=song-000000", "ska", "This can't be opened"),
        ("file:///etc/passwd", "ska", "This can't be opened"),
    ):
        begin(online, link, genre)
        online.until(lambda told=told: told in online.seen())
        assert fake.asked == []
        online.app.data.controller.put_away()
        online.app.controller.notify("")
    begin(online)
    online.until(lambda: Kind.NO_PLAYLIST.advice in online.seen())
    assert fake.about("/watch") == []


def test_numbers_that_make_no_sense(online: Hands) -> None:
    form = page(online).form
    for field, text, told in (
        (form.limit, "0", "The number of songs must be a whole number from 1 to 1,000,000."),
        (form.limit, "some", "The number of songs must be a whole number from 1 to 1,000,000."),
        (form.excerpts, "21", "The number of excerpts must be a whole number from 1 to 20."),
        (form.longest, "0", "The length in minutes must be a whole number from 1 to 1,440."),
    ):
        before = field.get()
        field.set(text)
        begin(online)
        assert told in online.app.status.notice.full
        assert data(online).collecting is None
        field.set(before)


def test_what_the_form_says_is_done(online: Hands, fake: FakeYouTube, tunes: list[bytes]) -> None:
    for video_id, sound in zip(IDS, tunes, strict=False):
        fake.add(video_id, title=video_id, seconds=SECONDS, audio={140: sound})
    fake.videos[IDS[0]].seconds = 61
    fake.add_playlist(LIST, "Two", IDS[:2])
    form = page(online).form
    form.limit.set("2")
    form.longest.set("1")
    form.keep_audio.set(False)
    begin(online, genre="new wave")
    until_ended(online)
    assert states(online) == ["skipped", "added"]
    (song,) = read_songs(data(online).folder)
    assert (song.genre, song.audio) == ("new wave", None)


def test_it_never_freezes(online: Hands, playlist: FakeYouTube) -> None:
    """A heartbeat of 20 ms is seldom late, and never by seconds, with 120 songs too."""
    ids = [f"long-{number:06}" for number in range(120)]
    for video_id in ids:
        playlist.add(video_id, title="x" * 300, listed_as="private")
    playlist.add_playlist(LIST, "Long", [IDS[0], *ids])
    playlist.page_size = 500
    begin(online)
    root, beats = online.app.root, [time.monotonic()]

    def beat() -> None:
        beats.append(time.monotonic())
        root.after(20, beat)

    beat()
    until_ended(online)
    assert states(online) == ["added", *["skipped"] * 120]
    assert_alive(beats)
