"""The command line of the stage that hears songs."""

from __future__ import annotations

import pytest

from lib.console.classifying_options import keeps, parse
from lib.workers import usable_cores


@pytest.mark.parametrize(
    ("options", "kept"),
    [
        (("song.mp3",), False),
        (("song.mp3", "--keep"), True),
        (("song.mp3", "--report", "pages"), True),
        (("song.mp3", "--write-tags"), False),
        (("song.mp3", "--write-tags", "--apply"), True),
        (("--undo",), True),
    ],
)
def test_what_ctrl_c_promises(options: tuple[str, ...], kept: bool) -> None:
    assert keeps(parse(options, description=None)) is kept


def test_songs_are_heard_on_every_core_unless_said_otherwise() -> None:
    assert parse(["song.mp3"], description=None).workers == usable_cores()
    assert parse(["song.mp3", "--workers", "1"], description=None).workers == 1
