"""Why a song was given its genre, and “No, it is …”, in the window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from lib.collecting import corrected_track, correction_of, read_songs
from lib.dataset import read_dataset
from lib.gui.state import Page
from lib.model import load_model, save_model
from tests.gui.hands import Hands
from tests.models import with_songs


@pytest.fixture(scope="session")
def knowing(model_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model that carries the songs it learned from."""
    folder = tmp_path_factory.mktemp("models") / "knowing"
    rows = np.abs(np.random.default_rng(0).normal(20, 8, (40, 85)))
    save_model(with_songs(load_model(model_folder), rows), folder)
    return folder


@pytest.fixture
def told(open_window: Callable[..., Hands], knowing: Path, songs: Path) -> Hands:
    """Return a window that has heard a song, and knows why."""
    hands = open_window(str(songs / "short.mp3"), model=knowing)
    hands.until(lambda: hands.app.store.state.corrected is not None)
    return hands


def corrections(hands: Hands) -> Path:
    return hands.app.data.controller._shelf.root / "corrections"


def correct(hands: Hands, genre: str) -> None:
    """Correct the song that is shown, by mouse and keyboard."""
    line = hands.app.page.verdict.correction
    hands.click(line.no_button)
    assert hands.focus() is line.entry
    hands.type(genre)
    hands.press("Return")


def test_why_stands_beside_the_verdict_and_adds_up(told: Hands) -> None:
    state = told.app.store.state
    why, said = state.why, state.heard.prediction
    found = why.pulls[said.genre]
    total = found.base + sum(pull.change for pull in found.pulls)
    assert total == pytest.approx(said.confidence, abs=1e-9)
    line = str(told.app.page.verdict.why.cget("text"))
    assert re.search(r"Pulled by [a-z]+ [+−]\d+ points?[,.]", line)
    assert all(word in line for word in why.words[:1])
    told.press("Control-r")
    words = told.app.page.tabs.words.text.get("1.0", "end")
    assert f"Why {said.genre}? It gives that" in words
    assert words.count("The nearest songs it learned from") == 1
    assert "Title " in words


def test_it_is_drawn_when_it_is_looked_at(told: Hands) -> None:
    tab = told.app.page.tabs.why
    assert tab.request is None
    told.app.page.tabs.chosen = "why"
    told.until(lambda: tab.request is not None)
    assert (tab._image.width(), tab._image.height()) == (tab.winfo_width(), tab.winfo_height())
    told.press("F9")
    told.until(lambda: tab.request is not None and tab.request.theme == "dark")
    told.app.root.geometry("780x600")
    told.until(lambda: tab.request is not None and tab.request.width == tab.winfo_width() < 780)
    told.nothing_cut_off()


def test_a_model_that_cannot_say_why_says_so(hands: Hands, songs: Path) -> None:
    hands.hear(songs / "short.mp3")
    hands.until(lambda: hands.app.store.state.why is not None)
    assert "does not carry the songs it learned from" in hands.app.store.state.why.unsaid
    assert hands.app.page.verdict.why.cget("text") == ""
    hands.app.page.tabs.chosen = "why"
    hands.until(lambda: hands.app.page.tabs.why.request is not None)


def test_another_song_has_reasons_of_its_own(told: Hands, songs: Path) -> None:
    first = told.app.store.state.why
    told.hear(songs / "other.flac")
    assert told.app.store.state.why is not first  # not for a moment
    told.until(lambda: told.app.store.state.why is not None)
    assert told.app.store.state.why != first


def test_a_correction_is_kept_shown_again_and_taken_back(told: Hands, songs: Path) -> None:
    heard = told.app.store.state.heard.prediction.genre
    right = next(genre for genre in ("jazz", "pop") if genre != heard)
    correct(told, right)
    told.until(lambda: told.app.store.state.correction == right)
    assert f"You say it is {right}." in told.seen()
    folder, song = corrections(told), str(songs / "short.mp3")
    assert correction_of(folder, corrected_track(song)) == right
    assert pytest.approx(told.app.store.state.heard.given.features) == read_dataset(folder).X
    told.hear(songs / "other.flac")
    told.until(lambda: "No, it is …" in told.seen())
    told.hear(songs / "short.mp3")
    told.until(lambda: f"You say it is {right}." in told.seen())
    told.click(told.app.page.verdict.correction.back_button)
    told.until(lambda: "No, it is …" in told.seen())
    assert read_songs(folder) == ()


def test_what_cannot_be_a_genre_is_refused_in_words(told: Hands) -> None:
    heard = told.app.store.state.heard.prediction.genre
    correct(told, heard)
    told.until(lambda: "is what was heard" in told.app.store.state.notice)
    assert not (corrections(told) / "tracks.csv").exists()
    line = told.app.page.verdict.correction
    assert line.entry.winfo_viewable()  # to be mended
    assert "is what was heard" in line.trouble.full
    assert line.trouble.winfo_viewable()
    told.app.root.geometry("780x600")
    told.nothing_cut_off()
    line.genre.set(" ")
    told.click(line.keep_button)
    assert (line.trouble.full, told.focus()) == ("Name the genre first.", line.entry)
    told.press("Escape")
    assert not line.trouble.winfo_viewable()
    assert not line.entry.winfo_viewable()
    assert told.focus() is line.no_button
    told.click(line.no_button)
    assert heard not in line.entry.cget("values")
    told.click(line.leave_button)
    assert line.no_button.winfo_viewable()


def test_the_page_data_shows_corrections_as_a_set(told: Hands) -> None:
    correct(told, "bluegrass")
    told.until(lambda: told.app.store.state.correction == "bluegrass")
    told.app.turn(Page.DATA)
    told.until(lambda: "corrections" in told.app.store.state.data.sets)
    told.app.data.controller.choose("corrections")
    told.until(lambda: told.app.store.state.data.contents is not None)
    (song,) = told.app.store.state.data.contents.songs
    assert (song.genre, song.title) == ("bluegrass", "A short song")
    told.app.data.controller.leave_out([song.track])
    told.until(lambda: told.app.store.state.data.contents.songs == ())


@pytest.mark.parametrize("size", ["780x600", "1120x800"])
def test_nothing_is_cut_off_while_it_asks(told: Hands, size: str) -> None:
    told.app.root.geometry(size)
    told.breathe(0.1)
    told.click(told.app.page.verdict.correction.no_button)
    told.nothing_cut_off()
    correct_to = "a genre with a name that is far too long to be shown whole"
    told.app.page.verdict.correction.genre.set(correct_to)
    told.click(told.app.page.verdict.correction.keep_button)
    told.until(lambda: told.app.store.state.correction == correct_to)
    told.nothing_cut_off()


def test_the_picture_is_saved_as_every_other(
    open_window: Callable[..., Hands], knowing: Path, songs: Path, tmp_path: Path
) -> None:
    asked = []

    def choose_place(_root: object, name: str, _kinds: object) -> str:
        asked.append(name)
        return str(tmp_path / "why.svg")

    hands = open_window(str(songs / "short.mp3"), model=knowing, choose_place=choose_place)
    hands.until(lambda: hands.app.store.state.why is not None)
    hands.app.page.tabs.chosen = "why"
    hands.press("Control-s")
    hands.until(lambda: "Saved as" in hands.app.store.state.notice)
    assert asked == ["The Synthesisers - A short song - Why.png"]
    assert "<svg" in (tmp_path / "why.svg").read_text()
