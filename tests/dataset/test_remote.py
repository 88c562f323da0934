"""Songs at addresses: listed, told apart, fetched for as long as they are heard."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import fsspec
import pytest

from lib.dataset import (
    Address,
    Heard,
    Place,
    Unheard,
    hear_song,
    preprocess,
    read_dataset,
    read_place,
)
from lib.dataset.layout import read_layout
from lib.dataset.remote import _changed, find_files, on_disk, signature
from lib.errors import DatasetError
from tests.sound import music, write_song


@pytest.fixture
def bucket(tmp_path: Path) -> Iterator[str]:
    """Return an address with two genres of one song each, a hidden file and one of text."""
    store = fsspec.filesystem("memory")
    song = write_song(tmp_path / "song.flac", music(3.5), rate=22_050).read_bytes()
    for name in ("blues/a #1.flac", "jazz/b.flac", "jazz/.hidden.flac", "notes.txt"):
        store.pipe(f"/bucket/{name}", song)
    yield "memory://bucket"
    store.rm("/bucket", recursive=True)


def test_a_path_or_an_address() -> None:
    assert read_place("my songs") == Path("my songs")
    place = read_place("s3://bucket/by genre/")
    assert place == Address("s3://bucket/by genre")
    assert (place.name, str(place)) == ("by genre", "s3://bucket/by genre")
    song = Address("https://host:80/a%20b/so%20what.mp3?key=1")
    assert (song.name, song.stem, song.suffix) == ("so what.mp3", "so what", ".mp3")


def test_files_are_listed_with_what_tells_them_from_others(bucket: str) -> None:
    found = dict(find_files(Address(bucket)))
    assert set(found) == {"blues/a #1.flac", "jazz/b.flac", "notes.txt"}
    assert found["jazz/b.flac"].url == "memory:///bucket/jazz/b.flac"
    assert signature(found["jazz/b.flac"])[0] > 1_000
    assert [song.relative for song in read_layout(Address(bucket)).songs] == [
        "blues/a #1.flac", "jazz/b.flac",
    ]  # fmt: skip


def test_a_set_from_an_address(bucket: str, tmp_path: Path) -> None:
    source = read_place(bucket)
    assert preprocess(source, tmp_path / "set", hear=hear_song, open_pool=Here).heard == 2
    assert preprocess(source, tmp_path / "set", open_pool=Here).kept == 2
    made = read_dataset(tmp_path / "set")
    assert list(made.tracks.index) == ["blues/a #1.flac", "jazz/b.flac"]
    assert made.labels == ("blues", "jazz")
    fsspec.filesystem("memory").rm("/bucket/jazz/b.flac")
    fsspec.filesystem("memory").pipe("/bucket/jazz/c.flac", b"no sound")
    after = preprocess(source, tmp_path / "set", open_pool=Here)
    assert (after.heard, after.kept, after.failed) == (0, 1, 1)
    fsspec.filesystem("memory").pipe("/other/pop/c.flac", b"no sound")
    with pytest.raises(DatasetError, match="was made from memory://bucket, not from memory://o"):
        preprocess(Address("memory://other"), tmp_path / "set", open_pool=Here)


class Here(AbstractContextManager["Here"]):
    """A pool of nobody but this process, which alone has the memory that the songs lie in."""

    def __init__(self, job: Callable[[Place], Heard | Unheard]) -> None:
        self._job = job

    def __exit__(self, *_: object) -> None:
        pass

    def run(
        self, items: Iterable[Place], *, tick: float = 0.2
    ) -> Iterator[tuple[Place, Heard | Unheard]]:
        for item in items:
            assert tick > 0
            yield item, self._job(item)


def test_what_was_fetched_is_gone_afterwards(bucket: str) -> None:
    with on_disk(Address(f"{bucket}/jazz/b.flac")) as path:
        assert path.suffix == ".flac"
        assert path.stat().st_size > 1_000
    assert not path.parent.exists()
    heard = hear_song(Address(f"{bucket}/jazz/b.flac"))
    assert isinstance(heard, Heard)
    assert heard.title == "b"


@pytest.mark.parametrize("url", ["memory://bucket/gone.mp3", "http://127.0.0.1:9/a.mp3"])
def test_a_song_that_can_not_be_fetched(url: str) -> None:
    heard = hear_song(Address(url))
    assert isinstance(heard, Unheard)
    assert heard.reason.startswith("It can't be read (fetching it failed: ")


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/songs", "nonsense://songs"])
def test_an_address_that_can_not_be_listed(url: str, tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=f"{url}: it can't be listed"):
        preprocess(Address(url), tmp_path / "set")


def test_the_time_of_change_that_storages_tell_in_ways_of_their_own() -> None:
    moment = datetime(2026, 1, 1, tzinfo=UTC)
    assert _changed({"mtime": 1.5}) == 1_500_000_000
    assert _changed({"LastModified": moment}) == round(moment.timestamp()) * 1_000_000_000
    assert _changed({"LastModified": "yesterday"}) == _changed({}) == 0
