"""The plots of a song, as they come on the screen."""

from __future__ import annotations

from pathlib import Path

from tests.gui.hands import Hands


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
        hands.click(hands.app.header.theme_button)
        hands.breathe(0.3)
        hands.press("Escape")
        hands.until(lambda: plot.request is not None and plot.request.theme == "dark")
