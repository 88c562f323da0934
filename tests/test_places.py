"""Where Earmark keeps what is its own."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from lib.places import cache_folder, config_folder, journal_folder, log_folder
from lib.youtube import places as youtube_places

FOLDERS = (config_folder, cache_folder, log_folder)


def test_each_has_a_place_of_its_own_that_is_earmarks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("EARMARK_HOME", raising=False)
    folders = [folder() for folder in FOLDERS]
    assert len(set(folders)) == 3
    assert all("earmark" in folder.parts and folder.is_absolute() for folder in folders)


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="XDG is Linux's")
def test_linux_keeps_them_where_the_desktop_says(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("EARMARK_HOME", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "c"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "s"))
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "d"))
    assert cache_folder() == tmp_path / "c" / "earmark"
    assert config_folder() == tmp_path / "s" / "earmark"
    assert journal_folder() == tmp_path / "d" / "earmark"


def test_a_person_may_keep_all_of_it_in_one_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("EARMARK_HOME", str(tmp_path))
    assert [folder() for folder in FOLDERS] == [
        tmp_path / "config", tmp_path / "cache", tmp_path / "log",
    ]  # fmt: skip
    assert journal_folder() == tmp_path / "journal"
    assert youtube_places.cache_folder() == tmp_path / "cache" / "youtube"
    assert youtube_places.log_path() == tmp_path / "log" / "youtube.log"
    monkeypatch.setenv("EARMARK_HOME", "")
    assert tmp_path not in config_folder().parents


def test_asking_makes_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("EARMARK_HOME", str(tmp_path / "home"))
    for folder in FOLDERS:
        folder()
    assert not (tmp_path / "home").exists()
