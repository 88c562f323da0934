"""The window as a person uses it, on a virtual screen, with real files, clicks and keys."""

from __future__ import annotations

import json
import threading
import time
import tkinter as tk
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest

from lib.gui.drawing import PLOTS
from lib.gui.plot_tabs import TABS
from lib.gui.state import Phase
from tests.gui.hands import Hands, cut_off


def working() -> list[threading.Thread]:
    return [t for t in threading.enumerate() if t.name.startswith("earmark-job")]


class TestOpening:
    def test_the_empty_window_teaches_the_first_step(self, hands: Hands) -> None:
        seen = hands.seen()
        assert "Drop a song here" in seen
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
        assert f"\n{prediction.genre.capitalize()}\n" in seen
        assert "beats per minute" in seen
        assert hands.app.root.title() == "A short song – Earmark"
        assert [name.lower() for name, _ in hands.app.page.verdict.bars.rows] == list(
            prediction.probabilities
        )

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
        assert "Type or paste the path" in hands.app.status.notice.full

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


class TestDropping:
    """Driven from where tkdnd has received the bytes of another program."""

    def drop(self, hands: Hands, sent: bytes) -> None:
        tk = hands.app.root.tk
        if hands.app.root.tk.call("tk", "windowingsystem") != "x11":
            pytest.skip("the bytes are those of X11's drag and drop")
        over = str(hands.app.page)
        types = ("text/uri-list",)
        numbers = " ".join(hex(byte) for byte in sent)
        data = tk.call("::tkdnd::xdnd::normalise_data", "text/uri-list", numbers)
        x, y = hands.app.page.winfo_rootx() + 50, hands.app.page.winfo_rooty() + 50
        tk.call("::tkdnd::generic::SetDroppedData", data)
        tk.call("::tkdnd::generic::HandleEnter", over, "0x1", types, types, ("copy",), ())
        tk.call("::tkdnd::generic::HandlePosition", over, "0x1", (), x, y)
        assert "Let go" in hands.app.status.notice.full
        assert tk.call("::tkdnd::generic::HandleDrop", over, "0x1", (), x, y, 0) == "copy"

    def test_a_name_with_spaces_and_braces(self, hands: Hands, songs: Path) -> None:
        song = songs / "a song {with} spaces.wav"
        self.drop(hands, song.as_uri().encode() + b"\r\n")
        hands.until_heard()
        assert hands.phase is Phase.HEARD
        assert hands.app.store.state.heard.prediction.source == str(song)
        assert hands.app.status.notice.full == ""

    def test_of_several_the_first_is_heard_and_it_says_so(self, hands: Hands, songs: Path) -> None:
        names = ("short.mp3", "other.flac", "windows.wav")
        self.drop(hands, b"".join((songs / n).as_uri().encode() + b"\r\n" for n in names))
        hands.until_heard()
        assert hands.app.store.state.heard.prediction.title == "A short song"
        assert "first of 3 files" in hands.app.status.notice.full

    def test_leaving_takes_the_invitation_back(self, hands: Hands) -> None:
        tk, over = hands.app.root.tk, str(hands.app.page)
        types = ("text/uri-list",)
        tk.call("::tkdnd::generic::SetDroppedData", "x")
        tk.call("::tkdnd::generic::HandleEnter", over, "0x1", types, types, ("copy",), ())
        tk.call("::tkdnd::generic::HandlePosition", over, "0x1", (), 400, 400)
        assert "Let go" in hands.app.status.notice.full
        tk.call("::tkdnd::generic::HandleLeave")
        assert hands.app.status.notice.full == ""

    def test_without_its_library_the_window_works(
        self, open_window: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch, songs: Path
    ) -> None:
        monkeypatch.setitem(__import__("sys").modules, "tkinterdnd2", None)
        hands = open_window()
        assert "Open a song" in hands.seen()
        assert "Drop" not in hands.seen()
        hands.hear(songs / "short.mp3")
        assert hands.phase is Phase.HEARD


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


class TestFailing:
    def test_a_file_that_is_not_there(self, hands: Hands, tmp_path: Path) -> None:
        hands.hear(tmp_path / "gone.mp3")
        assert hands.phase is Phase.FAILED
        assert "“gone.mp3” can't be heard" in hands.seen()
        assert "no such file" in hands.seen()

    def test_text_that_is_named_like_a_song(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "text.mp3")
        assert "“text.mp3” can't be heard" in hands.seen()
        assert "It is text" in hands.seen()
        assert "Traceback" not in hands.seen()

    def test_a_link(self, hands: Hands) -> None:
        hands.hear("https://example.org/song.mp3")
        assert "This is a link" in hands.seen()

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


