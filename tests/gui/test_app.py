"""The window's life: opened, given a song, cancelled, closed, opened again."""

from __future__ import annotations

import gc
import json
import tkinter as tk
from collections.abc import Callable
from pathlib import Path

import pytest

from lib.genres import written
from lib.gui.state import Phase
from tests.gui.hands import Hands, working


class TestOpening:
    def test_the_empty_window_teaches_the_first_step(self, hands: Hands) -> None:
        seen = hands.seen()
        assert "Drop a song or a link here" in seen
        assert "Ctrl+O" in seen
        assert "blues, classical, country" in seen
        assert hands.focus() is hands.app.bar.entry

    def test_how_good_the_model_is_can_be_read(self, hands: Hands) -> None:
        assert (
            "Model tiny: right for about 53 (48 to 58) of 100 songs by artists it never heard"
            in hands.seen()
        )

    def test_a_file_given_at_the_start_is_heard_at_once(
        self, open_window: Callable[..., Hands], songs: Path
    ) -> None:
        hands = open_window(str(songs / "short.mp3"))
        hands.until_heard()
        assert hands.phase is Phase.HEARD
        assert hands.app.bar.text.get() == str(songs / "short.mp3")

    def test_a_model_that_is_not_there_is_said_at_once(
        self, open_window: Callable[..., Hands], tmp_path: Path
    ) -> None:
        hands = open_window(model=tmp_path / "nothing")
        hands.until(lambda: hands.phase is Phase.FAILED)
        assert "The model can't be used" in hands.seen()
        assert str(tmp_path / "nothing") in hands.seen()


