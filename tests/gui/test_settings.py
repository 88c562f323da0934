"""Settings, whatever their file holds, and the place of the window."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.gui.settings import Area, Settings, fit, read_settings, write_settings


def test_what_is_written_is_read(tmp_path: Path) -> None:
    settings = Settings("dark", 900, 700, -5, 20, maximised=True, folder="/ä b", tab="mfcc")
    assert write_settings(tmp_path / "new" / "window.json", settings)
    assert read_settings(tmp_path / "new" / "window.json") == settings


def test_a_file_that_is_not_there_means_the_usual(tmp_path: Path) -> None:
    assert read_settings(tmp_path / "window.json") == Settings()


def test_only_the_values_without_sense_are_left_out(tmp_path: Path) -> None:
    path = tmp_path / "window.json"
    path.write_text(
        '{"theme": "purple", "width": 900, "height": true, "x": 1e400, "folder": 3, "later": 1}'
    )
    assert read_settings(path) == Settings(width=900)


def test_a_folder_that_refuses_is_no_reason_to_fail(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert not write_settings(tmp_path / "file" / "window.json", Settings())


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        (Settings(), Area(140, 46, 1000, 760)),
        (Settings(width=1, height=1, x=0, y=0), Area(0, 0, 700, 600)),
        (Settings(width=5_000, height=5_000, x=-30, y=10), Area(0, 0, 1280, 900)),
        (Settings(width=800, height=600, x=-2_000, y=2_000), Area(0, 300, 800, 600)),
    ],
)
def test_the_window_lies_on_the_desktop(settings: Settings, expected: Area) -> None:
    assert fit(settings, Area(0, 0, 1280, 900), usual=(1000, 760), least=(700, 600)) == expected


def test_a_screen_to_the_left_is_part_of_the_desktop() -> None:
    settings = Settings(width=800, height=600, x=-1_000, y=50)
    desktop = Area(-1_280, 0, 2_560, 900)
    assert fit(settings, desktop, usual=(1000, 760), least=(700, 600)).x == -1_000
