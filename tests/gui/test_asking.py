"""How YouTube is asked: limits, and whose cookies are sent."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.errors import DatasetError
from lib.gui.asking import Asking, Lines
from lib.gui.data.shelf import Shelf
from lib.youtube import Limits, Network


@pytest.fixture(autouse=True)
def _at_home(home: Path) -> None:
    """Keep what these make out of the person's own folders."""


def test_one_line_for_each_set_of_limits() -> None:
    lines = Lines(Asking(limits=Limits(longest=100.0, largest=5)))
    usual, long = lines.youtube(), lines.youtube(longest=200.0)
    assert lines.youtube() is usual
    assert (usual.limits.longest, long.limits.longest, long.limits.largest) == (100.0, 200.0, 5)
    assert lines.youtube(unlimited=True).limits.longest == float("inf")
    lines.close()


def test_what_was_asked_for_at_the_start_goes_before_what_was_remembered() -> None:
    lines = Lines(Asking(network=Network(cookies_from_browser="chrome")), "firefox")
    assert lines.youtube().network.cookies_from_browser == "chrome"
    lines.use_cookies("")
    assert lines.youtube().network.cookies_from_browser is None
    lines.use_cookies("brave")
    assert lines.youtube().network.cookies_from_browser == "brave"
    assert Lines(Asking(), "firefox").browser == "firefox"


@pytest.mark.parametrize(
    "name", ["", " ", ".", "..", "a/b", "../x", "downloads", "~no-such-user/x", "a\x00b", "x" * 101]
)
def test_what_no_data_set_can_be_called(tmp_path: Path, name: str) -> None:
    with pytest.raises(DatasetError, match="can't be a data set's name"):
        Shelf(tmp_path, Lines(Asking())).folder_of(name)


def test_a_name_lies_among_the_sets_and_a_path_where_it_says(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, Lines(Asking()))
    assert shelf.folder_of(" mine ") == tmp_path / "mine"
    assert shelf.folder_of(str(tmp_path / "a" / "b")) == tmp_path / "a" / "b"
    assert shelf.folder_of("~").is_absolute()
    assert shelf.name_of(tmp_path / "mine") == "mine"
    assert shelf.name_of(tmp_path / "a" / "b") == str(tmp_path / "a" / "b")
