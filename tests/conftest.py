"""What all tests share: the real data beside the checkout or a skip, and a stand-in for YouTube."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from lib.places import HOME_VARIABLE
from lib.youtube import YouTube
from tests.youtube.fake_youtube import FakeYouTube

# The same examples in every run: a failure is there for whoever looks for it.  A deadline would
# only measure how busy the machine is.
settings.register_profile("earmark", derandomize=True, deadline=None)
settings.load_profile("earmark")

ROOT = Path(__file__).resolve().parents[1]

# A shell starts what runs in its background deaf to Ctrl+C, and every process inherits that: the
# stages that the tests interrupt must hear it all the same.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the slowest files, then those of most tests, so that no core waits at the end."""
    seconds, tests = Counter[Path](), Counter[Path]()
    for item in items:
        tests[item.path] += 1
        for mark in item.iter_markers("slow"):
            seconds[item.path] = mark.args[0]
    items.sort(key=lambda item: (-seconds[item.path], -tests[item.path]))


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the checkout."""
    return ROOT


@pytest.fixture(scope="session", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep what Earmark keeps, the converted backbone for one, in a folder of the tests' own."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(HOME_VARIABLE, str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return the folder of real data beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"no real data: {folder} is missing")
    return folder


@pytest.fixture(scope="session")
def gtzan(shared: Path) -> Path:
    """Return the folder of GTZAN's features and of some of its audio."""
    return shared / "gtzan"


@pytest.fixture
def fake() -> Iterator[FakeYouTube]:
    """Return a stand-in for YouTube that runs, and make sure that nothing else was asked for."""
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
