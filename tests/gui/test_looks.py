"""Nothing is cut off, and nothing freezes."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

import pytest

from lib.gui.drawing import PLOTS
from lib.gui.plot_tabs import TABS
from lib.gui.state import Page
from tests.gui.hands import Hands, assert_alive


class TestLooks:
    @pytest.mark.parametrize("size", ["780x600", "900x640", "1270x980"])
    def test_nothing_is_cut_off(self, hands: Hands, songs: Path, size: str) -> None:
        hands.app.root.geometry(size)
        hands.breathe(0.1)
        hands.nothing_cut_off()
        hands.hear(songs / "short.mp3")
        for name in TABS:
            hands.app.page.tabs.chosen = name
            hands.breathe(0.05)
            hands.nothing_cut_off()
        hands.app.comfort.keys.show()
        hands.breathe(0.05)
        hands.nothing_cut_off()
        hands.app.comfort.keys.hide()
        hands.hear(songs / "text.mp3")
        hands.nothing_cut_off()

    @pytest.mark.parametrize(
        ("doubt", "words"),
        [("unsure", "Hard to tell. The nearest is"), ("outlier", "Unlike all it learned")],
    )
    def test_doubts_have_room_and_are_seen(
        self, hands: Hands, songs: Path, doubt: str, words: str
    ) -> None:
        hands.app.root.geometry("780x600")
        hands.hear(songs / "short.mp3")
        heard = hands.app.store.state.heard.prediction
        doubted = replace(heard, **{doubt: True})
        hands.app.page.verdict.show(doubted)
        hands.until(lambda: words in hands.seen())
        hands.until(lambda: doubted.doubts in hands.seen())
        hands.nothing_cut_off()

    def test_drop_down_lists_have_the_colours_of_the_look(self, hands: Hands) -> None:
        """Also one that was opened before in the other look."""
        app = hands.app
        app.turn(Page.LIBRARY)
        box, call = app.library.page.songs.view_box, app.root.tk.call
        for _ in range(2):
            call("ttk::combobox::Post", box)
            found = f"{call('ttk::combobox::PopdownWindow', box)}.f.l"
            hands.until(lambda found=found: call("winfo", "viewable", found))
            colours = app.theme.palette
            assert call(found, "cget", "-background") == colours.field
            assert call(found, "cget", "-foreground") == colours.text
            call("ttk::combobox::Unpost", box)
            app.controller.toggle_theme()

    def test_it_never_freezes(self, hands: Hands, long_song: Path) -> None:
        """A heartbeat of 20 ms goes on, hearing and drawing."""
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
        assert len(beats) > 50
        assert_alive(beats)
