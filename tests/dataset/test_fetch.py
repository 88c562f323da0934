"""Fetching: byte for byte over a line that breaks, and never a wrong file."""

from __future__ import annotations

import hashlib
import random
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lib.dataset.archives import Archive
from lib.dataset.fetch import fetch, kept
from lib.errors import Cancelled, DownloadError
from tests.dataset.shop import Shop, open_shop

CONTENT = random.Random(0).randbytes(300_000)
QUICK = (0.0, 0.0, 0.0)


@pytest.fixture
def shop() -> Iterator[Shop]:
    with open_shop(Shop(CONTENT)) as shop:
        yield shop


def archive(*urls: str, content: bytes = CONTENT) -> Archive:
    checksum = hashlib.sha1(content, usedforsecurity=False).hexdigest()
    return Archive("songs.zip", urls, "sha1", checksum, len(content), len(content), "songs")


def test_a_whole_file(shop: Shop, tmp_path: Path) -> None:
    steps: list[tuple[str, float | None]] = []
    path = fetch(archive(shop.url), tmp_path / "new", progress=lambda *step: steps.append(step))
    assert path.read_bytes() == CONTENT
    assert [file.name for file in path.parent.iterdir()] == ["songs.zip"]
    assert ("Downloading songs.zip", 1.0) in steps
    assert steps[-1] == ("Checking songs.zip", 1.0)
    fetch(archive(shop.url), tmp_path / "new")
    assert len(shop.asked) == 1


def test_three_cuts(shop: Shop, tmp_path: Path) -> None:
    shop.cuts = [70_000, 1, 100_000]
    assert fetch(archive(shop.url), tmp_path, pauses=QUICK).read_bytes() == CONTENT
    assert [asked.get("range") for asked in shop.asked] == [
        None,
        "bytes=70000-",
        "bytes=70001-",
        "bytes=170001-",
    ]
    assert [asked.get("if-range") for asked in shop.asked] == [None, '"one"', '"one"', '"one"']


def test_what_an_earlier_run_got_is_used(shop: Shop, tmp_path: Path) -> None:
    shop.cuts = [200_000]
    with pytest.raises(
        DownloadError, match=r"the line broke after 200000 of 300000.*0\.2 MB are kept"
    ):
        fetch(archive(shop.url), tmp_path, pauses=())
    assert kept(archive(shop.url), tmp_path) == 200_000
    assert fetch(archive(shop.url), tmp_path, pauses=()).read_bytes() == CONTENT
    assert shop.asked[-1]["range"] == "bytes=200000-"


def test_a_server_that_knows_no_ranges(shop: Shop, tmp_path: Path) -> None:
    shop.ranges, shop.cuts = False, [100_000]
    assert fetch(archive(shop.url), tmp_path, pauses=QUICK).read_bytes() == CONTENT


def test_a_file_that_changed_meanwhile_starts_anew(shop: Shop, tmp_path: Path) -> None:
    shop.cuts = [100_000]
    with pytest.raises(DownloadError):
        fetch(archive(shop.url), tmp_path, pauses=())
    shop.content, shop.etag = CONTENT[::-1], '"two"'
    path = fetch(archive(shop.url, content=shop.content), tmp_path, pauses=())
    assert path.read_bytes() == shop.content


@pytest.mark.parametrize(
    ("etag", "modified", "condition"),
    [('W/"weak"', "", None), ("", "Thu, 01 Jan 2026 00:00:00 GMT", "Thu, 01 Jan"), ("", "", None)],
)
def test_what_names_the_version(
    shop: Shop, tmp_path: Path, etag: str, modified: str, condition: str | None
) -> None:
    shop.etag, shop.modified, shop.cuts = etag, modified, [100_000]
    assert fetch(archive(shop.url), tmp_path, pauses=QUICK).read_bytes() == CONTENT
    assert (shop.asked[1].get("if-range") or "")[:11] == (condition or "")


def test_all_is_there_already(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "songs.zip.part").write_bytes(CONTENT)
    assert fetch(archive(shop.url), tmp_path, pauses=()).read_bytes() == CONTENT


