"""A library on the console: what is kept, what is written, and what is told at the end."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lib.console.bar import Bar
from lib.library import (
    LibraryError,
    Song,
    check_suffix,
    disagreeing,
    export,
    totals,
    usual_file,
    write_playlists,
)
from lib.prediction import File, Folder, read_source
from lib.wording import clean, count, percent

if TYPE_CHECKING:  # numpy comes with it, and most stages hear no library
    from lib.library import Crew

LIBRARY_EXAMPLES = """\
A library, of which each file is heard once, and again only when it changes:
  python 03_classify.py --keep ~/Music
  python 03_classify.py --export heard.csv --playlists ~/playlists ~/Music
  python 03_classify.py --library music.sqlite --watch ~/Music/incoming

Stopped or killed at any moment, the same call goes on where it was.
"""
WIDEST_BAR = 24
MOST_TOLD = 20


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
        help="then go on hearing what arrives in the folders, each file once it is complete, "
        "until Ctrl+C",
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
    for name, asked in (("why", options.why), ("report", options.report)):
        if asked:
            parser.error(f"--{name} goes with single songs, not with a library")
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
    _write(heard.values(), options)
    if not options.json:
        print("\n".join(_summary(heard.values(), fresh=len(found.waiting))), flush=True)
    if options.watch:
        _go_on_watching(sources, file, crew, heard, teller, options)
    return int(any(song.reason for song in heard.values()))


@dataclass(frozen=True)
class Teller:
    """Prints songs as they are heard.

    Parameters
    ----------
    bar : Bar
        Hidden for every line.
    as_json : bool
        One object a line on standard output; else a line of text, and what was set aside on
        standard error.
    """

    bar: Bar
    as_json: bool

    def tell_all(self, songs: Iterable[Song]) -> None:
        """Print songs."""
        for song in songs:
            self.tell(song)

    def tell(self, song: Song) -> None:
        """Print a song."""
        self.bar.hide()
        if self.as_json:
            print(json.dumps(song.to_dict(), ensure_ascii=False), flush=True)
        elif song.reason:
            print(f"Earmark: {_shown(song.path)}: {song.reason}", file=sys.stderr, flush=True)
        else:
            print("\n".join((_line(song), *(f"  note: {w}" for w in song.warnings))), flush=True)


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
    options: argparse.Namespace,
) -> None:
    """Tell of what arrives, and write anew whenever there is nothing left to hear."""
    from lib.library import watch

    if not options.json:
        print("Watching for songs. Ctrl+C ends it.", file=sys.stderr, flush=True)
    fresh = False
    for song in watch(sources, file, crew, progress=teller.bar):
        if song is not None:
            heard[song.path] = song
            teller.tell(song)
            fresh = True
        elif fresh:
            _write(heard.values(), options)
            fresh = False


def _write(heard: Iterable[Song], options: argparse.Namespace) -> None:
    songs = sorted(heard, key=lambda song: song.path)
    for path in options.export:
        export(songs, path)
    if options.playlists is not None:
        write_playlists(songs, options.playlists)


def _line(song: Song) -> str:
    by = f"{song.artist} – " if song.artist else ""
    doubt = f", {song.doubt}" if song.doubt else ""
    return (
        f"{song.genre} ({percent(song.confidence)}{doubt})  {by}{song.title}  {_shown(song.path)}"
    )


def _summary(heard: Iterable[Song], *, fresh: int) -> list[str]:
    """Return the totals by genre, the songs whose tags disagree, and what was set aside."""
    songs = list(heard)
    aside = sum(bool(song.reason) for song in songs)
    lines = ["", f"{count(len(songs), 'song')}, {fresh:,} of them heard now, {aside:,} set aside"]
    found = totals(songs)
    widest = max((len(total.genre) for total in found), default=0)
    for total in found:
        bar = "█" * max(round(WIDEST_BAR * total.songs / found[0].songs), 1)
        doubtful = f"  ({total.doubtful:,} doubtful)" if total.doubtful else ""
        lines.append(f"  {total.genre:{widest}}  {total.songs:6,}  {bar}{doubtful}")
    strange = disagreeing(songs)
    if strange:
        lines += ["", f"{count(len(strange), 'song')} whose tag confidently disagrees:"]
    lines += [
        f"  {song.tag} → {song.genre} ({percent(song.confidence)})  {_shown(song.path)}"
        for song in strange[:MOST_TOLD]
    ]
    if len(strange) > MOST_TOLD:
        lines.append(f"  and {len(strange) - MOST_TOLD:,} more: --export FILE.csv has them all")
    return lines


def _shown(path: Path) -> str:
    """Return a path as it may be shown on a line."""
    return clean(str(path), longest=4096)
