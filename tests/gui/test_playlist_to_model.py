"""All the way: a playlist teaches a genre that no model here knew, and a link is called by it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from lib.gui import Asking, Teaching
from lib.gui.state import Page
from lib.gui.training.state import Stage
from lib.model import save_model
from tests.collecting.songs import encoded, tune
from tests.gui.hands import Hands
from tests.models import small_model
from tests.tables import GENRES, write_table
from tests.youtube.fake_youtube import FakeYouTube

pytestmark = pytest.mark.slow(25)

LIST = "PLrAXtmErZgOeiKm4sgNOknGvNjby9efdf"
SECONDS = 31
LONG = 240.0  # seconds; TensorFlow alone may take a minute to load on a busy machine
QUICK = ("--epochs=30", "--members=1", "--batch-size=8")


def test_a_playlist_becomes_a_genre_that_a_link_is_called_by(
    open_window: Callable[..., Hands], fake: FakeYouTube, tmp_path: Path
) -> None:
    ids = [f"song-{number:06}" for number in range(5)]
    for number, video_id in enumerate(ids):
        fake.add(video_id, title=f"Song {number}", channel=f"Band {number}", seconds=SECONDS)
        fake.videos[video_id].audio = {140: encoded(tune(number, SECONDS))}
    fake.add_playlist(LIST, "Five songs", ids)
    write_table(tmp_path / "data" / "mine")
    save_model(small_model(GENRES), tmp_path / "present")
    hands = open_window(
        model=tmp_path / "present",
        asking=Asking(network=fake.network(), pause=0.0),
        teaching=Teaching(tmp_path / "models", QUICK),
    )
    hands.until(lambda: hands.app.store.state.model is not None)

    hands.press("Alt-d")
    data = hands.app.data
    assert data.page is not None
    data.controller.choose("mine")
    hands.until(lambda: hands.app.store.state.data.contents is not None)
    data.page.form.link.set(f"https://www.youtube.com/playlist?list={LIST}")
    data.page.form.genre.set("ska")
    data.page.form.genre_entry.focus_force()
    hands.press("Return")
    hands.until(lambda: "Of 5 songs: 5 added." in hands.seen(), seconds=LONG)

    hands.press("Alt-t")
    training = hands.app.training
    hands.until(lambda: training.store.state.stage is Stage.READY)
    hands.press("Alt-s")
    hands.until(lambda: training.store.state.stage is not Stage.TRAINING, seconds=LONG)
    assert training.store.state.stage is Stage.TRAINED, training.store.state.failure
    assert "Ska (new)" in _first_cells(training.page.result.table)
    hands.press("Alt-u")
    hands.until(lambda: hands.app.store.state.page is Page.LISTEN)

    hands.hear(f"https://youtu.be/{ids[0]}")
    prediction = hands.app.store.state.heard.prediction
    assert (prediction.model, prediction.genre) == ("mine", "ska")
    assert "Ska" in hands.seen()


def _first_cells(table: object) -> list[str]:
    return [table.item(row, "values")[0] for row in table.get_children()]
