"""Playlists in the window, through the real yt-dlp and the stand-in for YouTube."""

from __future__ import annotations

import time

import pytest

from lib.gui.failures import in_the_window
from lib.gui.state import Phase
from lib.youtube import Kind
from tests.gui.hands import Hands, assert_alive, working
from tests.gui.test_links import give
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import BOT_CHECK, REMOVED

LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"
LINK = f"https://www.youtube.com/playlist?list={LIST}"
IDS = [f"song-{number:06}" for number in range(6)]


@pytest.fixture
def playlist(fake: FakeYouTube, sound: bytes) -> FakeYouTube:
    """Fill the stand-in with a playlist of six, of which three can't be heard."""
    for number, video_id in enumerate(IDS):
        fake.add(video_id, title=f"Song {number}", channel="C", seconds=6, audio={140: sound})
    fake.add(IDS[1], listed_as="private")
    fake.add(IDS[3], title="Long", seconds=7_200, audio={140: sound})
    fake.add(IDS[4], title="Gone", playability=REMOVED)
    fake.add_playlist(LIST, "Six \u202esongs", IDS)
    return fake


def table(hands: Hands) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    widget = hands.app.page.playlist.table
    return [tuple(map(str, widget.item(row, "values"))) for row in widget.get_children()]


def until_done(hands: Hands) -> None:
    hands.until(lambda: hands.app.store.state.run is not None)
    hands.until(lambda: not hands.app.store.state.run.running)


def choose(hands: Hands, number: int) -> None:
    """Choose a row of the table and press Enter."""
    widget = hands.app.page.playlist.table
    widget.focus_force()
    widget.focus(str(number))
    widget.selection_set(str(number))
    hands.press("Return")


def test_a_table_that_fills_with_genres_and_reasons(online: Hands, playlist: FakeYouTube) -> None:
    give(online, LINK)
    online.until(lambda: online.phase is Phase.PLAYLIST)
    assert len(table(online)) == 6
    online.nothing_cut_off()
    until_done(online)
    rows = table(online)
    assert [row[0] for row in rows] == [
        "Song 0", "[Private video]", "Song 2", "Long", "Gone", "Song 5",
    ]  # fmt: skip
    assert [row[3] for row in rows if row[2] == "–"] == ["private", "too long", "removed"]
    assert [row[1] for row in rows if row[2] != "–"] == ["0:06"] * 3
    assert all(row[3].endswith(" %") for row in rows if row[2] != "–")
    seen = online.seen()
    assert "Six songs" in seen
    assert "3 of 6 heard, 3 could not be." in seen
    assert "Cancel" not in seen


def test_a_row_opens_its_result_and_leads_back(online: Hands, playlist: FakeYouTube) -> None:
    give(online, LINK)
    until_done(online)
    asked = len(playlist.asked)
    choose(online, 2)
    online.until_heard()
    assert online.app.store.state.heard.prediction.title == "Song 2"
    assert "‹  Six songs" in online.seen()
    plot = online.app.page.tabs.plots["waveform"]
    online.until(lambda: plot.request is not None)
    assert {question.host for question in playlist.asked[asked:]} <= {"i.ytimg.com"}
    online.press("Escape")
    assert online.phase is Phase.PLAYLIST
    assert online.focus() is online.app.page.playlist.table


def test_a_failed_row_says_why_and_may_be_heard_all_the_same(
    online: Hands, playlist: FakeYouTube
) -> None:
    give(online, LINK)
    until_done(online)
    choose(online, 4)
    assert online.phase is Phase.FAILED
    assert Kind.REMOVED.advice in online.seen()
    online.press("Escape")
    choose(online, 3)
    online.click(online.app.page.trouble.insist_button)
    online.until_heard()
    assert online.phase is Phase.HEARD
    online.click(online.app.page.back_button)
    assert table(online)[3][3].endswith(" %")


def test_cancel_keeps_what_is_there(online: Hands, playlist: FakeYouTube) -> None:
    playlist.videos[IDS[2]].bytes_per_second = 20_000
    give(online, LINK)
    online.until(
        lambda: online.app.store.state.run and len(online.app.store.state.run.outcomes) == 2
    )
    online.click(online.app.page.playlist.cancel_button)
    online.until(lambda: not working(), seconds=3)
    assert online.phase is Phase.PLAYLIST
    rows = table(online)
    assert rows[0][3].endswith(" %")
    assert rows[1][3] == "private"
    assert rows[2][2:] == ("", "")
    assert "1 of 6 heard, 1 could not be, 4 not asked for." in online.seen()
    choose(online, 5)
    assert online.app.status.notice.full == "This song has not been heard yet."


def test_it_goes_on_while_a_song_of_it_is_looked_at(online: Hands, playlist: FakeYouTube) -> None:
    playlist.videos[IDS[2]].bytes_per_second = 60_000
    give(online, LINK)
    online.until(lambda: online.app.store.state.run and online.app.store.state.run.outcomes)
    choose(online, 0)
    online.until_heard()
    assert online.app.store.state.run.running
    until_done(online)
    assert online.phase is Phase.HEARD
    online.press("Escape")
    assert "3 of 6 heard" in online.seen()


def test_a_bot_check_ends_it_and_says_what_helps(online: Hands, playlist: FakeYouTube) -> None:
    playlist.videos[IDS[2]].playability = BOT_CHECK
    give(online, LINK)
    until_done(online)
    line = online.app.page.playlist.step.full
    assert "1 of 6 heard, 2 could not be, 3 not asked for." in line
    assert in_the_window(Kind.BOT_CHECK.advice) in line


def test_it_never_freezes(online: Hands, playlist: FakeYouTube) -> None:
    """A heartbeat of 20 ms goes on, with a list of 500 songs too."""
    ids = [f"long-{number:06}" for number in range(500)]
    for number, video_id in enumerate(ids):
        playlist.add(video_id, title="x" * 10_000, listed_as="private" if number > 3 else "")
    playlist.add_playlist(LIST, "Long", ids)
    playlist.page_size = 500
    root, beats = online.app.root, [time.monotonic()]

    def beat() -> None:
        beats.append(time.monotonic())
        root.after(20, beat)

    beat()
    give(online, LINK)
    until_done(online)
    assert len(online.app.store.state.run.outcomes) == 500
    assert_alive(beats)


def test_no_such_playlist(online: Hands, fake: FakeYouTube) -> None:
    give(online, LINK)
    online.until_heard()
    assert "This playlist can't be heard" in online.seen()
    assert Kind.NO_PLAYLIST.advice in online.seen()
