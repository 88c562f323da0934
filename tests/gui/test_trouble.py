"""What the window says when something goes wrong."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from lib.gui.state import Phase
from tests.gui.hands import Hands


class TestFailing:
    def test_a_file_that_is_not_there(self, hands: Hands, tmp_path: Path) -> None:
        hands.hear(tmp_path / "gone.mp3")
        assert hands.phase is Phase.FAILED
        assert "“gone.mp3” can't be heard" in hands.seen()
        assert "There is no such file" in hands.seen()

    def test_text_that_is_named_like_a_song(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "text.mp3")
        assert "“text.mp3” can't be heard" in hands.seen()
        assert "It is text" in hands.seen()
        assert "Traceback" not in hands.seen()

    def test_a_link_to_another_site(self, hands: Hands) -> None:
        hands.hear("https://example.org/song.mp3")
        assert "This can't be opened" in hands.seen()
        assert "Earmark opens links of YouTube only, and example.org is not" in hands.seen()

    def test_the_message_can_be_copied_and_put_away(
        self, hands: Hands, songs: Path, tmp_path: Path
    ) -> None:
        hands.hear(songs / "short.mp3")
        hands.hear(tmp_path / "gone.mp3")
        hands.app.page.trouble.copy()
        assert hands.app.root.clipboard_get().startswith("“gone.mp3” can't be heard\n")
        hands.press("Escape")
        assert hands.phase is Phase.HEARD
        assert "A short song" in hands.seen()

    def test_what_nobody_expected_goes_to_the_log_that_is_named(
        self, open_window: Callable[..., Hands], home: Path
    ) -> None:
        hands = open_window()
        report = type(hands.app)._report.__get__(hands.app)
        hands.app.root.report_callback_exception = report
        hands.app.root.after(0, lambda: list[int]()[1])
        hands.until(lambda: hands.phase is Phase.FAILED)
        log = home / "log" / "earmark.log"
        assert "Something went wrong" in hands.seen()
        assert str(log) in hands.seen()
        assert "IndexError" not in hands.seen()
        assert "IndexError: list index out of range" in log.read_text()
        assert "Traceback" in log.read_text()


def test_of_a_folder_it_says_where_that_is_heard(hands: Hands, songs: Path) -> None:
    hands.hear(songs)
    assert "or hear the whole folder on the page Library (Alt+I)." in hands.seen()
