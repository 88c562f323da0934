"""The menu of models: what it lists, and what becomes of a choice."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from lib.gui import Teaching
from lib.gui.state import Page
from lib.model import load_model, save_model
from tests.gui.hands import Hands

Open = Callable[..., Hands]


@pytest.fixture
def models(model_folder: Path, tmp_path: Path) -> Path:
    """Return a folder with two models and one that is broken."""
    folder = tmp_path / "models"
    tiny = load_model(model_folder)
    for name in ("first", "Second"):
        save_model(replace(tiny, name=name), folder / name)
    shutil.copytree(folder / "first", folder / "third")
    (folder / "third" / "weights.npz").write_bytes(b"torn")
    return folder


def by_key(hands: Hands) -> None:
    hands.press("F2")


def by_settings(hands: Hands) -> None:
    if not hands.app.comfort.preferences.shown:
        hands.press("Control-comma")
    hands.click(hands.app.comfort.preferences.model_button)


def shown(hands: Hands, ask: Callable[[Hands], None] = by_key) -> list[str]:
    """Ask for the menu, and return what it offers."""
    ask(hands)
    hands.until(lambda: hands.app.models.menu and hands.app.models.menu.winfo_viewable())
    menu = hands.app.models.menu
    assert menu is not None
    kinds = [menu.type(place) for place in range(menu.index("end") + 1)]
    return [menu.entrycget(i, "label") for i, kind in enumerate(kinds) if kind != "separator"]


def choose(hands: Hands, name: str, ask: Callable[[Hands], None] = by_key) -> None:
    """Choose an entry of the menu by keys alone."""
    place = shown(hands, ask).index(name)
    menu = hands.app.models.menu
    assert menu is not None
    menu.activate(place if name != "Another folder …" else "end")
    menu.event_generate("<Return>")
    hands.app.root.update()


def answering(hands: Hands) -> str:
    model = hands.app.store.state.model
    return "" if model is None else model.name


def test_the_chosen_model_hears_the_song_again_and_is_remembered(
    open_window: Open, models: Path, songs: Path, home: Path
) -> None:
    teaching = Teaching(models=models)
    hands = open_window(model=models / "first", teaching=teaching)
    hands.hear(songs / "short.mp3")
    assert shown(hands) == ["first", "Second", "third", "Another folder …"]
    menu = hands.app.models.menu
    assert menu is not None
    assert menu.index("active") == 0
    menu.event_generate("<Escape>")
    hands.until(lambda: not menu.winfo_viewable())
    choose(hands, "Second")
    hands.until(lambda: answering(hands) == "Second")
    hands.until_heard()
    heard = hands.app.store.state.heard
    assert heard is not None
    assert heard.prediction.model == "Second"
    hands.until(lambda: "Model Second" in hands.seen())
    hands.nothing_cut_off()
    hands.app.close()
    settings = json.loads((home / "config" / "window.json").read_text())
    assert settings["model"] == str(models / "Second")
    again = open_window(model=None, teaching=teaching)
    again.until(lambda: answering(again) == "Second")


def damage(folder: Path, how: str) -> str:
    """Make a model unusable; return what the window should say of it."""
    weights = next(path for path in folder.iterdir() if path.suffix == ".npz")
    match how:
        case "broken":
            (folder / "model.json").write_text('{"format": 5, "name": ')
            return "model.json is not JSON"
        case "senseless":
            (folder / "model.json").write_text('["no model"]')
            return "model.json"
        case "truncated":
            weights.write_bytes(weights.read_bytes()[:200])
            return weights.name
        case "lost":
            weights.unlink()
            return weights.name
        case _:
            shutil.rmtree(folder)
            return "its folder is not there"


@pytest.mark.parametrize("how", ["broken", "senseless", "truncated", "lost", "removed"])
def test_a_remembered_model_that_is_unusable_leaves_the_answer_to_the_one_that_ships(
    open_window: Open, models: Path, home: Path, how: str
) -> None:
    path = home / "config" / "window.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"model": str(models / "Second")}))
    (models / "aside").mkdir()
    shutil.copytree(models / "Second", models / "aside", dirs_exist_ok=True)
    reason = damage(models / "Second", how)
    hands = open_window(model=None)
    hands.app.root.geometry("780x600")
    hands.until(lambda: answering(hands))
    shipping = answering(hands)
    assert hands.app.ear.folder.name == shipping != "Second"
    told = hands.app.status.notice.full
    assert told.startswith(f"“Second” can't be used, so {shipping} answers: ")
    assert reason in told
    hands.until(lambda: f"“Second” can't be used, so {shipping} answers: {reason}" in hands.seen())
    hands.nothing_cut_off()
    assert "The model can't be used" not in hands.seen()
    hands.app.close()
    # The choice stands: the folder may be on a disk that is plugged in tomorrow.
    assert json.loads(path.read_text())["model"] == str(models / "Second")
    shutil.rmtree(models / "Second", ignore_errors=True)
    (models / "aside").rename(models / "Second")
    again = open_window(model=None)
    again.until(lambda: answering(again) == "Second")
    assert not again.app.status.notice.full


def test_another_choice_ends_the_wait_for_a_model_that_is_unusable(
    open_window: Open, models: Path, home: Path
) -> None:
    path = home / "config" / "window.json"
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({"model": str(models / "gone")}))
    hands = open_window(model=None, teaching=Teaching(models=models))
    hands.until(lambda: "“gone” can't be used" in hands.seen())
    choose(hands, "first")
    hands.until(lambda: answering(hands) == "first")
    assert json.loads(path.read_text())["model"] == str(models / "first")
    assert "can't be used" not in hands.seen()


def test_a_model_that_is_broken_is_told_and_the_present_one_answers_still(
    open_window: Open, models: Path, songs: Path
) -> None:
    hands = open_window(model=models / "first", teaching=Teaching(models=models))
    hands.until(lambda: answering(hands))
    hands.app.turn(Page.DATA)
    choose(hands, "third")
    hands.until(lambda: "The model can't be used" in hands.seen())
    assert "weights.npz" in hands.app.page.trouble.advice.cget("text")
    hands.hear(songs / "short.mp3")
    assert answering(hands) == "first"
    heard = hands.app.store.state.heard
    assert heard is not None
    assert heard.prediction.model == "first"


def test_the_settings_have_the_same_menu_and_keep_the_choice_at_once(
    open_window: Open, models: Path, home: Path
) -> None:
    hands = open_window(model=models / "first", teaching=Teaching(models=models))
    hands.until(lambda: answering(hands))
    assert shown(hands, by_settings) == ["first", "Second", "third", "Another folder …"]
    menu = hands.app.models.menu
    assert menu is not None
    menu.event_generate("<Escape>")
    hands.until(lambda: not menu.winfo_viewable())
    sheet = hands.app.comfort.preferences
    assert sheet.model_button.cget("text") == "first …"
    choose(hands, "Second", by_settings)
    hands.until(lambda: sheet.model_button.cget("text") == "Second …")
    assert answering(hands) == "Second"
    settings = json.loads((home / "config" / "window.json").read_text())
    assert settings["model"] == str(models / "Second")
    choose(hands, "third", by_settings)  # which is broken, and the sheet would hide why
    hands.until(lambda: "The model can't be used" in hands.seen())
    assert not sheet.shown
    assert answering(hands) == "Second"


def test_another_folder_is_asked_for(
    open_window: Open, models: Path, model_folder: Path, tmp_path: Path
) -> None:
    answers = iter([str(tmp_path), str(model_folder), ""])
    asked: list[tuple[Path, str]] = []

    def ask(_window: object, folder: Path, title: str) -> str:
        asked.append((folder, title))
        return next(answers)

    hands = open_window(model=models / "first", teaching=Teaching(models=models), choose_folder=ask)
    hands.until(lambda: answering(hands))
    choose(hands, "Another folder …")
    hands.until(lambda: "The model can't be used" in hands.seen())  # there is none in it
    assert asked == [(models, "Choose the folder of a model")]
    choose(hands, "Another folder …")
    hands.until(lambda: answering(hands) == "tiny")
    assert shown(hands) == ["first", "Second", "third", "tiny", "Another folder …"]
    choose(hands, "Another folder …")
    hands.breathe(0.1)
    assert len(asked) == 3
    assert answering(hands) == "tiny"