def test_more_is_there_than_the_file_has(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "songs.zip.part").write_bytes(CONTENT + b"more")
    assert fetch(archive(shop.url), tmp_path, pauses=QUICK).read_bytes() == CONTENT


def test_a_length_that_nobody_tells(shop: Shop, tmp_path: Path) -> None:
    shop.length = False
    assert fetch(archive(shop.url), tmp_path, pauses=()).read_bytes() == CONTENT


def test_a_wrong_file_is_named_and_removed(shop: Shop, tmp_path: Path) -> None:
    shop.content = CONTENT[::-1]
    wrong = hashlib.sha1(shop.content, usedforsecurity=False).hexdigest()
    right = archive(shop.url)
    with pytest.raises(DownloadError, match=f"its sha1 is {wrong}, not {right.checksum}"):
        fetch(right, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_busy_server_is_asked_again(shop: Shop, tmp_path: Path) -> None:
    shop.statuses = [503, 429, 500]
    assert fetch(archive(shop.url), tmp_path, pauses=QUICK).read_bytes() == CONTENT
    assert len(shop.asked) == 4


def test_patience_ends(shop: Shop, tmp_path: Path) -> None:
    shop.statuses = [503] * 9
    with pytest.raises(DownloadError, match=r"songs.zip can't be fetched: .*503 .*again to go on"):
        fetch(archive(shop.url), tmp_path, pauses=QUICK)
    assert len(shop.asked) == 4


def test_patience_begins_anew_when_bytes_come(shop: Shop, tmp_path: Path) -> None:
    shop.cuts = [1000] * 8
    assert fetch(archive(shop.url), tmp_path, pauses=(0.0,)).read_bytes() == CONTENT


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_server_that_has_no_such_file(shop: Shop, tmp_path: Path, status: int) -> None:
    shop.statuses = [status]
    with pytest.raises(DownloadError, match=f"the server says {status}"):
        fetch(archive(shop.url), tmp_path)
    assert len(shop.asked) == 1


def test_the_next_address_goes_on(shop: Shop, tmp_path: Path) -> None:
    with open_shop(Shop(CONTENT, cuts=[50_000], etag='"other"')) as first:
        both = archive(first.url, shop.url)
        first.cuts = [50_000, 0, 0]
        assert fetch(both, tmp_path, pauses=(0.0,)).read_bytes() == CONTENT
    assert shop.asked[0]["range"] == "bytes=50000-"
    assert "if-range" not in shop.asked[0]


def test_nobody_is_there(tmp_path: Path) -> None:
    with open_shop(Shop(b"")) as gone:
        url = gone.url
    with pytest.raises(DownloadError, match="refused"):
        fetch(archive(url), tmp_path, pauses=(0.0,))


def test_a_person_stops_a_slow_download_and_goes_on_later(shop: Shop, tmp_path: Path) -> None:
    shop.pause = 0.002

    def stop(step: str, fraction: float | None) -> None:
        if (fraction or 0) > 0.2:
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(archive(shop.url), tmp_path, progress=stop)
    got = kept(archive(shop.url), tmp_path)
    assert 0.2 * len(CONTENT) < got < len(CONTENT)
    shop.pause = 0.0
    assert fetch(archive(shop.url), tmp_path).read_bytes() == CONTENT
    assert shop.asked[-1]["range"] == f"bytes={got}-"


def test_a_person_stops_a_pause(shop: Shop, tmp_path: Path) -> None:
    shop.statuses = [503]
    waiting = threading.Event()

    def stop(step: str, fraction: float | None) -> None:
        if "trying again in" in step:
            waiting.set()
            raise Cancelled

    with pytest.raises(Cancelled):
        fetch(archive(shop.url), tmp_path, pauses=(600.0,), progress=stop)
    assert waiting.is_set()


def test_a_folder_that_can_not_be_written(shop: Shop, tmp_path: Path) -> None:
    (tmp_path / "songs.zip.part").mkdir()
    with pytest.raises(DownloadError, match=r"Is a directory|Permission"):
        fetch(replace(archive(shop.url)), tmp_path, pauses=(600.0,))