class TestGivingASong:
    def test_entry_and_enter(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        prediction = hands.app.store.state.heard.prediction
        seen = hands.seen()
        assert "A short song\nThe Synthesisers   ·   0:08   ·   " in seen
        assert f"\n{written(prediction.genre)}\n" in seen
        assert "beats per minute" in seen
        assert hands.app.root.title() == "A short song – Earmark"
        assert [name for name, _ in hands.app.page.verdict.bars.rows] == [
            written(genre) for genre in prediction.probabilities
        ]

    def test_the_hear_button(self, hands: Hands, songs: Path) -> None:
        hands.app.bar.text.set(str(songs / "other.flac"))
        hands.click(hands.app.bar.hear_button)
        hands.until_heard()
        assert "other" in hands.seen()

    @pytest.mark.parametrize("way", ["button", "Control-o", "Alt-o", "welcome"])
    def test_open(self, open_window: Callable[..., Hands], songs: Path, way: str) -> None:
        asked = []

        def choose(_parent: object, folder: str, _suffixes: object) -> str:
            asked.append(folder)
            return str(songs / "short.mp3")

        hands = open_window(choose=choose)
        if way == "button":
            hands.click(hands.app.bar.open_button)
        elif way == "welcome":
            hands.click(hands.app.page.welcome.open_button)
        else:
            hands.press(way)
        hands.until_heard()
        assert hands.phase is Phase.HEARD
        hands.press("Control-o")
        assert asked == ["", str(songs)]  # the second time where the first song was

    def test_no_choice_changes_nothing(self, open_window: Callable[..., Hands]) -> None:
        hands = open_window(choose=lambda *_: "")
        before = hands.phase
        hands.press("Control-o")
        assert hands.phase is before

    def test_enter_in_an_empty_line_says_what_to_do(self, hands: Hands) -> None:
        hands.press("Return")
        assert hands.phase is Phase.EMPTY
        assert "Type or paste a path, a link" in hands.app.status.notice.full

    def test_a_second_song_replaces_the_first_while_that_is_heard(
        self, hands: Hands, songs: Path, long_song: Path
    ) -> None:
        hands.app.controller.hear(str(long_song))
        hands.until(lambda: hands.app.store.state.fraction)
        hands.hear(songs / "short.mp3")
        hands.until(lambda: not working())
        hands.breathe(0.2)  # whatever the first still had to say has arrived by now
        assert hands.app.store.state.heard.prediction.title == "A short song"
        assert hands.phase is Phase.HEARD

    def test_of_a_long_song_the_middle_may_be_enough(
        self, hands: Hands, songs: Path, long_song: Path
    ) -> None:
        hands.app.controller.hear(str(long_song))
        hands.until(lambda: (about := hands.app.store.state.about) and about.long)
        hands.press("Alt-m")
        assert not hands.app.page.working.hurry_button.winfo_viewable()
        hands.until_heard()
        heard = hands.app.store.state.heard
        assert [round(window.start) for window in heard.prediction.windows] == [345]
        assert round(heard.prediction.seconds) == 720
        assert heard.overview.times[[0, -1]].round().tolist() == [345, 375]
        assert hands.app.status.notice.full == "Only the 30 s in its middle are heard."
        hands.hear(songs / "short.mp3")
        assert hands.app.status.notice.full == ""


class TestCancelling:
    @pytest.mark.parametrize("way", ["button", "Escape", "Alt-c"])
    def test_in_mid_work(self, hands: Hands, long_song: Path, way: str) -> None:
        hands.app.controller.hear(str(long_song))
        hands.until(lambda: hands.app.store.state.fraction)
        assert "Listening" in hands.seen()
        assert "long.wav" in hands.seen()
        if way == "button":
            hands.click(hands.app.page.working.cancel_button)
        else:
            hands.press(way)
        assert hands.phase is Phase.EMPTY
        assert hands.app.status.notice.full == "Stopped hearing “long.wav”."
        hands.until(lambda: not working(), seconds=5)
        hands.breathe(0.1)
        assert hands.phase is Phase.EMPTY

    def test_the_result_from_before_shows_again(
        self, hands: Hands, songs: Path, long_song: Path
    ) -> None:
        hands.hear(songs / "short.mp3")
        hands.app.controller.hear(str(long_song))
        hands.until(lambda: hands.app.store.state.fraction)
        hands.press("Escape")
        assert hands.phase is Phase.HEARD
        assert "A short song" in hands.seen()
        assert hands.app.bar.text.get() == str(songs / "short.mp3")


class TestClosing:
    def test_under_an_open_dialog(self, open_window: Callable[..., Hands]) -> None:
        def close_instead(parent: tk.Tk, *_: object) -> str:
            parent.tk.eval(parent.protocol("WM_DELETE_WINDOW"))
            return "/some/song.mp3"

        hands = open_window(choose=close_instead)
        hands.app.bar.open_button.invoke()
        assert hands.phase is Phase.EMPTY
        with pytest.raises(tk.TclError, match="destroyed"):
            hands.app.root.winfo_exists()

    def test_in_mid_work_ends_the_threads(
        self, open_window: Callable[..., Hands], long_song: Path
    ) -> None:
        hands = open_window(str(long_song))
        hands.until(lambda: hands.app.store.state.fraction)
        hands.press("Control-q")
        assert working() == []


class TestRemembering:
    def test_size_place_theme_and_tab(self, open_window: Callable[..., Hands]) -> None:
        hands = open_window()
        hands.app.root.geometry("901x655+37+41")
        hands.press("F9")
        hands.app.page.tabs.chosen = "chromagram"
        hands.breathe(0.1)
        hands.app.close()
        again = open_window()
        again.breathe(0.1)
        assert again.app.root.geometry() == "901x655+37+41"
        assert again.app.theme.name == "dark"
        assert again.app.page.tabs.chosen == "chromagram"

    @pytest.mark.parametrize("text", ["", "{", "[1, 2]", '{"width": "wide", "theme": 7}', "\x00"])
    def test_a_broken_file_is_ignored(
        self, open_window: Callable[..., Hands], home: Path, text: str
    ) -> None:
        (home / "config").mkdir(parents=True)
        (home / "config" / "window.json").write_text(text)
        hands = open_window()
        hands.app.root.update()
        assert hands.app.theme.name == "light"
        hands.app.close()
        assert json.loads((home / "config" / "window.json").read_text())["theme"] == "light"

    def test_a_place_off_the_screen_is_corrected(
        self, open_window: Callable[..., Hands], home: Path
    ) -> None:
        (home / "config").mkdir(parents=True)
        values = {"width": 800, "height": 640, "x": 9_000, "y": -500}
        (home / "config" / "window.json").write_text(json.dumps(values))
        root = open_window().app.root
        root.update()
        assert 0 <= root.winfo_x() <= root.winfo_screenwidth() - 800
        assert root.winfo_y() >= 0


def test_what_was_loaded_is_not_looked_through_for_garbage(
    open_window: Callable[..., Hands],
) -> None:
    hands = open_window()
    hands.until(lambda: gc.get_freeze_count() > 100_000)
    hands.app.close()
    assert gc.get_freeze_count() == 0
