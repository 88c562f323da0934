"""The stand-in for YouTube with short songs in it, and a small model."""

from __future__ import annotations

import pytest

from lib.model import Model
from tests.models import small_model
from tests.sound import music, write_song


@pytest.fixture(scope="session")
def model() -> Model:
    return small_model()


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return four seconds as YouTube has them in its format 140."""
    folder = tmp_path_factory.mktemp("sound")
    return write_song(folder / "song.m4a", music(4.0, rate=44_100)).read_bytes()
