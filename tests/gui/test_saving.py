"""The plots of the other pages, saved as those of a song are: by key and by the mouse."""

from __future__ import annotations

import tkinter as tk
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from lib.events import Epoch
from lib.gui.library.state import Pace
from lib.gui.state import Page
from lib.gui.training.state import Result, Stage
from lib.judgement import Comparison, GenreCompared, Share
from tests.gui.hands import Hands

EPOCHS = tuple(
    Epoch("first", n, 9, 2.0 / n, 0.1 * n, val_loss=2.2 / n, val_accuracy=0.09 * n)
    for n in range(1, 5)
)
NEW, OLD = Share(30, 40), Share(22, 40)
COMPARED = Comparison(
    "tiny", "artist", NEW, OLD, NEW, OLD, 0, NEW, OLD, 9, 1, None,
    (GenreCompared("jazz", 40, 30, 22, {"rock": 10}),),
)  # fmt: skip


@pytest.fixture
def window(
    open_window: Callable[..., Hands], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Hands, list[str]]:
    """Return a window and the names that it proposes; what is saved goes to `tmp_path`."""
    names: list[str] = []

    def choose(_parent: object, name: str, _kinds: object) -> str:
        names.append(name)
        return str(tmp_path / (name if len(names) == 1 else Path(name).with_suffix(".svg")))

    monkeypatch.setattr("tkinter.Menu.tk_popup", lambda *_: None)
    hands = open_window(choose_place=choose)
    hands.until(lambda: hands.app.store.state.model is not None)
    return hands, names


def saved_both_ways(hands: Hands, names: list[str], plot: tk.Widget, folder: Path) -> None:
    """Save a plot by key, then by its menu, as PNG and as SVG."""
    hands.press("Control-s")
    hands.until(lambda: "Saved as" in hands.app.status.notice.full)
    with Image.open(folder / names[0]) as image:
        assert image.format == "PNG"
    before = set(plot.winfo_children())
    plot.event_generate("<Button-3>", x=5, y=5)
    (menu,) = set(plot.winfo_children()) - before
    assert isinstance(menu, tk.Menu)
    assert menu.entrycget(0, "label") == "Save this plot …"
    menu.invoke(0)
    svg = (folder / names[0]).with_suffix(".svg")
    hands.until(svg.is_file)
    assert ET.parse(svg).getroot().tag.endswith("svg")  # noqa: S314 (ours)
    assert names == 2 * [names[0]]


def test_the_learning_curves(window: tuple[Hands, list[str]], tmp_path: Path) -> None:
    hands, names = window
    hands.app.train(tmp_path / "none")
    hands.until(lambda: hands.app.training.store.state.stage is Stage.FAILED)
    hands.press("Control-s")
    assert "Turn to a plot first" in hands.app.status.notice.full
    hands.app.training.store.change(stage=Stage.TRAINING, name="mine", epochs=EPOCHS)
    hands.app.controller.notify("")
    saved_both_ways(hands, names, hands.app.training.page.running.curves, tmp_path)
    assert names[0] == "mine - Learning curves.png"


def test_the_comparison_with_the_present_model(
    window: tuple[Hands, list[str]], tmp_path: Path
) -> None:
    hands, names = window
    hands.app.train(tmp_path / "none")
    hands.until(lambda: hands.app.training.store.state.stage is Stage.FAILED)
    result = Result(NEW, COMPARED.genres, COMPARED)
    hands.app.training.store.change(stage=Stage.TRAINED, name="mine", result=result, failure=None)
    saved_both_ways(hands, names, hands.app.training.page.result.bars, tmp_path)
    assert names[0] == "mine - Compared.png"


def test_a_library_by_genre(window: tuple[Hands, list[str]], songs: Path, tmp_path: Path) -> None:
    hands, names = window
    hands.press("Alt-i")
    hands.app.library.session.choose(songs)
    library = hands.app.library.store
    hands.until(lambda: library.state.pace is Pace.IDLE and library.state.waiting)
    hands.press("Control-s")
    assert "Turn to a plot first" in hands.app.status.notice.full
    hands.app.library.session.start()
    hands.until(lambda: library.state.pace is Pace.IDLE and library.state.lines)
    page = hands.app.library.page
    chart = page.chart
    page.tabs.select(chart)
    hands.until(lambda: chart.plot.request is not None)
    hands.app.controller.notify("")
    saved_both_ways(hands, names, chart.plot, tmp_path)
    assert names[0] == f"{songs.name} - Genres.png"
    hands.app.turn(Page.DATA)
    hands.press("Control-s")
    assert "Turn to a plot first" in hands.app.status.notice.full
