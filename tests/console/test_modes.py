"""Options of 03_classify.py that would change nothing beside others: refused, with what to do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from lib.console import classifying_options
from tests.sound import music, write_song

Parse = Callable[[Sequence[str]], object]


@pytest.fixture
def parse(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Parse:
    """Return what reads the command line of the stage, beside a song and a folder of songs."""
    write_song(tmp_path / "music" / "song.wav", music(1, rate=8_000))
    monkeypatch.chdir(tmp_path)
    return partial(classifying_options.parse, description=None)


HEARS_NOTHING = ["--heard", "a.jsonl", "--write-tags"], ["--undo"], ["--tag-runs"]
OF_HEARING = (
    ["--model", "m"], ["--quick"], ["--why"], ["--report", "r"], ["--correct", "ska"],
    ["--workers", "3"], ["--limit", "3"], ["--pause", "9"], ["--longest", "3"], ["--largest", "3"],
    ["--cookies-from-browser", "firefox"], ["--keep"], ["--again"], ["--export", "a.csv"],
    ["--playlists", "p"], ["--watch"],
)  # fmt: skip


@pytest.mark.parametrize("call", HEARS_NOTHING)
def test_what_is_said_of_hearing_is_refused_where_nothing_is_heard(
    call: list[str], parse: Parse, capsys: pytest.CaptureFixture[str]
) -> None:
    for option in OF_HEARING:
        with pytest.raises(SystemExit, match="2"):
            parse([*call, *option])
        told = f"Earmark: {option[0]} changes nothing, as {call[0]} hears nothing: leave it out\n"
        assert capsys.readouterr().err.startswith(told)


@pytest.mark.parametrize(
    ("call", "told"),
    [
        (["--tag-runs", "--library", "l"], "--library changes nothing, as --tag-runs hears"),
        (["--limit", "3", "music"], "--limit goes with YouTube's songs, and these are files"),
        (["--pause", "0", "music/song.wav"], "--pause goes with YouTube's songs, and these are"),
        (["--keep", "--longest", "3", "music"], "--longest goes with YouTube's songs, and a lib"),
        (["--keep", "--why", "music"], "--why goes with single songs, not with a library: leave"),
        (["--quick", "purple rain"], "--quick goes with files, and these are YouTube's songs"),
        (["--workers", "3", "purple rain"], "--workers goes with files, and these are YouTube's"),
        (["--write-tags", "purple rain"], "--write-tags goes with files, and these are YouTube"),
        (["--workers", "3", "--report", "r", "music"], "--workers goes without --report, which"),
        (["--workers", "3", "--correct", "ska", "music"], "--workers goes without --correct"),
        (["--write-tags", "--top", "1", "--share", "20%", "music"], "--top 1 writes the likeliest"),
    ],
)
def test_what_would_change_nothing_is_refused(
    call: list[str], told: str, parse: Parse, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(call)
    assert f"Earmark: {told}" in capsys.readouterr().err


@pytest.mark.parametrize(
    "call",
    [
        ["--limit", "3", "--quick", "--workers", "3", "--write-tags", "purple rain", "music"],
        ["--limit", "3", "music/none.mp3"],  # that it is not there is told by who hears it
        ["--workers", "1", "--report", "r", "--correct", "ska", "--why", "--model", "m", "music"],
        ["--heard", "a.jsonl", "--write-tags", "--library", "l", "--json", "--quiet", "--apply"],
        ["--undo", "2", "--library", "l", "--json", "--quiet"],
        ["--tag-runs", "--json", "--quiet"],
        ["--keep", "--library", "l", "--again", "--watch", "--quick", "--workers", "3", "music"],
        ["--write-tags", "--top", "3", "--share", "20%", "music"],
    ],
)
def test_what_goes_together(call: list[str], parse: Parse) -> None:
    assert parse(call)
