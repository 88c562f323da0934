"""The stand-in for YouTube with short songs in it, and a small model."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.model import Model
from lib.youtube import YouTube
from tests.models import small_model
from tests.sound import music, write_song
from tests.youtube.fake_youtube import FakeYouTube


@pytest.fixture(scope="session")
def model() -> Model:
    return small_model()


@pytest.fixture(scope="session")
def sound(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return four seconds as YouTube has them in its format 140."""
    folder = tmp_path_factory.mktemp("sound")
    return write_song(folder / "song.m4a", music(4.0, rate=44_100)).read_bytes()


@pytest.fixture
def fake() -> Iterator[FakeYouTube]:
    """Return a stand-in that runs, and make sure that nothing else was asked for."""
    with FakeYouTube() as fake:
        yield fake
        assert fake.refused == []


@pytest.fixture
def youtube(fake: FakeYouTube, tmp_path: Path) -> Iterator[YouTube]:
    """Return the adapter, with a cache of its own."""
    with YouTube(
        tmp_path / "cache", network=fake.network(), log=tmp_path / "log" / "youtube.log"
    ) as youtube:
        yield youtube
