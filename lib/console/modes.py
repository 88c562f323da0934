"""What 03_classify.py can be asked for, and which options change nothing there: they are refused.

An option that is passed over in silence looks as if it had been followed.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterable, Sequence

from lib.console.options import option
from lib.errors import EarmarkError
from lib.prediction import File, Folder, Source, read_source

_YOUTUBE = ("limit", "pause", "longest", "largest", "cookies_from_browser")
_SONGS = ("why", "report", "correct")
_HEARING = ("model", "quick", *_SONGS, "workers", *_YOUTUBE)
_LIBRARY = ("keep", "again", "export", "playlists", "watch")
_ONE_BY_ONE = ("report", "correct")


def check_modes(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse, with status 2, options that would change nothing beside the others.

    Parameters
    ----------
    parser : argparse.ArgumentParser
        Of 03_classify.py.
    options : argparse.Namespace
        What it has read, which `~lib.console.tagging_options.check_tagging_options` let through.
    """
    told = {"undo": options.undo is not None, "tag_runs": options.tag_runs, "heard": options.heard}
    if silent := next((name for name, asked in told.items() if asked), None):
        unheard = (*_HEARING, *_LIBRARY, *(("library",) if silent == "tag_runs" else ()))
        _refuse(parser, options, unheard, f"changes nothing, as {option(silent)} hears nothing")
    elif _given(parser, options, (*_LIBRARY, "library")):
        _refuse(parser, options, _SONGS, "goes with single songs, not with a library")
        _refuse(parser, options, _YOUTUBE, "goes with YouTube's songs, and a library holds files")
    else:
        _check_sources(parser, options)


def _check_sources(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse what goes with other sources than those that are there."""
    on_disk = [isinstance(source, File | Folder) for source in readable(options.sources)]
    if all(on_disk) and len(on_disk) == len(options.sources):
        _refuse(parser, options, _YOUTUBE, "goes with YouTube's songs, and these are files")
    if on_disk and not any(on_disk):
        of_files = ("quick", "workers", "write_tags")
        _refuse(parser, options, of_files, "goes with files, and these are YouTube's songs")
    if (alone := _given(parser, options, _ONE_BY_ONE)) and options.workers != 1:
        why = f"goes without {option(alone[0])}, which takes one song after the other"
        _refuse(parser, options, ("workers",), why)


def _refuse(
    parser: argparse.ArgumentParser,
    options: argparse.Namespace,
    names: Iterable[str],
    why: str,
) -> None:
    """End the program where one of the options was given; `why` goes on after its name."""
    if given := _given(parser, options, names):
        parser.error(f"{option(given[0])} {why}: leave it out")


def _given(
    parser: argparse.ArgumentParser, options: argparse.Namespace, names: Iterable[str]
) -> list[str]:
    return [name for name in names if getattr(options, name) != parser.get_default(name)]


def readable(sources: Sequence[str]) -> list[Source]:
    """Return what a person means, but for what can't be read: hearing it says why."""
    found = []
    for text in sources:
        try:
            found.append(read_source(text))
        except EarmarkError:
            continue
    return found
