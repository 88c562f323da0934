"""Downloading a data set: from the server to songs that the preprocessing takes."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from lib.dataset import Archive, download
from lib.dataset.layout import read_layout
from lib.errors import Cancelled, DownloadError
from tests.dataset.shop import Shop, open_shop
from tests.dataset.test_fma import SONGS, write_metadata, write_songs

QUICK = (0.0,)


def packed(folder: Path, kind: str) -> bytes:
    name = shutil.make_archive(str(folder), kind, folder.parent, folder.name)
    return Path(name).read_bytes()


def describe(name: str, folder: str, shop: Shop) -> Archive:
    checksum = hashlib.md5(shop.content, usedforsecurity=False).hexdigest()
    return Archive(name, (shop.url,), "md5", checksum, len(shop.content), 1_000, folder)


@pytest.fixture
def gtzan_shop(tmp_path: Path) -> Iterator[Shop]:
    for name in ("blues/blues.00000.au", "jazz/jazz.00054.au", "jazz/._jazz.00000.au"):
        path = tmp_path / "packing" / "genres" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"." * 10_000)
    with open_shop(Shop(packed(tmp_path / "packing" / "genres", "gztar"))) as shop:
        yield shop


def test_gtzan(gtzan_shop: Shop, tmp_path: Path) -> None:
    archives = {"gtzan": (describe("genres.tar.gz", "genres", gtzan_shop),)}
    gtzan_shop.cuts = [100, 200]
    folder = download("gtzan", tmp_path / "downloads", archives=archives, pauses=QUICK)
    assert folder == tmp_path / "downloads" / "gtzan"
    layout = read_layout(folder)
    assert [song.track for song in layout.songs] == ["blues.00000", "jazz.00054"]
    assert [path.name for path in folder.parent.iterdir()] == ["gtzan"]
    asked = len(gtzan_shop.asked)
    assert download("gtzan", tmp_path / "downloads", archives=archives) == folder
    assert len(gtzan_shop.asked) == asked


def test_an_archive_that_is_there_is_only_unpacked(gtzan_shop: Shop, tmp_path: Path) -> None:
    archives = {"gtzan": (describe("genres.tar.gz", "genres", gtzan_shop),)}

    def stop(step: str, fraction: float | None) -> None:
        if step.startswith("Unpacking"):
            raise Cancelled

    with pytest.raises(Cancelled):
        download("gtzan", tmp_path / "downloads", archives=archives, progress=stop)
    gtzan_shop.statuses = [404]
    folder = download("gtzan", tmp_path / "downloads", archives=archives)
    assert len(read_layout(folder).songs) == 2


def test_fma_needs_both_of_its_archives(tmp_path: Path) -> None:
    write_songs(tmp_path / "packing" / "fma_small")
    write_metadata(tmp_path / "packing")
    songs = Shop(packed(tmp_path / "packing" / "fma_small", "zip"))
    metadata = Shop(packed(tmp_path / "packing" / "fma_metadata", "zip"))
    with open_shop(songs), open_shop(metadata):
        first = describe("fma_metadata.zip", "fma_metadata", metadata)
        archives = {
            "fma_small": (
                replace(first, members=("fma_metadata/tracks.csv",)),
                describe("fma_small.zip", "fma_small", songs),
            )
        }
        folder = download("fma_small", tmp_path / "downloads", archives=archives, pauses=QUICK)
    layout = read_layout(folder)
    assert [song.genre for song in layout.songs] == ["Hip-Hop", "Rock", "Pop"]
    assert len(layout.refused) == len(SONGS) - 3


def test_a_disk_that_is_too_small(gtzan_shop: Shop, tmp_path: Path) -> None:
    large = replace(describe("genres.tar.gz", "genres", gtzan_shop), unpacked=10**18)
    with pytest.raises(DownloadError, match=r"1000000000\.0 GB are needed and .* GB free; make"):
        download("gtzan", tmp_path / "downloads", archives={"gtzan": (large,)})
    assert gtzan_shop.asked == []


def test_a_data_set_that_nobody_knows(tmp_path: Path) -> None:
    with pytest.raises(DownloadError, match="no data set 'msd'; there are gtzan, fma_small"):
        download("msd", tmp_path)
