"""Links and words in the window, through the real yt-dlp and the stand-in for YouTube."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.genres import written
from lib.gui import Asking
from lib.gui.failures import in_the_window
from lib.gui.state import Phase
from lib.youtube import Kind
from tests.gui.hands import Hands, working
from tests.youtube.fake_youtube import FakeYouTube
from tests.youtube.videos import AGE_RESTRICTED, BOT_CHECK, PRIVATE, REMOVED

ID = "dQw4w9WgXcQ"
LINK = f"https://www.youtube.com/watch?v={ID}"
IDS = [f"found-{number:05}" for number in range(4)]


def give(hands: Hands, text: str) -> None:
    """Paste a text into the entry line and press Enter."""
    entry = hands.app.bar.entry
    hands.app.root.clipboard_clear()
    hands.app.root.clipboard_append(text)
    entry.focus_force()
    entry.delete(0, "end")
    entry.event_generate("<<Paste>>")
    hands.press("Return")


class TestLinks:
    @pytest.mark.parametrize(
        "text", [f"youtu.be/{ID}?t=43", f"https://music.youtube.com/watch?v={ID}&list=RDAMVM"]
    )
    def test_a_pasted_link_becomes_a_genre(
        self, online: Hands, fake: FakeYouTube, sound: bytes, text: str
    ) -> None:
        fake.add(ID, title="A \u202esong", channel="A channel", seconds=6, audio={140: sound})
        give(online, text)
        online.until_heard()
        seen = online.seen()
        assert online.phase is Phase.HEARD, online.app.store.state.failure
        prediction = online.app.store.state.heard.prediction
        assert f"\n{written(prediction.genre)}\n" in seen
        assert "A song\nA channel\n0:06   ·   " in seen
        assert "Open in browser\nCopy link" in seen
        online.until(lambda: online.app.page.verdict.cover.image is not None)
        assert f"Link    {LINK}" in online.app.page.tabs.words.text.get("1.0", "end")
        online.nothing_cut_off()

    def test_the_second_time_asks_nobody(
        self, online: Hands, fake: FakeYouTube, sound: bytes
    ) -> None:
        fake.add(ID, audio={140: sound})
        give(online, LINK)
        online.until_heard()
        online.until(lambda: online.app.page.verdict.cover.image is not None)
        asked = len(fake.asked)
        online.app.controller.hear(LINK)
        begin = time.monotonic()
        online.until_heard()
        assert time.monotonic() - begin < 10.0
        assert len(fake.asked) == asked

    def test_a_file_after_a_video_shows_no_picture(
        self, online: Hands, fake: FakeYouTube, sound: bytes, songs: Path
    ) -> None:
        fake.add(ID, audio={140: sound})
        give(online, LINK)
        online.until_heard()
        online.hear(songs / "short.mp3")
        assert not online.app.page.verdict.cover.winfo_viewable()
        assert "Copy link" not in online.seen()
        assert "File    " in online.app.page.tabs.words.text.get("1.0", "end")

    @pytest.mark.parametrize("way", ["button", "Escape"])
    def test_cancel_in_mid_download(
        self, online: Hands, fake: FakeYouTube, sound: bytes, way: str
    ) -> None:
        fake.add(ID, audio={140: sound}, bytes_per_second=10_000)
        give(online, LINK)
        online.until(lambda: (online.app.store.state.fraction or 0) > 0.1)
        assert " of 0.1 MB, " in online.seen()
        assert "s left" in online.seen()
        begin = time.monotonic()
        if way == "button":
            online.click(online.app.page.working.cancel_button)
        else:
            online.press(way)
        assert online.phase is Phase.EMPTY
        online.until(lambda: not working(), seconds=10)
        assert time.monotonic() - begin < 4.0
        assert f"Stopped hearing “{LINK}”." in online.app.status.notice.full

    def test_the_link_can_be_opened_and_copied(
        self, open_window: Callable[..., Hands], fake: FakeYouTube, sound: bytes
    ) -> None:
        opened: list[str] = []
        hands = open_window(
            asking=Asking(network=fake.network()), browse=lambda link: not opened.append(link)
        )
        fake.add(ID, audio={140: sound})
        give(hands, LINK)
        hands.until_heard()
        hands.click(hands.app.page.verdict.browse_button)
        hands.until(lambda: opened == [LINK])
        hands.click(hands.app.page.verdict.copy_button)
        assert hands.app.root.clipboard_get() == LINK
        hands.app.deeds.clipboard.look()
        assert hands.app.store.state.offer == ""

    def test_without_a_browser_it_says_so(self, online: Hands) -> None:
        online.app.controller.browse(LINK)
        online.until(lambda: "No browser could be opened" in online.app.status.notice.full)


class TestRefusals:
    @pytest.mark.parametrize(
        ("playability", "kind"),
        [
            (PRIVATE, Kind.PRIVATE),
            (REMOVED, Kind.REMOVED),
            (AGE_RESTRICTED, Kind.AGE_RESTRICTED),
            (BOT_CHECK, Kind.BOT_CHECK),
        ],
    )
    def test_each_has_its_sentence_its_advice_and_the_log(
        self, online: Hands, fake: FakeYouTube, home: Path, playability: dict, kind: Kind
    ) -> None:
        fake.add(ID, playability=playability)
        give(online, LINK)
        online.until_heard()
        seen = online.seen()
        assert kind.sentence[1:] in seen
        assert in_the_window(kind.advice) in seen
        assert LINK in seen
        log = home / "log" / "youtube.log"
        assert str(log) in seen
        assert ID in log.read_text()
        assert "Traceback" not in seen
        online.nothing_cut_off()

    def test_too_long_can_be_heard_all_the_same(
        self, online: Hands, fake: FakeYouTube, sound: bytes
    ) -> None:
        fake.add(ID, seconds=7_200, audio={140: sound})
        give(online, LINK)
        online.until_heard()
        assert "It is 2:00:00 long, and the limit is 1:00:00." in online.seen()
        assert "Or hear this one all the same." in online.seen()
        assert "--longest" not in online.seen()
        online.click(online.app.page.trouble.insist_button)
        online.until_heard()
        assert online.phase is Phase.HEARD

    def test_other_failures_have_no_such_button(self, online: Hands, tmp_path: Path) -> None:
        online.hear(tmp_path / "gone.mp3")
        assert not online.app.page.trouble.insist_button.winfo_viewable()


class TestWords:
    def search(self, hands: Hands, fake: FakeYouTube, sound: bytes) -> None:
        titles = ("One", "<b>Two</b>\x07", "x" * 10_000, "Four")
        for video_id, title in zip(IDS, titles, strict=True):
            fake.add(video_id, title=title, channel="Someone", seconds=65, audio={140: sound})
        fake.add_search("a song", IDS)
        give(hands, "a song")
        hands.until(lambda: hands.phase is Phase.CHOOSING)

    @pytest.mark.parametrize("keys", [["Key-2"], ["Down", "Return"], ["End", "Up", "Up", "space"]])
    def test_picked_by_keyboard(
        self, online: Hands, fake: FakeYouTube, sound: bytes, keys: list[str]
    ) -> None:
        self.search(online, fake, sound)
        assert "Results for “a song”" in online.seen()
        assert "<b>Two</b>\nSomeone\n1:05" in online.seen()
        online.nothing_cut_off()
        for key in keys:
            online.press(key)
        online.until_heard()
        assert online.app.store.state.heard.prediction.video.id == IDS[1]
        assert online.app.bar.text.get() == "a song"

    def test_picked_by_mouse_and_back_to_the_list(
        self, online: Hands, fake: FakeYouTube, sound: bytes
    ) -> None:
        self.search(online, fake, sound)
        row = online.app.page.results.rows[0]
        row.event_generate("<ButtonPress-1>", x=5, y=5)
        row.event_generate("<ButtonRelease-1>", x=5, y=-30)  # somewhere else
        assert online.phase is Phase.CHOOSING
        online.click(row)
        assert online.phase is Phase.HEARING
        online.until_heard()
        assert online.app.store.state.heard.prediction.title == "One"
        online.click(online.app.page.back_button)
        assert online.phase is Phase.CHOOSING
        assert online.focus() is row
        online.press("Key-4")
        online.until_heard()
        assert online.app.store.state.heard.prediction.title == "Four"
        online.press("Escape")
        assert online.phase is Phase.CHOOSING

    def test_a_digit_can_be_typed_while_results_stand(
        self, online: Hands, fake: FakeYouTube, sound: bytes
    ) -> None:
        self.search(online, fake, sound)
        online.press("Control-l")
        online.type("1")
        assert online.phase is Phase.CHOOSING
        assert online.app.bar.text.get() == "1"

    def test_nothing_found(self, online: Hands) -> None:
        give(online, "no such song")
        online.until_heard()
        assert "Nothing was found" in online.seen()
        assert Kind.NO_RESULTS.advice in online.seen()


class TestClipboard:
    def focus(self, hands: Hands, text: str) -> None:
        hands.app.root.clipboard_clear()
        hands.app.root.clipboard_append(text)
        hands.app.root.event_generate("<FocusIn>")
        hands.breathe(0.3)

    def test_a_new_link_is_offered_and_heard_when_wanted(
        self, online: Hands, fake: FakeYouTube, sound: bytes
    ) -> None:
        fake.add(ID, audio={140: sound})
        self.focus(online, f" https://youtu.be/{ID}?si=x ")
        assert f"youtube.com/watch?v={ID}" in online.seen()
        online.nothing_cut_off()
        assert fake.asked == []
        online.click(online.app.offer.take_button)
        online.until_heard()
        assert online.phase is Phase.HEARD
        assert "Hear this link" not in online.seen()

    def test_put_away_it_is_not_offered_again(self, online: Hands) -> None:
        self.focus(online, LINK)
        online.click(online.app.offer.dismiss_button)
        assert "Hear this link" not in online.seen()
        height = online.app.page.winfo_height()
        self.focus(online, LINK)
        assert "Hear this link" not in online.seen()
        assert online.app.page.winfo_height() == height

    def test_an_offer_goes_with_its_link(self, online: Hands) -> None:
        self.focus(online, LINK)
        assert "Hear this link" in online.seen()
        self.focus(online, "something else")
        assert "Hear this link" not in online.seen()

    @pytest.mark.parametrize(
        "text", ["secret", f"see {LINK}", "https://vimeo.com/1", "https://youtube.com/@channel",
                 "youtube" * 100, ""],
    )  # fmt: skip
    def test_anything_else_is_left_alone(self, online: Hands, text: str) -> None:
        self.focus(online, text)
        assert online.app.store.state.offer == ""

    def test_what_was_given_is_not_offered(
        self, online: Hands, fake: FakeYouTube, sound: bytes
    ) -> None:
        fake.add(ID, audio={140: sound})
        give(online, f"youtu.be/{ID}")
        self.focus(online, f"youtu.be/{ID}")
        assert online.app.store.state.offer == ""
        online.until_heard()
