"""The window driven and read by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.gui.plot_tabs import TABS
from tests.gui.hands import Hands


class TestKeyboard:
    def test_from_the_empty_window_to_the_result_in_words(
        self, hands: Hands, tmp_path: Path, songs: Path
    ) -> None:
        song = tmp_path / "song.mp3"
        song.write_bytes((songs / "short.mp3").read_bytes())
        hands.type(str(song))
        assert hands.app.bar.text.get() == str(song)
        hands.press("Return")
        hands.until_heard()
        hands.press("Control-r")
        assert hands.focus() is hands.app.page.tabs.words.text
        genre = hands.app.store.state.heard.prediction.genre
        text = hands.app.page.tabs.words.text
        assert genre in text.get("1.0", "2.0")
        assert "Length  0:08" in text.get("1.0", "end")
        for key in ("x", "Return", "BackSpace", "Control-d", "Control-k", "<Paste>"):
            before = text.get("1.0", "end")
            hands.press(key)
            assert text.get("1.0", "end") == before, f"{key} changes what is to be read"
        hands.press("Down")
        assert text.index("insert") == "2.0"
        hands.press("Control-slash")  # select all
        hands.press("Control-c")
        assert "Every genre, likeliest first" in hands.app.root.clipboard_get()

    def test_tab_reaches_everything_and_comes_round(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        start = hands.focus()
        reached = []
        for _ in range(20):
            hands.press("Tab")
            if hands.focus() is start:
                break
            reached.append(hands.focus())
        bar = hands.app.bar
        assert reached[:3] == [bar.hear_button, bar.open_button, hands.app.header.theme_button]
        assert hands.app.page.tabs in reached
        assert hands.focus() is start, "Tab never comes back to the entry line"

    def test_tab_leaves_the_words(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        hands.press("Control-r")
        hands.press("Tab")
        assert hands.focus() is not hands.app.page.tabs.words.text

    def test_control_tab_and_numbers_choose_tabs(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        tabs = hands.app.page.tabs
        seen = [tabs.chosen]
        for _ in TABS[1:]:
            hands.press("Control-Tab")
            seen.append(tabs.chosen)
        assert seen == list(TABS)
        hands.press("Control-Key-3")
        assert tabs.chosen == "mfcc"

    def test_control_l_selects_the_line(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        hands.press("Control-Key-1")
        hands.press("Control-l")
        assert hands.focus() is hands.app.bar.entry
        assert hands.app.bar.entry.selection_get() == str(songs / "short.mp3")

    def test_control_a_selects_all_of_any_line(self, hands: Hands) -> None:
        hands.press("Control-comma")
        hands.app.comfort.preferences.minutes.focus_force()
        hands.press("Control-a")
        assert hands.app.comfort.preferences.minutes.selection_get() == "60"
        hands.press("Escape")
        hands.press("Alt-i")
        for entry in (hands.app.library.bar.entry, hands.app.library.page.songs.entry):
            entry.focus_force()
            entry.insert(0, "a word")
            hands.press("Control-a")
            assert entry.selection_get() == "a word"

    def test_enter_presses_the_button_that_has_the_focus(self, hands: Hands) -> None:
        hands.app.header.theme_button.focus_set()
        hands.press("Return")
        assert hands.app.theme.name == "dark"

    @pytest.mark.parametrize("key", ["F1", "question"])
    def test_the_list_of_keys(self, hands: Hands, key: str) -> None:
        hands.app.header.theme_button.focus_set()
        hands.press(key)
        assert "Read the result in words" in hands.seen()
        hands.press("Escape")
        assert "Read the result in words" not in hands.seen()
        assert hands.focus() is hands.app.header.theme_button

    def test_a_question_mark_can_be_typed(self, hands: Hands) -> None:
        hands.type("what?")
        assert hands.app.bar.text.get() == "what?"
        assert not hands.app.comfort.keys.shown

    def test_the_focus_follows_when_its_widget_leaves(self, hands: Hands, songs: Path) -> None:
        hands.app.page.welcome.open_button.focus_set()
        hands.app.controller.hear(str(songs / "text.mp3"))
        hands.until_heard()
        assert hands.focus() is hands.app.page.trouble.open_button
