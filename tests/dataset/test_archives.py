"""Unpacking: whole or not at all, and nowhere else."""

from __future__ import annotations

import io
import tarfile
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from lib.dataset.archives import ARCHIVES, Archive, unpack
from lib.errors import Cancelled, DownloadError

ARCHIVE = Archive("songs.zip", (), "sha1", "", 0, 0, "songs")
FILES = {"songs/rock/a.mp3": b"a" * 5_000, "songs/jazz/b.mp3": b"b", "songs/checksums": b""}


def pack_zip(path: Path, files: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_BZIP2) as packed:
        packed.mkdir("songs")
        for name, content in files.items():
            packed.writestr(name, content)
    return path


def pack_tar(path: Path, files: dict[str, bytes], *, link: str = "") -> Path:
    with tarfile.open(path, "w:gz") as packed:
        for name, content in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(content)
            packed.addfile(member, io.BytesIO(content))
        if link:
            member = tarfile.TarInfo("songs/link")
            member.type, member.linkname = tarfile.SYMTYPE, link
            packed.addfile(member)
    return path


def files(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


@pytest.mark.parametrize("pack", [pack_zip, pack_tar])
def test_all_files_come_out(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    file = pack(tmp_path / "archive", FILES)
    steps: list[float | None] = []
    folder = unpack(file, ARCHIVE, tmp_path / "set", progress=lambda _, f: steps.append(f))
    assert folder == tmp_path / "set" / "songs"
    assert files(tmp_path / "set") == FILES
    assert len(steps) == 3
    assert all(step is not None and 0 <= step <= 1 for step in steps)


def test_only_what_is_wanted(tmp_path: Path) -> None:
    file = pack_zip(tmp_path / "archive", FILES)
    unpack(file, replace(ARCHIVE, members=("songs/jazz/b.mp3",)), tmp_path / "set")
    assert files(tmp_path / "set") == {"songs/jazz/b.mp3": b"b"}


@pytest.mark.parametrize("name", ["../evil", "/evil", "songs/../../evil"])
@pytest.mark.parametrize("pack", [pack_zip, pack_tar])
def test_no_file_gets_out_of_its_folder(tmp_path: Path, pack: object, name: str) -> None:
    assert callable(pack)
    file = pack(tmp_path / "archive", FILES | {name: b"evil"})
    with pytest.raises(DownloadError, match="would be written outside"):
        unpack(file, ARCHIVE, tmp_path / "set")
    assert [path.name for path in tmp_path.rglob("*")] == ["archive", "set"]


def test_links_are_passed_over(tmp_path: Path) -> None:
    file = pack_tar(tmp_path / "archive", FILES, link="/etc")
    unpack(file, ARCHIVE, tmp_path / "set")
    assert files(tmp_path / "set") == FILES


@pytest.mark.parametrize("pack", [pack_zip, pack_tar])
def test_a_broken_archive(tmp_path: Path, pack: object) -> None:
    assert callable(pack)
    file = pack(tmp_path / "archive", FILES)
    file.write_bytes(file.read_bytes()[:-60])
    with pytest.raises(DownloadError, match=r"it can't be unpacked \(.*delete it"):
        unpack(file, ARCHIVE, tmp_path / "set")
    assert files(tmp_path / "set") == {}


def test_a_damaged_member(tmp_path: Path) -> None:
    file = pack_zip(tmp_path / "archive", FILES)
    content = bytearray(file.read_bytes())
    content[120:140] = b"!" * 20
    file.write_bytes(content)
    with pytest.raises(DownloadError, match="it can't be unpacked"):
        unpack(file, ARCHIVE, tmp_path / "set")


def test_another_archive(tmp_path: Path) -> None:
    file = pack_zip(tmp_path / "archive", {"readme": b""})
    with pytest.raises(DownloadError, match="there is no folder 'pictures' in it"):
        unpack(file, replace(ARCHIVE, folder="pictures"), tmp_path / "set")


def test_an_interrupted_unpacking_is_done_again(tmp_path: Path) -> None:
    file = pack_tar(tmp_path / "archive", FILES)
    left = tmp_path / "set" / ".unpacking-songs" / "songs" / "half.mp3"
    left.parent.mkdir(parents=True)
    left.touch()

    def stop(_: str, fraction: float | None) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        unpack(file, ARCHIVE, tmp_path / "set", progress=stop)
    assert not (tmp_path / "set" / "songs").exists()
    unpack(file, ARCHIVE, tmp_path / "set")
    assert files(tmp_path / "set") == FILES


def test_a_place_that_can_not_be_written(tmp_path: Path) -> None:
    file = pack_tar(tmp_path / "archive", FILES)
    (tmp_path / "set").touch()
    with pytest.raises(DownloadError, match=r"it can't be unpacked into .*permissions"):
        unpack(file, ARCHIVE, tmp_path / "set")


def test_the_public_archives_are_told_in_full() -> None:
    assert set(ARCHIVES) == {"gtzan", "fma_small"}
    lengths = {"md5": 32, "sha1": 40}
    for archive in (archive for archives in ARCHIVES.values() for archive in archives):
        assert len(archive.checksum) == lengths[archive.algorithm]
        assert all(url.endswith(archive.name) for url in archive.urls)
        assert all(member.startswith(f"{archive.folder}/") for member in archive.members)
