"""The stand-in for YouTube, and the adapter that talks to it through the real yt-dlp."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from lib.youtube import YouTube
from tests.youtube.fake_youtube import FakeYouTube


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
