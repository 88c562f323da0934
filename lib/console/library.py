"""A library on the console: what is kept, what is written, and what is told at the end."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lib.console.bar import Bar
from lib.console.library_outputs import Outputs
from lib.console.library_told import Teller, summary_lines
from lib.library import (
    LibraryError,
    Song,
    check_suffix,
    usual_file,
)
from lib.prediction import File, Folder, read_source
from lib.wording import clean

if TYPE_CHECKING:  # numpy comes with it, and most stages hear no library
    from lib.library import Crew

LIBRARY_EXAMPLES = """\
A library, of which each file is heard once, and again only when it changes:
  python 03_classify.py --keep ~/Music
  python 03_classify.py --export heard.csv --playlists ~/playlists ~/Music
  python 03_classify.py --library music.sqlite --watch ~/Music/incoming

Stopped or killed at any moment, the same call goes on where it was.
"""


def add_library_options(parser: argparse.ArgumentParser) -> None:
    """Add to a parser what `wants_library` and `classify_library` read."""
    group = parser.add_argument_group(
        "library", "Each of these keeps what was heard, and hears only what is new or has changed."
    )
    group.add_argument(
        "--keep", action="store_true", help="keep it where the window's page Library does as well"
    )
    group.add_argument(
        "--library",
        type=Path,
        metavar="FILE",
        help="keep it in this file instead (SQLite); "
        "with --heard or --undo: the library that is told of the tags",
    )
    group.add_argument(
        "--again", action="store_true", help="hear everything anew, and those set aside once more"
    )
    group.add_argument(
        "--export",
        type=_table,
        metavar="FILE",
        action="append",
        default=[],
        help="write all of it as FILE.csv or FILE.json; may be given twice",
    )
    group.add_argument(
        "--playlists", type=Path, metavar="FOLDER", help="write a playlist (m3u8) for each genre"
    )
    group.add_argument(
        "--watch",
        action="store_true",
        help="then go on hearing what arrives in the folders, each file once it is complete, and "
        "telling what is deleted or renamed there, until Ctrl+C",
    )


def wants_library(options: argparse.Namespace) -> bool:
    """Tell whether a library is to be kept, or something asks for one."""
    asked = (options.keep, options.library, options.again, options.export, options.playlists)
    return any(asked) or options.watch


def check_library_options(parser: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """Refuse what does not go together with a library.

    A call that is refused ends the program with status 2, as `argparse` does.
    """
    if not wants_library(options) or _is_told_of_tags(options):
        return
    if not options.sources:
        parser.error("a library needs a SOURCE: name its folder")
    if options.write_tags:
        parser.error(
            "--write-tags goes without a library: have --json print it into a file, and write the "
            "tags by --write-tags --heard FILE"
        )


def _is_told_of_tags(options: argparse.Namespace) -> bool:
    """Tell whether a library is named so that tags that are written, or undone, are known there."""
    without_hearing = options.heard is not None or options.undo is not None
    others = (options.keep, options.again, options.export, options.playlists, options.watch)
    return without_hearing and bool(options.library) and not any(others)


def classify_library(options: argparse.Namespace, model: Path, bar: Bar) -> int:
    """Hear a library; a file that can't be heard doesn't stop the others.

    Parameters
    ----------
    options : argparse.Namespace
        Of a parser that `add_library_options` has seen, with ``sources``, ``workers``, ``quick``
        and ``json``.
    model : Path
        The folder of the model that judges.
    bar : Bar
        Hidden for every line.

    Returns
    -------
    int
        The exit status: 1 where a file was set aside, else 0.

    Raises
    ------
    LibraryError
        Where the library, or what is to be written, can't be used; nothing is heard before the
        names are known to be good.
    """
    from lib.library import Crew, Judge, hear_library, plan

    sources = _sources(options.sources)
    file = options.library or usual_file()
    crew = Crew(Judge(model, quick=options.quick), options.workers)
    found = plan(sources, file, crew.judge, again=options.again, progress=bar)
    if not (found.kept or found.waiting or options.watch):
        raise LibraryError(f"{', '.join(map(str, sources))}: no song is there.")
    teller = Teller(bar, as_json=options.json)
    heard = {song.path: song for song in found.kept}
    if options.json:
        teller.tell_all(found.kept)
    for song in hear_library(found.waiting, file, crew, progress=bar):
        heard[song.path] = song
        teller.tell(song)
    bar.hide()
    outputs = Outputs(options.export, options.playlists)
    written = outputs.write(heard.values())
    if not options.json:
        lines = summary_lines(heard.values(), known=found.kept)
        print("\n".join((*lines, *([""] if written else []), *written)), flush=True)
    if options.watch:
        _go_on_watching(sources, file, crew, heard, teller, outputs)
    return int(any(song.reason for song in heard.values()))


def _table(text: str) -> Path:
    """Read the name of a file that can be exported to."""
    try:
        check_suffix(Path(text))
    except LibraryError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    return Path(text)


def _sources(texts: Sequence[str]) -> list[Path]:
    """Read what a person gave: files and folders, and nothing else."""
    found = []
    for text in texts:
        source = read_source(text)
        if not isinstance(source, File | Folder):
            raise LibraryError(
                f"{clean(text)}: a library holds files. Leave the options of the library out to "
                f"hear links and words."
            )
        found.append(source.path)
    return found


def _go_on_watching(
    sources: Sequence[Path],
    file: Path,
    crew: Crew,
    heard: dict[Path, Song],
    teller: Teller,
    outputs: Outputs,
) -> None:
    """Tell of what arrives and what goes, and write anew whenever nothing is left to hear."""
    from lib.library import Gone, watch

    if not teller.as_json:
        print("Watching for songs. Ctrl+C ends it.", file=sys.stderr, flush=True)
    fresh = False
    for song in watch(sources, file, crew, seen=heard, progress=teller.bar):
        if isinstance(song, Gone):
            heard.pop(song.path, None)
            teller.tell_gone(song)
            fresh = True
        elif song is not None:
            heard[song.path] = song
            teller.tell(song)
            fresh = True
        elif fresh:
            written = outputs.write(heard.values())
            if written and not teller.as_json:
                print("\n".join(written), flush=True)
            fresh = False
