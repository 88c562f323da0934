"""The options of a command line that concern YouTube."""

from __future__ import annotations

import argparse
import math
import re
from collections.abc import Callable

from lib.prediction import PAUSE_SECONDS
from lib.youtube import BROWSERS, Limits, Network, YouTube

USUAL = Limits()
HIGHEST = 1e9


def add_youtube_options(parser: argparse.ArgumentParser) -> None:
    """Add to a parser what `open_youtube` reads, and how playlists are gone through."""
    group = parser.add_argument_group("YouTube")
    group.add_argument(
        "--limit",
        type=count,
        metavar="N",
        help="at most this many songs of a playlist, from the first (default: all)",
    )
    group.add_argument(
        "--pause",
        type=seconds,
        default=PAUSE_SECONDS,
        metavar="SECONDS",
        help="between one download and the next, which keeps YouTube from refusing more; songs "
        "fetched before wait for nothing (default: %(default)g)",
    )
    group.add_argument(
        "--longest",
        type=positive,
        default=USUAL.longest / 60,
        metavar="MINUTES",
        help="fetch no song longer than this (default: %(default)g)",
    )
    group.add_argument(
        "--largest",
        type=positive,
        default=USUAL.largest / 1e6,
        metavar="MB",
        help="fetch no song larger than this (default: %(default)g)",
    )
    group.add_argument(
        "--cookies-from-browser",
        type=browser,
        metavar="NAME",
        help="send the cookies of a browser where you are signed in, such as firefox: for what "
        "YouTube shows only to you, and against its check for robots",
    )


def open_youtube(options: argparse.Namespace) -> YouTube:
    """Return YouTube as the options want it; nothing is asked of it yet.

    Parameters
    ----------
    options : argparse.Namespace
        Of a parser that `add_youtube_options` has seen.
    """
    limits = Limits(longest=options.longest * 60, largest=round(options.largest * 1e6))
    return YouTube(
        limits=limits, network=Network(cookies_from_browser=options.cookies_from_browser)
    )


def option(name: str) -> str:
    """Return how a command line calls an option.

    Examples
    --------
    >>> option("write_tags")
    '--write-tags'
    """
    return f"--{name.replace('_', '-')}"


def whole(least: int, most: int | None = None) -> Callable[[str], int]:
    """Return what reads a whole number from `least` on, or up to `most`."""
    upto = "on" if most is None else f"to {most}"

    def read(text: str) -> int:
        # int() alone takes as many digits as 4300, and underscores.
        number = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else -1
        if number < least or (most is not None and number > most):
            raise argparse.ArgumentTypeError(f"{text!r} is no whole number from {least} {upto}")
        return number

    return read


count = whole(1)
"""Read a whole number from 1 on."""

seed = whole(0, 2**32 - 1)
"""Read what random numbers begin with."""


def folds(text: str) -> int:
    """Read a number of folds: 0 for none, for one is none either."""
    number = whole(0)(text)
    if number == 1:
        raise argparse.ArgumentTypeError("1 fold leaves nothing to learn from; 2 is the least")
    return number


def browser(text: str) -> str:
    """Read the name of a browser, or of one of its profiles: ``firefox:work``."""
    if re.split("[+:]", text, maxsplit=1)[0].lower() not in BROWSERS:
        raise argparse.ArgumentTypeError(f"{text!r} is none of {', '.join(BROWSERS)}")
    return text


def seconds(text: str) -> float:
    """Read a time that may be nothing."""
    number = _number(text)
    if number < 0:
        raise argparse.ArgumentTypeError(f"{text!r} is less than nothing")
    return number


def positive(text: str) -> float:
    """Read a number that is more than nothing."""
    number = _number(text)
    if number <= 0:
        raise argparse.ArgumentTypeError(f"{text!r} is not more than nothing")
    return number


def _number(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not abs(number) < HIGHEST:
        raise argparse.ArgumentTypeError(f"{text!r} is no number, or one beyond all measure")
    return number
