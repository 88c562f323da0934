from __future__ import annotations

from pathlib import Path

import pytest

from lib.errors import Cancelled
from lib.features import Overview
from lib.model import Model
from lib.prediction import hear
from lib.progress import Progress
from lib.report import Material
from tests.models import small_model
from tests.sound import music, write_song


@pytest.fixture(scope="session")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """Return six seconds of music, heard."""
    folder = tmp_path_factory.mktemp("report")
    path = write_song(folder / "song.wav", music(6), rate=22_050)
    return heard(path, small_model())


def heard(path: Path, model: Model) -> Material:
    overview = Overview()
    return Material(hear(path, model, on_window=overview.add), overview, model)


@pytest.fixture
def cancelling() -> Progress:
    """Return a progress that has had enough once it comes to drawing."""

    def progress(step: str, _fraction: float | None) -> None:
        if step.startswith("Drawing"):
            raise Cancelled

    return progress
