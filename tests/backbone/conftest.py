"""The real wheel's weights, or a skip; and a home of the tests' own for what is converted."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

import pytest

from lib.backbone import Backbone, load_backbone
from lib.places import HOME_VARIABLE


@pytest.fixture(autouse=True, name="home")
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Keep the cache in a folder of the test's own."""
    monkeypatch.setenv(HOME_VARIABLE, str(tmp_path / "home"))
    return tmp_path / "home"


@pytest.fixture
def wheel() -> None:
    """Skip where musicnn's wheel is not installed, as it may be where there was no internet."""
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")


@pytest.fixture(scope="module")
def backbone(tmp_path_factory: pytest.TempPathFactory) -> Backbone:
    """Return the converted network."""
    try:
        distribution("musicnn")
    except PackageNotFoundError:
        pytest.skip("no backbone: the package musicnn is not installed")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        return load_backbone()
