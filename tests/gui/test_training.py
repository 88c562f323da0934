"""From a data set to a model that is taken or left: the window, and 02_train.py as it is."""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from lib.collecting import Misheard, correct_song
from lib.dataset import read_dataset
from lib.errors import TrainingError
from lib.events import Epoch, Started
from lib.gui import Teaching
from lib.gui.state import Page
from lib.gui.training import TrainingPage, survey
from lib.gui.training.course import Course
from lib.gui.training.process import Order, TrainingProcess
from lib.gui.training.state import Stage, TrainingState
from lib.gui.training.survey import missing_parts
from lib.model import load_model, save_model, usual_model
from tests.gui.hands import Hands, working
from tests.models import small_model
from tests.tables import GENRES, write_table

pytestmark = pytest.mark.slow(40)

LONG = 240.0  # seconds; TensorFlow alone may take a minute to load on a busy machine
QUICK = ("--epochs=3", "--members=1", "--batch-size=8", "--no-refit")
ENDLESS = ("--epochs=1000000", "--members=1")


@pytest.fixture(scope="module")
def table(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data set with a genre that the present model doesn't know, and a scarce one."""
    folder = tmp_path_factory.mktemp("data") / "mine"
    write_table(folder, (*GENRES, "ska", "zouk"))
    songs = (folder / "tracks.csv").read_text().splitlines(keepends=True)
    few = [line for line in songs if not line.startswith("zouk") or line < "zouk.003"]
    (folder / "tracks.csv").write_text("".join(few))
    rows = (folder / "features.csv").read_text().splitlines(keepends=True)
    few = [line for line in rows if not line.startswith("zouk") or line < "zouk.003"]
    (folder / "features.csv").write_text("".join(few))
    return folder


@pytest.fixture(scope="module")
def present(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model that answers by chance and knows three genres."""
    folder = tmp_path_factory.mktemp("present") / "small"
    save_model(small_model(GENRES), folder)
    return folder


@pytest.fixture
def models(tmp_path: Path) -> Path:
    return tmp_path / "models"


@pytest.fixture
def at_the_form(
    open_window: Callable[..., Hands], present: Path, table: Path, models: Path
) -> Callable[..., Hands]:
    """Return a function that opens a window on the training page of a data set."""

    def open_it(*options: str, data: Path = table) -> Hands:
        hands = open_window(model=present, teaching=Teaching(models, options))
        hands.until(lambda: hands.app.store.state.model is not None)
        hands.app.train(data)
        hands.until(lambda: state(hands).stage is not Stage.READING)
        return hands

    return open_it


def state(hands: Hands) -> TrainingState:
    return hands.app.training.store.state


def page(hands: Hands) -> TrainingPage:
    assert hands.app.training.page is not None
    return hands.app.training.page


def candidates(home: Path) -> list[Path]:
    return list(home.glob("cache/trained/*/*"))


def test_from_a_data_set_to_a_song_heard_with_the_new_model(
    at_the_form: Callable[..., Hands],
    open_window: Callable[..., Hands],
    models: Path,
    home: Path,
    songs: Path,
) -> None:
    hands = at_the_form(*QUICK)
    form, running, result = page(hands).form, page(hands).running, page(hands).result
    assert hands.focus() is form.entry
    assert form.name.get() == "mine"
    assert "Zouk (3). Each genre needs 5, as one song of five is held out" in hands.seen()
    hands.press("Alt-s")
    assert state(hands).stage is Stage.READY, "it began though a genre has too few songs"
    hands.press("Alt-o")
    assert "48 songs of 4 genres: Blues (12), Jazz (12), Rock (12), Ska (12)" in hands.seen()
    hands.press("Alt-s")
    assert state(hands).stage is Stage.TRAINING
    assert hands.focus() is running.cancel_button
    hands.until(lambda: state(hands).stage is not Stage.TRAINING, seconds=LONG)

    assert state(hands).stage is Stage.TRAINED, state(hands).failure
    assert [epoch.epoch for epoch in state(hands).epochs] == [1, 2, 3]
    assert hands.focus() is result.use_button
    rows = [result.table.item(row, "values") for row in result.table.get_children()]
    assert [row[0] for row in rows] == ["Ska (new)", "Blues", "Jazz", "Rock"]
    assert result.table.heading("present", "text") == "By model small"
    ska = state(hands).result.comparison.new_genres[0]
    assert rows[0][1:4] == (str(ska.songs), f"{100 * ska.new / ska.songs:.0f} %", "–")
    assert [bar.name for bar in result.bars.rows] == [
        "New: mine", "Present: small", "New, on genres both know", "Present, on genres both know",
    ]  # fmt: skip
    seen = hands.seen()
    assert "Whether small has learned from some of them can't be told" in seen
    assert "held out in whole artists, of which the new model has learned none" in seen
    hands.nothing_cut_off()
    assert not (models / "mine").exists(), "nobody has taken it yet"

    hands.press("Alt-u")
    hands.until(lambda: hands.app.store.state.page is Page.LISTEN)
    assert load_model(models / "mine").labels == (*GENRES[:2], "rock", "ska")
    assert candidates(home) == []
    assert "Model mine: right for" in hands.seen()
    hands.hear(songs / "short.mp3")
    prediction = hands.app.store.state.heard.prediction
    assert prediction.model == "mine"
    assert "ska" in prediction.probabilities

    hands.app.close()
    tomorrow = open_window(model=None)
    tomorrow.until(lambda: tomorrow.app.store.state.model is not None)
    assert tomorrow.app.store.state.model.name == "mine"


def test_what_a_person_corrected_is_taken_along_unless_they_leave_it(
    at_the_form: Callable[..., Hands], table: Path, tmp_path: Path
) -> None:
    songs, new = read_dataset(table), np.random.default_rng(7).normal(size=(2, 85))
    own = songs.X[songs.track == "rock.000"]
    for name, genre, features in (("new", "jazz", new), ("own", "blues", own)):
        song = Misheard(
            source=str(tmp_path / f"{name}.mp3"), video="", title=name, artist="", seconds=40.0,
            warnings=(), features=features, activations=None, genre="rock", confidence=0.6,
            model="small",
        )  # fmt: skip
        correct_song(tmp_path / "data" / "corrections", song, genre, known=GENRES)
    hands = at_the_form(*ENDLESS)
    button = page(hands).form.along_button
    assert button.cget("text") == "Take along the 2 songs that you corrected"
    assert button.winfo_ismapped()
    hands.press("Alt-o")
    assert "49 songs of 4 genres: Blues (13), Jazz (13), Rock (11), Ska (12)" in hands.seen()
    hands.nothing_cut_off()
    hands.press("Alt-g")
    assert "48 songs of 4 genres: Blues (12), Jazz (12), Rock (12), Ska (12)" in hands.seen()
    hands.press("Alt-g")
    hands.press("Alt-s")
    hands.until(lambda: any("Learning from" in line for line in state(hands).log), seconds=LONG)
    told = "\n".join(state(hands).log)
    assert "What you corrected is taken along from" in told
    assert "Learning from 49 songs of 4 genres" in told
    hands.press("Alt-c")
    hands.until(lambda: not working())


def test_cancelled_it_ends_at_once_and_leaves_nothing(
    at_the_form: Callable[..., Hands], models: Path, home: Path
) -> None:
    hands = at_the_form(*ENDLESS)
    hands.press("Alt-o")
    hands.press("Alt-s")
    process = hands.app.training.session._process
    hands.until(lambda: state(hands).log, seconds=LONG)  # it has read the data
    hands.press("Alt-c")
    assert state(hands).stage is Stage.READY
    assert "nothing of it stays" in hands.seen()
    hands.until(lambda: process._process.poll() is not None)
    hands.until(lambda: not working())
    assert not models.exists()
    assert candidates(home) == []
    assert hands.focus() is page(hands).form.entry


def test_before_the_first_epoch_the_curves_place_tells_of_them_in_either_theme(
    at_the_form: Callable[..., Hands],
) -> None:
    hands = at_the_form()
    curves = page(hands).running.curves
    hands.app.training.store.change(stage=Stage.TRAINING, name="mine")
    hands.until(lambda: curves.winfo_width() > 300)
    hands.breathe(0.1)
    assert "The curves begin with the first epoch." in hands.seen()
    left, top, right, bottom = curves.bbox("all")
    assert abs(left + right - curves.winfo_width()) <= 4
    assert abs(top + bottom - curves.winfo_height()) <= 4
    assert right - left > 5 * (bottom - top), "it is broken into lines"
    hands.press("F9")
    hands.breathe(0.1)
    assert curves.cget("background") == "#1c1c1c"
    assert curves.itemcget("text", "fill") == hands.app.theme.palette.muted


def test_curves_are_drawn_live_and_closing_the_window_ends_the_process(
    at_the_form: Callable[..., Hands], songs: Path
) -> None:
    hands = at_the_form(*ENDLESS)
    hands.press("Alt-o")
    hands.press("Alt-s")
    process, running = hands.app.training.session._process, page(hands).running
    hands.until(lambda: running.curves.request is not None, seconds=LONG)
    first = running.curves.request
    hands.until(lambda: running.curves.request != first, seconds=LONG)
    assert "epoch " in running.step.full
    assert " left" in running.step.full
    hands.nothing_cut_off()
    # A song can be heard meanwhile, and the page comes back.
    hands.press("Alt-l")
    hands.hear(songs / "short.mp3")
    hands.press("Control-t")
    assert "epoch " in hands.seen()
    assert hands.focus() is running.cancel_button
    hands.app.close()
    assert process._process.wait(LONG) == -signal.SIGTERM


@pytest.mark.parametrize(
    ("option", "headline", "words"),
    [
        ("--without=polka", "That did not work", "no genre polka that could be left out"),
        ("--colour=red", "Something went wrong", "Earmark did not expect this"),
    ],
)
def test_what_fails_is_said_in_words(
    at_the_form: Callable[..., Hands], home: Path, option: str, headline: str, words: str
) -> None:
    hands = at_the_form(option)
    hands.press("Alt-o")
    hands.press("Alt-s")
    hands.until(lambda: state(hands).stage is Stage.FAILED, seconds=LONG)
    assert headline in hands.seen()
    assert words in hands.seen()
    if option == "--colour=red":
        log = home / "log" / "earmark.log"
        assert str(log) in hands.seen()
        assert "unrecognized arguments: --colour=red" in log.read_text()
    hands.press("Alt-r")
    hands.until(lambda: state(hands).stage is Stage.READY)
    assert hands.focus() is page(hands).form.entry


def test_data_that_cannot_be_read_is_said_in_words(
    at_the_form: Callable[..., Hands], tmp_path: Path
) -> None:
    hands = at_the_form(data=tmp_path / "nowhere")
    assert state(hands).stage is Stage.FAILED
    assert "tracks.csv: there is no such table" in hands.seen()
    hands.press("Escape")
    assert hands.app.store.state.page is Page.DATA


@pytest.fixture
def without_tensorflow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let TensorFlow and Keras be missing, as where only `make app` was run."""
    monkeypatch.setitem(sys.modules, "tensorflow", None)
    monkeypatch.setitem(sys.modules, "keras", None)
    assert missing_parts() == "TensorFlow and Keras"


@pytest.mark.usefixtures("without_tensorflow")
def test_without_tensorflow_it_is_trained_by_ear(
    at_the_form: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "deafness", lambda: "")
    hands = at_the_form()
    form = page(hands).form
    assert form.recipe.get() == "ear"
    hands.press("Alt-o")
    assert form.obstacle == ""
    hands.click(form.recipes.winfo_children()[0])  # thorough
    assert "Training needs what is not installed here: TensorFlow and Keras. " in hands.seen()
    assert "make dev" in hands.seen()
    assert "Or train by ear, which needs none of that." in hands.seen()


@pytest.mark.usefixtures("without_tensorflow")
def test_without_tensorflow_and_backbone_it_says_so_before_it_begins(
    at_the_form: Callable[..., Hands], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey, "deafness", lambda: "The package musicnn is not installed.")
    hands = at_the_form()
    hands.press("Alt-o")
    hands.press("Alt-s")
    assert state(hands).stage is Stage.READY
    assert "Training needs what is not installed here: TensorFlow and Keras. " in hands.seen()
    assert "by ear" not in hands.seen()
    page(hands).form.recipe.set("ear")
    page(hands).form.name.set("other")
    hands.until(lambda: "The package musicnn is not installed." in hands.seen())


def test_names_that_cannot_be_are_refused_as_they_are_typed(
    at_the_form: Callable[..., Hands],
) -> None:
    hands = at_the_form()
    form = page(hands).form
    form.leave_out.set(True)
    for name, words in (
        ("", "Give the model a name"),
        ("a/b", "“a/b” can't be a folder's name"),
        ("..", "can't be a folder's name"),
        ("--output=x", "can't be a folder's name"),
        ("mlp85", "mlp85 is a model that ships, and stays"),
    ):
        form.name.set(name)
        hands.press("Return")
        assert state(hands).stage is Stage.READY
        assert words in hands.seen()
        form.name.set("other")
        assert words not in hands.seen()


def test_a_model_that_is_left_goes_and_one_that_shipped_comes_back(
    at_the_form: Callable[..., Hands], home: Path, songs: Path, table: Path
) -> None:
    hands = at_the_form()
    hands.press("Alt-l")
    hands.hear(songs / "short.mp3")
    assert hands.app.store.state.heard.prediction.model == "small"
    hands.app.train(table)
    hands.until(lambda: state(hands).stage is Stage.READY)
    new = home / "cache" / "trained" / str(os.getpid()) / "mine"
    save_model(replace(small_model(), name="mine"), new)
    hands.app.training.store.change(stage=Stage.TRAINED, name="mine")
    hands.press("Alt-k")
    hands.until(lambda: not new.exists())
    assert state(hands).stage is Stage.READY
    assert hands.app.store.state.model.name == "small"
    assert "Answer with the model that ships again, not small" in hands.seen()
    hands.click(page(hands).form.restore_button)
    hands.until(lambda: hands.app.store.state.model.name == usual_model()[0].name)
    hands.until(lambda: state(hands).stage is Stage.READY)
    assert "Answer with the model that ships again" not in hands.seen()
    assert hands.app.store.state.page is Page.TRAINING
    hands.press("Alt-l")
    hands.until_heard()  # the song from before, again
    assert hands.app.store.state.heard.prediction.model == usual_model()[0].name
    hands.app.close()
    assert json.loads((home / "config" / "window.json").read_text())["model"] == ""


def test_a_model_that_cannot_be_put_there_waits_and_says_why(
    at_the_form: Callable[..., Hands], home: Path, models: Path
) -> None:
    hands = at_the_form()
    save_model(small_model(), home / "cache" / "trained" / str(os.getpid()) / "mine")
    models.mkdir()
    (models / "mine").write_text("a letter")
    hands.app.training.store.change(stage=Stage.TRAINED, name="mine")
    hands.press("Alt-u")
    hands.until(lambda: state(hands).failure is not None)
    assert "is a file. Name a folder for the model." in hands.seen()
    assert state(hands).stage is Stage.TRAINED
    assert hands.app.store.state.model.name == "small"


def test_nothing_of_the_form_is_cut_off(at_the_form: Callable[..., Hands]) -> None:
    hands = at_the_form()
    for size in ("780x600", "1270x980"):
        hands.app.root.geometry(size)
        for _theme in ("light", "dark"):
            hands.breathe(0.1)
            hands.nothing_cut_off()
            hands.press("F9")


def test_the_data_page_leads_to_it_and_it_leads_back(
    open_window: Callable[..., Hands], table: Path, present: Path
) -> None:
    hands = open_window(model=present, data=table.parent)
    hands.press("Alt-d")
    hands.app.data.controller.choose("mine")
    hands.until(lambda: hands.app.store.state.data.contents is not None)
    hands.press("Alt-t")
    hands.until(lambda: state(hands).stage is Stage.READY)
    assert "Train a model on “mine”" in hands.seen()
    assert hands.app.root.title() == "mine – Earmark"
    hands.press("Alt-b")
    assert hands.app.store.state.page is Page.DATA
    hands.press("Control-t")
    assert hands.focus() is page(hands).form.entry


def test_who_ends_the_process_from_outside_is_told_of(table: Path, tmp_path: Path) -> None:
    process = TrainingProcess(Order(table, "mine", "robust", tmp_path))
    os.kill(process._process.pid, signal.SIGKILL)
    with pytest.raises(TrainingError, match=r"has ended the training \(signal 9\)"):
        list(process.events(lambda *_: None))


class TestCourse:
    def test_time_left_counts_both_fits(self) -> None:
        now = iter([0.0, 2.0, 3.0, 10.0, 12.0])
        course = Course(Started("m", "n", "r", 9, ("a",), 4, refit=True), lambda: next(now))
        epochs = [Epoch("first", n, 4, 1.0, 0.5) for n in (1, 2)]
        assert course.see(epochs[0]) == (1 / 8, None)
        assert course.see(epochs[1]) == (2 / 8, 2.0 * 6)
        assert course.see(Epoch("first", 3, 4, 1.0, 0.5)) == (3 / 8, 1.5 * 5)
        # It stopped early, and the second fit is as short.
        assert course.see(Epoch("second", 1, 3, 1.0, 0.5)) == (4 / 6, 1.5 * 2)
        assert course.see(Epoch("second", 2, 3, 1.0, 0.5)) == (5 / 6, 2.0 * 1)
