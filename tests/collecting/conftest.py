"""The stand-in for YouTube with playlists of real sound, and a run that needs little time."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from lib.collecting import Event, Options, Outcome, collect
from lib.youtube import YouTube
from tests.collecting.songs import LINK
from tests.youtube.fake_youtube import FakeYouTube

SHORT = 3.0  # seconds; what a song of the tests must have
TABLES = ("tracks.csv", "features.csv", "failed.csv")

SEAMS = ("on_event", "paused", "progress")

Run = Callable[..., Outcome]


@pytest.fixture
def fake() -> Iterator[FakeYouTube]:
    """Return a stand-in that runs, and make sure that nothing else was asked for."""
    with FakeYouTube() as fake:
        yield fake
        assert fake.refused == []


@pytest.fixture(autouse=True)
def no_programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave no program on the path: neither ffmpeg nor any other."""
    monkeypatch.setenv("PATH", str(tmp_path / "no-programs"))


@pytest.fixture
def youtube(fake: FakeYouTube, tmp_path: Path) -> Iterator[YouTube]:
    """Return the adapter, with a cache of its own."""
    network = fake.network()
    with YouTube(tmp_path / "cache", network=network, log=tmp_path / "youtube.log") as youtube:
        yield youtube


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """Return the folder of the data set, which is not there yet."""
    return tmp_path / "set"


@pytest.fixture
def run(youtube: YouTube, target: Path) -> Run:
    """Return a function that collects into `target`."""

    def run(link: str = LINK, genre: str = "blues", **more: Any) -> Outcome:  # noqa: ANN401
        seams = {name: more.pop(name) for name in SEAMS if name in more}
        options = Options(**{"pause": 0.0, "shortest": SHORT, **more})
        chance = random.Random(0)
        return collect(
            link, genre, target, youtube=youtube, options=options, chance=chance, **seams
        )

    return run


@pytest.fixture
def events() -> list[Event]:
    """Return a list whose `append` is a listener."""
    return []


def table_bytes(folder: Path) -> dict[str, bytes]:
    """Return the tables of a data set as they lie on disk."""
    return {name: (folder / name).read_bytes() for name in TABLES}


def last_states(events: list[Event]) -> dict[str, Event]:
    """Return the last event of each video."""
    return {event.id: event for event in events}
