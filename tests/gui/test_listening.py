"""Hearing where: the playhead, playing by mouse and key, zooming, and keeping what is seen."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from PIL import Image

from lib.errors import PlaybackError
from lib.gui.drawing import PLOTS
from lib.gui.plot import SongPlot
from lib.playback import Player
from lib.playback.player import NO_DEVICE
from tests.gui.hands import Hands
from tests.youtube.fake_youtube import FakeYouTube

VIDEO = "dQw4w9WgXcQ"


class Deaf(Player):
    """A machine without a device."""

    def listen(self, *_: object, **__: object) -> None:
        raise PlaybackError(NO_DEVICE)


@pytest.fixture
def heard(hands: Hands, songs: Path) -> Hands:
    """Return a window that shows a song of 70 seconds, its waveform drawn."""
    hands.hear(songs / "windows.wav")
    drawn(hands, "waveform")
    return hands


def drawn(hands: Hands, name: str) -> SongPlot:
    """Turn to a plot and wait until it is drawn as it is wanted."""
    tabs = hands.app.page.tabs
    tabs.chosen = name
    plot = tabs.plots[name]
    hands.until(lambda: plot.request is not None and plot.request.span == tabs.view.span)
    return plot


def place(plot: SongPlot, seconds: float, box: int = 0) -> tuple[int, int]:
    """Return where in a plot a second of the song lies."""
    found, view = plot.boxes[box], plot._view
    share = (seconds - view.start) / (view.end - view.start)
    return round(found.left + share * found.width), (found.top + found.bottom) // 2


def playhead(plot: SongPlot) -> float | None:
    """Return the second that the playhead of a plot points at."""
    lines = plot.find_withtag("playhead")
    return plot.second_at(round(plot.coords(lines[0])[0]), plot.boxes[0].top) if lines else None


class TestPlaying:
    @pytest.mark.parametrize("box", [0, 1], ids=["waveform", "ribbon"])
    def test_a_click_plays_from_there(self, heard: Hands, box: int) -> None:
        plot = heard.app.page.tabs.plots["waveform"]
        heard.click(plot, at=place(plot, 40.0, box))
        turntable = heard.app.turntable
        heard.until(lambda: turntable.playing and turntable.position > 40.3)
        assert 39.5 < turntable.position < 60.0
        assert playhead(plot) == pytest.approx(turntable.position, abs=1.5)
        assert "Pause" in heard.seen()

    def test_the_playhead_moves_in_all_plots(self, heard: Hands) -> None:
        for name in PLOTS:
            drawn(heard, name)
        plot = heard.app.page.tabs.plots["tempogram"]
        heard.click(plot, at=place(plot, 20.0))
        heard.until(lambda: heard.app.turntable.position > 20.5)
        heads = [playhead(plot) for plot in heard.app.page.tabs.plots.values()]
        assert all(head is not None for head in heads)
        assert max(heads) - min(heads) < 0.5  # pixels differ from plot to plot
        before = heads[0]
        heard.until(lambda: playhead(heard.app.page.tabs.plots["waveform"]) > before + 0.3)

    def test_by_key_and_button(self, heard: Hands) -> None:
        turntable, tabs = heard.app.turntable, heard.app.page.tabs
        tabs.focus_set()
        heard.press("space")
        assert turntable.playing
        heard.until(lambda: turntable.position > 0.2)
        heard.press("space")
        assert not turntable.playing
        stopped = turntable.position
        heard.breathe(0.2)
        assert turntable.position == stopped
        heard.press("Right")
        assert turntable.position == pytest.approx(stopped + 5.0)
        heard.press("Left")
        heard.press("Left")
        assert turntable.position == 0.0
        assert tabs.chosen == "waveform"  # the arrows turned no tab
        heard.click(heard.app.page.transport.play_button)
        assert turntable.playing
        heard.press("space")  # the button has the focus, and is not pressed twice
        heard.breathe(0.1)
        assert not turntable.playing

    def test_who_types_plays_nothing(self, heard: Hands) -> None:
        heard.app.bar.entry.focus_force()
        heard.type("a b-0")
        heard.press("Left")
        assert not heard.app.turntable.playing
        assert heard.app.turntable.position == 0.0
        assert heard.app.page.tabs.view.is_whole
        assert heard.app.bar.text.get().endswith("a b-0")

    def test_the_end_stops_it_and_play_begins_anew(self, heard: Hands) -> None:
        turntable = heard.app.turntable
        turntable.play(turntable.seconds - 0.4)
        heard.until(lambda: not turntable.playing)
        assert turntable.position == pytest.approx(turntable.seconds)
        assert turntable.trouble == ""
        turntable.toggle()
        assert turntable.position < 1.0

    def test_another_page_and_another_song_stop_it(self, heard: Hands, songs: Path) -> None:
        turntable = heard.app.turntable
        turntable.play(10.0)
        heard.press("Alt-d")
        assert not turntable.playing
        assert turntable.position >= 10.0
        heard.press("Alt-l")
        heard.hear(songs / "short.mp3")
        assert (turntable.playing, turntable.position) == (False, 0.0)
        assert turntable.seconds == pytest.approx(8.0, abs=0.2)

    def test_without_a_device_everything_else_works_and_the_reason_is_shown(
        self, open_window: Callable[..., Hands], songs: Path
    ) -> None:
        hands = open_window(player=Deaf())
        hands.app.root.geometry("780x600")
        hands.hear(songs / "windows.wav")
        plot = drawn(hands, "waveform")
        hands.click(plot, at=place(plot, 30.0))
        hands.until(lambda: not hands.app.turntable.playing)
        hands.until(
            lambda: "No sound can be played" in hands.app.page.transport.trouble.cget("text")
        )
        assert playhead(plot) == pytest.approx(30.0, abs=0.5)
        trouble = hands.app.page.transport.trouble
        hands.until(lambda: 1 < trouble.winfo_reqwidth() <= trouble.winfo_width())
        assert trouble.cget("text") == NO_DEVICE  # all of it, in lines
        hands.nothing_cut_off()
        hands.press("plus")
        hands.until(lambda: plot.request.span is not None)
        hands.nothing_cut_off()

    def test_a_file_that_is_gone_is_told(
        self, open_window: Callable[..., Hands], songs: Path, tmp_path: Path
    ) -> None:
        song = tmp_path / "gone.mp3"
        song.write_bytes((songs / "short.mp3").read_bytes())
        hands = open_window()
        hands.hear(song)
        song.unlink()
        hands.app.turntable.toggle()
        hands.until(
            lambda: "There is no such file" in hands.app.page.transport.trouble.cget("text")
        )

    def test_a_video_plays_from_the_cache(
        self, online: Hands, fake: FakeYouTube, sound: bytes
    ) -> None:
        fake.add(VIDEO, title="A song", seconds=6, audio={140: sound})
        online.hear(f"https://youtu.be/{VIDEO}")
        asked = fake.about(VIDEO)
        online.app.turntable.toggle()
        online.until(lambda: online.app.turntable.position > 0.2)
        assert fake.about(VIDEO) == asked


class TestZooming:
    def test_the_wheel_zooms_around_the_pointer_in_all_plots(self, heard: Hands) -> None:
        tabs = heard.app.page.tabs
        plot = tabs.plots["waveform"]
        x, y = place(plot, 20.0)
        for _ in range(6):
            plot.event_generate("<Button-4>", x=x, y=y)
        assert plot.second_at(x, y) == pytest.approx(20.0, abs=0.2)
        assert tabs.view.end - tabs.view.start == pytest.approx(70 * 0.8**6, abs=0.1)
        assert heard.app.page.transport.whole_button.winfo_manager()
        drawn(heard, "waveform")
        chroma = drawn(heard, "chromagram")
        assert chroma.request.span == tabs.view.span
        plot.event_generate("<Button-5>", x=x, y=y)

    def test_dragging_moves_it_and_seeks_nothing(self, heard: Hands) -> None:
        tabs, plot = heard.app.page.tabs, heard.app.page.tabs.plots["waveform"]
        tabs.zoom_around(0.25, 0.0)
        drawn(heard, "waveform")
        start = tabs.view.start
        x, y = place(plot, tabs.view.start + 8.0)
        plot.event_generate("<ButtonPress-1>", x=x, y=y)
        plot.event_generate("<B1-Motion>", x=x - 30, y=y)
        plot.event_generate("<B1-Motion>", x=x - 60, y=y)
        plot.event_generate("<ButtonRelease-1>", x=x - 60, y=y)
        moved = 60 / plot.boxes[0].width * (tabs.view.end - tabs.view.start)
        assert tabs.view.start == pytest.approx(start + moved, abs=0.05)
        heard.breathe(0.4)
        assert not heard.app.turntable.playing
        drawn(heard, "waveform")

    def test_a_double_click_shows_the_whole_song_and_plays_nothing(self, heard: Hands) -> None:
        tabs, plot = heard.app.page.tabs, heard.app.page.tabs.plots["waveform"]
        tabs.zoom_around(0.25, 0.0)
        drawn(heard, "waveform")
        at = place(plot, (tabs.view.start + tabs.view.end) / 2)
        for event in ("<ButtonPress-1>", "<ButtonRelease-1>") * 2:
            plot.event_generate(event, x=at[0], y=at[1])
        assert tabs.view.is_whole
        heard.breathe(0.4)
        assert not heard.app.turntable.playing
        assert not heard.app.page.transport.whole_button.winfo_manager()

    def test_by_keys(self, heard: Hands) -> None:
        tabs = heard.app.page.tabs
        tabs.focus_set()
        heard.press("plus")
        heard.press("plus")
        wide = tabs.view.end - tabs.view.start
        assert wide == pytest.approx(70 * 0.64, abs=0.1)
        heard.press("Shift-Right")
        assert tabs.view.start == pytest.approx(70 - wide)  # the end
        heard.press("minus")
        assert tabs.view.end - tabs.view.start == pytest.approx(70 * 0.8, abs=0.1)
        heard.press("Key-0")
        assert tabs.view.is_whole

    def test_what_is_there_is_shown_at_once(self, heard: Hands) -> None:
        """A zoom answers before anything is drawn, and says where the pixels came from."""
        plot = heard.app.page.tabs.plots["waveform"]
        box, before = plot.boxes[1], plot._image
        middle = (box.top + box.bottom) // 2
        colour = before.get(box.left + box.width // 4, middle)
        heard.app.page.tabs.zoom_around(0.5, 35.0)
        assert plot.request.span is None
        assert plot._image is not before
        assert plot._image.get(box.left + 2, middle) == colour

    def test_it_is_bounded(self, heard: Hands) -> None:
        tabs = heard.app.page.tabs
        for _ in range(60):
            tabs.zoom_around(0.5, 69.0)
        assert tabs.view.end - tabs.view.start == pytest.approx(2.0)
        tabs.move(1000.0)
        assert tabs.view.end == pytest.approx(tabs.view.seconds)
        tabs.zoom_around(1e9, 0.0)
        assert tabs.view.is_whole

    def test_playing_turns_on_to_what_it_runs_into(self, heard: Hands) -> None:
        tabs = heard.app.page.tabs
        tabs.zoom_around(0.05, 1.0)
        end = tabs.view.end
        heard.app.turntable.play(end - 0.3)
        heard.until(lambda: tabs.view.start > end - 1.0)

    def test_a_playhead_is_cheap(self, heard: Hands) -> None:
        for name in PLOTS:
            drawn(heard, name)
        began = time.perf_counter()
        for step in range(200):
            heard.app.page.tabs.point(step / 10)
        assert time.perf_counter() - began < 2.0  # nothing is drawn anew


class TestKeeping:
    @pytest.fixture
    def saving(
        self, open_window: Callable[..., Hands], songs: Path
    ) -> tuple[Hands, list[str], list[str]]:
        """Return a window with a song, what it proposes as names, and what to answer."""
        names: list[str] = []
        answers: list[str] = []

        def choose(_parent: object, name: str, _kinds: object) -> str:
            names.append(name)
            return answers.pop()

        hands = open_window(choose_place=choose)
        hands.hear(songs / "short.mp3")
        return hands, names, answers

    def test_a_plot_as_png_and_svg(
        self, saving: tuple[Hands, list[str], list[str]], tmp_path: Path
    ) -> None:
        hands, names, answers = saving
        png, svg = tmp_path / "mine.png", tmp_path / "mine.svg"
        answers += [str(svg), str(tmp_path / "mine")]  # the last first: a name without suffix
        drawn(hands, "waveform")
        hands.press("Control-s")
        hands.until(lambda: f"Saved as {png}" in hands.app.status.notice.full)
        assert names == ["The Synthesisers - A short song - Waveform.png"]
        with Image.open(png) as image:
            assert image.format == "PNG"
        hands.app.page.tabs.chosen = "chromagram"
        hands.click(hands.app.page.transport.save_button)
        hands.until(lambda: f"Saved as {svg}" in hands.app.status.notice.full)
        assert ET.parse(svg).getroot().tag.endswith("svg")  # noqa: S314 (ours)
        assert names[-1].endswith("Chromagram.png")

    def test_a_report(self, saving: tuple[Hands, list[str], list[str]], tmp_path: Path) -> None:
        hands, names, answers = saving
        page = tmp_path / "report.html"
        answers.append(str(page))
        hands.press("Control-S")
        hands.until(lambda: f"Saved as {page}" in hands.app.status.notice.full)
        assert names == ["The Synthesisers - A short song.html"]
        assert "A short song" in page.read_text(encoding="utf-8")

    def test_what_cant_be_written_is_told_and_no_choice_is_none(
        self, saving: tuple[Hands, list[str], list[str]], tmp_path: Path
    ) -> None:
        hands, _, answers = saving
        (tmp_path / "file").write_text("")
        answers += [str(tmp_path / "file" / "a.png"), str(tmp_path / "a.bmp"), ""]
        hands.press("Control-s")
        hands.press("Control-s")
        hands.until(lambda: "a picture is saved as .png" in hands.app.status.notice.full)
        hands.press("Control-s")
        hands.until(lambda: "can't be written" in hands.app.status.notice.full)
        hands.app.page.tabs.chosen = "words"
        hands.press("Control-s")
        assert "Turn to a plot first" in hands.app.status.notice.full

    def test_the_menu_of_a_plot(self, heard: Hands, monkeypatch: pytest.MonkeyPatch) -> None:
        tabs, shown = heard.app.page.tabs, []
        monkeypatch.setattr("tkinter.Menu.tk_popup", lambda _menu, x, y: shown.append((x, y)))
        x, y = place(tabs.plots["waveform"], 30.0)
        tabs.plots["waveform"].event_generate("<Button-3>", x=x, y=y)
        assert len(shown) == 1
        assert tabs._menu.entrycget(1, "state") == "disabled"  # it is whole
        tabs._menu.invoke(0)
        heard.until(lambda: heard.app.turntable.position > 30.1)
