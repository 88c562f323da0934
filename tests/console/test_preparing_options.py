"""The command line of the making of a data set: where the set lies, and what goes together."""

from __future__ import annotations

from pathlib import Path

import pytest

from lib.collecting import Options
from lib.console.preparing_options import parse
from lib.places import data_folder

LINK = "https://www.youtube.com/playlist?list=PLx"
PLAYLIST = ("--playlist", LINK, "--genre", "ska")


def target(*argv: str) -> Path:
    found: Path = parse(argv, description=None).target
    return found


def refused(*argv: str) -> None:
    with pytest.raises(SystemExit, match="2"):
        parse(argv, description=None)


def test_a_set_is_called_as_its_folder_unless_named(tmp_path: Path) -> None:
    assert target(str(tmp_path / "songs")) == data_folder() / "songs"
    assert target(str(tmp_path), "--name", "mine", "--data", "there") == Path("there", "mine")
    assert target("s3://bucket/by-genre") == data_folder() / "by-genre"
    assert target("--download", "gtzan") == data_folder() / "gtzan"


def test_a_playlist_goes_into_a_set_that_is_there(tmp_path: Path) -> None:
    assert target(*PLAYLIST) == data_folder() / "youtube"
    assert target(*PLAYLIST, "--data", str(tmp_path)) == tmp_path
    assert target(*PLAYLIST, "--data", str(tmp_path), "--name", "a") == tmp_path / "a"


def test_which_of_several_sets_is_to_be_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "tracks.csv").touch()
    refused(*PLAYLIST, "--data", str(tmp_path))
    assert f"{tmp_path} holds the data sets a, b; choose by --name" in capsys.readouterr().err
    assert target(*PLAYLIST, "--data", str(tmp_path / "a")) == tmp_path / "a"


@pytest.mark.parametrize(
    ("argv", "told"),
    [
        (("songs", "--no-audio"), "--no-audio goes with --playlist"),
        (("songs", "--pause", "3", "--excerpts", "2"), "--excerpts goes with --playlist"),
        (("--download", "gtzan", "--cookies-from-browser", "firefox"), "--cookies-from-browser go"),
        (("--playlist", LINK), "--playlist needs the genre of its songs: --genre NAME"),
    ],
)
def test_what_does_not_go_together(
    argv: tuple[str, ...], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    refused(*argv)
    assert capsys.readouterr().err.startswith(f"Earmark: {told}")


def test_how_a_playlist_is_collected() -> None:
    assert parse(PLAYLIST, description=None).options == Options()
    argv = (*PLAYLIST, "--limit", "3", "--no-audio", "--workers", "2", "--again")
    assert parse(argv, description=None).options == Options(
        limit=3, keep_audio=False, workers=2, again=True
    )
