"""Files are whole or not there at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from lib.files import replacing, write_text


def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    table = tmp_path / "tracks.csv"
    write_text(table, "old")

    def write_half() -> None:
        with replacing(table) as temporary:
            temporary.write_text("half")
            raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        write_half()
    assert table.read_text() == "old"
    assert list(tmp_path.iterdir()) == [table]


def test_a_reader_sees_the_old_file_until_the_new_one_is_whole(tmp_path: Path) -> None:
    table = tmp_path / "tracks.csv"
    write_text(table, "old")
    with replacing(table) as temporary:
        temporary.write_text("new")
        assert table.read_text() == "old"
    assert table.read_text() == "new"


def test_the_temporary_file_keeps_the_suffix_because_writers_choose_by_it(tmp_path: Path) -> None:
    with replacing(tmp_path / "weights.npz") as temporary:
        assert temporary.suffix == ".npz"
        assert temporary.parent == tmp_path
        temporary.write_bytes(b"")


def test_folders_are_made_and_text_is_utf8_with_unix_lines(tmp_path: Path) -> None:
    path = tmp_path / "a" / "b" / "titles.txt"
    write_text(path, "Für Elise\n雪\n")
    assert path.read_bytes() == "Für Elise\n雪\n".encode()


def test_a_file_is_as_open_as_the_umask_allows(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        write_text(tmp_path / "model.json", "{}")
    finally:
        os.umask(old)
    assert (tmp_path / "model.json").stat().st_mode & 0o777 == 0o640
