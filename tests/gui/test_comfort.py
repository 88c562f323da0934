"""The menu, the settings, songs heard lately, and results taken along."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from tkinter import ttk

import pytest

import lib
from lib.gui import Asking
from lib.gui.state import Phase
from lib.wording import percent
from lib.youtube import Limits
from tests.gui.hands import Hands


def kept(home: Path) -> dict[str, object]:
    """Return the settings as their file has them now."""
    return json.loads((home / "config" / "window.json").read_text(encoding="utf-8"))


def choose(hands: Hands, box: ttk.Combobox, value: str) -> None:
    """Choose from a list by keyboard, as the arrow keys do."""
    assert value in box.cget("values")
    box.focus_force()
    box.set(value)
    box.event_generate("<<ComboboxSelected>>")
    hands.app.root.update()


class TestHeardLately:
    def test_songs_are_kept_at_once_and_heard_again_by_keyboard(
        self, hands: Hands, songs: Path, home: Path, open_window: Callable[..., Hands]
    ) -> None:
        hands.hear(songs / "short.mp3")
        hands.hear(songs / "other.flac")
        hands.hear(songs / "text.mp3")  # no song, so nothing to remember
        titles = [song["title"] for song in kept(home)["recent"]]
        assert titles == ["other", "The Synthesisers – A short song"]
        hands.app.close()
        later = open_window()
        later.until(lambda: later.app.store.state.model is not None)
        later.app.bar.entry.focus_force()
        later.press("Down")
        menu = later.app.comfort.menu.songs
        assert menu.winfo_ismapped()
        assert menu.entrycget(1, "label") == "The Synthesisers – A short song"
        menu.event_generate("<Escape>")
        later.until(lambda: not menu.winfo_ismapped())
        menu.invoke(1)
        later.until_heard()
        assert later.app.store.state.heard.prediction.title == "A short song"
        assert [song.title for song in later.app.comfort._keeping.settings().recent] == [
            "The Synthesisers – A short song", "other",
        ]  # fmt: skip

    def test_a_new_window_has_none(self, hands: Hands) -> None:
        hands.press("Control-h")
        assert not hands.app.comfort.menu.songs.winfo_ismapped()
        hands.press("F10")
        assert hands.app.comfort.menu.menu.entrycget(0, "state") == "disabled"
        hands.app.comfort.menu.menu.unpost()


class TestResult:
    def test_it_is_copied_as_text(self, hands: Hands, songs: Path) -> None:
        hands.press("Control-Shift-C")
        assert "no result" in hands.app.status.notice.full
        hands.hear(songs / "short.mp3")
        hands.press("Control-Shift-C")
        text = hands.app.root.clipboard_get()
        assert "A short song by The Synthesisers" in text
        assert percent(hands.app.store.state.heard.prediction.confidence) in text

    def test_it_can_be_dragged_out(self, hands: Hands, songs: Path) -> None:
        hands.hear(songs / "short.mp3")
        verdict = hands.app.page.verdict.genre
        script = str(hands.app.root.tk.call("bind", str(verdict), "<<DragInitCmd>>"))
        # As tkdnd does it where the pointer has moved far enough: it fills in the event's fields.
        told = hands.app.root.tk.eval(re.sub(r"%\w+|%#", "0", script))
        action, _kind, text = hands.app.root.tk.splitlist(told)
        assert action == "copy"
        assert "A short song" in text


class TestSettings:
    def test_each_takes_effect_and_is_kept_at_once(
        self, hands: Hands, songs: Path, home: Path
    ) -> None:
        hands.hear(songs / "short.mp3")
        first = hands.app.store.state.heard
        hands.press("Control-comma")
        sheet = hands.app.comfort.preferences
        choose(hands, sheet.theme_box, "dark")
        assert hands.app.theme.name == "dark"
        choose(hands, sheet.numbers_box, "61,4\N{NO-BREAK SPACE}%   1.200")
        hands.until(lambda: hands.phase is Phase.HEARD and hands.app.store.state.heard != first)
        assert "\N{NO-BREAK SPACE}%" in hands.app.page.verdict.confidence.full
        assert "60\N{NO-BREAK SPACE}%" in sheet.unsure_box.cget("values")
        choose(hands, sheet.browser_box, "firefox")
        assert hands.app.lines.browser == "firefox"
        sheet.minutes.delete(0, "end")
        sheet.minutes.insert(0, "90")
        sheet.minutes.focus_force()
        hands.press("Return")
        assert hands.app.lines.asking.limits == Limits(longest=5400.0)
        now = kept(home)
        assert (now["theme"], now["numbers"], now["browser"], now["longest"]) == (
            "dark", "german", "firefox", 90,
        )  # fmt: skip
        hands.press("Escape")
        assert not sheet.shown

    def test_a_number_that_is_none_is_put_back(self, hands: Hands) -> None:
        hands.press("Control-comma")
        entry = hands.app.comfort.preferences.megabytes
        for wrong in ("many", "-3", "0", "1e9", ""):
            entry.delete(0, "end")
            entry.insert(0, wrong)
            entry.focus_force()
            hands.press("Return")
            assert entry.get() == "200"
            assert f"“{wrong}” is not from 1 to 100,000." in hands.seen()
        hands.press("Return")
        assert "is not from 1" not in hands.seen()

    def test_limits_of_the_command_line_count_for_more_than_remembered_ones(
        self, home: Path, open_window: Callable[..., Hands]
    ) -> None:
        (home / "config").mkdir(parents=True)
        (home / "config" / "window.json").write_text('{"longest": 5, "largest": 7}')
        given = open_window(asking=Asking(limits=Limits(longest=60.0)))
        assert given.app.lines.asking.limits == Limits(longest=60.0)
        usual = open_window(asking=Asking(limits=Limits()))
        assert usual.app.lines.asking.limits == Limits(longest=300.0, largest=7_000_000)

    def test_another_folder_for_data_sets_is_used_from_then_on(
        self, home: Path, tmp_path: Path, open_window: Callable[..., Hands]
    ) -> None:
        sets = tmp_path / "my sets"
        first = open_window(choose_folder=lambda *_: str(sets))
        first.press("Control-comma")
        first.click(first.app.comfort.preferences.folder_button)
        assert kept(home)["sets"] == str(sets)
        assert first.app.store.state.data.folder.parent == sets
        first.app.close()
        assert open_window(data=None).app.store.state.data.folder.parent == sets

    def test_an_own_threshold_makes_the_answer_unsure(
        self, confident_model: Path, songs: Path, open_window: Callable[..., Hands]
    ) -> None:
        hands = open_window(model=confident_model)
        hands.hear(songs / "short.mp3")
        heard = hands.app.store.state.heard
        assert not heard.prediction.unsure
        hands.press("Control-comma")
        box = hands.app.comfort.preferences.unsure_box
        higher = next(
            text for text in box.cget("values")
            if text[0].isdigit() and float(text.split()[0]) > 100 * heard.prediction.confidence
        )  # fmt: skip
        choose(hands, box, higher)
        hands.until(lambda: hands.phase is Phase.HEARD and hands.app.store.state.heard != heard)
        assert hands.app.store.state.heard.prediction.unsure
        below = f"An answer below your limit of {higher}."
        hands.until(lambda: below in hands.app.page.verdict.warnings.cget("text"))
        hands.press("Control-Key-1")
        hands.until(lambda: below in hands.app.page.tabs.words.text.get("1.0", "end"))
        assert "more often than right" not in hands.seen()


class TestSheets:
    @pytest.mark.parametrize("size", ["780x600", "1270x980"])
    def test_they_fit_the_window(self, hands: Hands, size: str) -> None:
        hands.app.root.geometry(size)
        hands.breathe(0.1)
        comfort = hands.app.comfort
        for sheet in (comfort.preferences, comfort.about, comfort.log, comfort.keys):
            sheet.show()
            hands.breathe(0.05)
            hands.nothing_cut_off()
            hands.press("Escape")
            assert not sheet.shown

    def test_about_names_versions_and_licences(self, hands: Hands) -> None:
        hands.app.comfort.about.show()
        hands.app.root.update()
        seen = hands.seen()
        assert f"Earmark {lib.__version__}" in seen
        assert "numpy" in seen
        assert "GPL-2.0-or-later" in seen  # mutagen's

    def test_the_log_can_be_read(self, hands: Hands, home: Path) -> None:
        (home / "log").mkdir(parents=True, exist_ok=True)
        (home / "log" / "earmark.log").write_text("2026-01-01 Unexpected error: a teapot\n")
        hands.app.comfort.log.show()
        hands.app.root.update()
        assert "a teapot" in hands.seen()
        assert str(home / "log" / "earmark.log") in hands.seen()
