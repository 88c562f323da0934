"""What else was heard, apart from the genre, where the model hears by the backbone."""

from __future__ import annotations

from collections.abc import Callable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from lib.backbone import ACTIVATION_NAMES, TAGS
from lib.model import save_model
from tests.gui.hands import Hands
from tests.models import small_model


@pytest.fixture(scope="session")
def ear_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a model that hears by the backbone, with weights by chance."""
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")
    folder = tmp_path_factory.mktemp("models") / "small"
    save_model(small_model(features=("tempo", *ACTIVATION_NAMES)), folder)
    return folder


def test_tags_stand_apart_from_the_genre(
    open_window: Callable[..., Hands], ear_folder: Path, songs: Path
) -> None:
    hands = open_window(str(songs / "short.mp3"), model=ear_folder)
    hands.until_heard()
    told = hands.app.page.verdict.also.cget("text")
    assert told.startswith("Also heard: ")
    heard = hands.app.store.state.heard
    assert heard is not None
    assert tuple(told.removeprefix("Also heard: ").split(", ")) == heard.prediction.also_heard
    assert set(heard.prediction.also_heard) <= set(TAGS)
    assert "small" in hands.seen()


def test_a_model_of_features_alone_hears_no_tags(
    open_window: Callable[..., Hands], songs: Path
) -> None:
    hands = open_window(str(songs / "short.mp3"))
    hands.until_heard()
    assert hands.app.page.verdict.also.cget("text") == ""
