"""The options that concern YouTube."""

from __future__ import annotations

import argparse

import pytest

from lib.console import add_youtube_options, open_youtube
from lib.youtube import Limits, Network


def parse(*arguments: str) -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    add_youtube_options(parser)
    return parser.parse_args(arguments)


def test_what_nobody_sets_is_as_the_library_has_it() -> None:
    options = parse()
    assert open_youtube(options).limits == Limits()
    assert open_youtube(options).network == Network()
    assert options.limit is None
    assert options.pause > 1


def test_what_is_set_arrives_in_the_librarys_units() -> None:
    options = parse(
        "--longest", "2.5", "--largest", "0.5", "--cookies-from-browser", "firefox",
        "--limit", "3", "--pause", "0",
    )  # fmt: skip
    youtube = open_youtube(options)
    assert (youtube.limits.longest, youtube.limits.largest) == (150.0, 500_000)
    assert youtube.network.cookies_from_browser == "firefox"
    assert (options.limit, options.pause) == (3, 0.0)


@pytest.mark.parametrize(
    ("option", "text"),
    [
        ("--limit", "0"), ("--limit", "-1"), ("--limit", "1.5"), ("--limit", "all"),
        ("--pause", "-1"), ("--pause", "nan"), ("--pause", "inf"), ("--pause", "long"),
        ("--longest", "0"), ("--longest", "-5"), ("--longest", "1:00"), ("--longest", "1e400"),
        ("--largest", "0"), ("--largest", "1e300"), ("--largest", ""),
        ("--cookies-from-browser", "netscape"), ("--cookies-from-browser", ""),
    ],
)  # fmt: skip
def test_what_makes_no_sense_is_a_wrong_call(
    option: str, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        parse(f"{option}={text}")
    assert caught.value.code == 2
    assert repr(text) in capsys.readouterr().err