class TestPlots:
    def test_every_tab_draws_when_it_is_first_looked_at(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        tabs = hands.app.page.tabs
        for name, plot in tabs.plots.items():
            assert name == "waveform" or plot.request is None
            tabs.chosen = name
            hands.until(lambda plot=plot: plot.request is not None)
            size = (plot.winfo_width(), plot.winfo_height())
            assert (plot._image.width(), plot._image.height()) == size
            rows = range(0, size[1], 7)
            colours = {plot._image.get(x, y) for x in range(0, size[0], 7) for y in rows}
            assert len(colours) > 5, f"{name} is empty"

    def test_resizing_draws_anew_once_it_has_settled(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        plot = hands.app.page.tabs.plots["waveform"]
        hands.until(lambda: plot.request is not None)
        hands.app.root.geometry("900x640")
        hands.until(lambda: plot.request.width == plot.winfo_width() < 900)
        assert plot._image.width() == plot.winfo_width()

    def test_the_theme_redraws_them(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        plot = hands.app.page.tabs.plots["waveform"]
        hands.until(lambda: plot.request is not None)
        assert plot._image.get(2, 2) == (0xFA, 0xFA, 0xFA)
        hands.press("F9")
        hands.until(lambda: plot.request is not None and plot.request.theme == "dark")
        assert plot._image.get(2, 2) == (0x1C, 0x1C, 0x1C)
        assert hands.app.page.verdict.bars.cget("background") == "#1c1c1c"

    def test_the_theme_changed_behind_another_face(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        plot = hands.app.page.tabs.plots["waveform"]
        hands.until(lambda: plot.request is not None)
        hands.hear(songs / "text.mp3")
        hands.click(hands.app.bar.theme_button)
        hands.breathe(0.3)
        hands.press("Escape")
        hands.until(lambda: plot.request is not None and plot.request.theme == "dark")


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
        assert reached[:3] == [bar.hear_button, bar.open_button, bar.theme_button]
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

    def test_enter_presses_the_button_that_has_the_focus(self, hands: Hands) -> None:
        hands.app.bar.theme_button.focus_set()
        hands.press("Return")
        assert hands.app.theme.name == "dark"

    @pytest.mark.parametrize("key", ["F1", "question"])
    def test_the_list_of_keys(self, hands: Hands, key: str) -> None:
        hands.app.bar.theme_button.focus_set()
        hands.press(key)
        assert "Read the result in words" in hands.seen()
        hands.press("Escape")
        assert "Read the result in words" not in hands.seen()
        assert hands.focus() is hands.app.bar.theme_button

    def test_a_question_mark_can_be_typed(self, hands: Hands) -> None:
        hands.type("what?")
        assert hands.app.bar.text.get() == "what?"
        assert not hands.app.keys.shown

    def test_the_focus_follows_when_its_widget_leaves(self, hands: Hands, songs: Path) -> None:
        hands.app.page.welcome.open_button.focus_set()
        hands.app.controller.hear(str(songs / "text.mp3"))
        hands.until_heard()
        assert hands.focus() is hands.app.page.trouble.open_button


class TestLooks:
    @pytest.mark.parametrize("size", ["780x600", "900x640", "1270x980"])
    def test_nothing_is_cut_off(self, hands: Hands, songs: Path, size: str) -> None:
        hands.app.root.geometry(size)
        hands.breathe(0.1)
        assert cut_off(hands.app.root) == []
        hands.hear(songs / "short.mp3")
        for name in TABS:
            hands.app.page.tabs.chosen = name
            hands.breathe(0.05)
            assert cut_off(hands.app.root) == []
        hands.app.keys.show()
        hands.breathe(0.05)
        assert cut_off(hands.app.root) == []
        hands.app.keys.hide()
        hands.hear(songs / "text.mp3")
        assert cut_off(hands.app.root) == []

    def test_it_never_freezes(self, hands: Hands, long_song: Path) -> None:
        """A heartbeat of 20 ms is never late by more than 250 ms, hearing and drawing."""
        root, beats = hands.app.root, [time.monotonic()]

        def beat() -> None:
            beats.append(time.monotonic())
            root.after(20, beat)

        beat()
        hands.app.controller.hear(str(long_song))
        hands.until_heard()
        for name in PLOTS:
            hands.app.page.tabs.chosen = name
            hands.until(lambda name=name: hands.app.page.tabs.plots[name].request is not None)
        lags = [later - earlier - 0.02 for earlier, later in pairwise(beats)]
        assert len(lags) > 50
        assert max(lags) < 0.25


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
