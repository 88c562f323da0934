"""The command line of the making of a data set, and what it asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from lib.collecting import LONGEST_SECONDS, MOST_WORKERS, Options, check_genre
from lib.console.options import add_youtube_options, option, whole
from lib.console.parser import StageParser
from lib.dataset import ARCHIVES, Place, read_place
from lib.errors import DatasetError
from lib.places import data_folder
from lib.youtube import Refusal, Words, read_entry

DOWNLOADS = "downloads"
"""The folder of archives, beside the data sets."""

_YOUTUBE = "youtube"
_USUAL = Options()
# What is said of a playlist alone.
_ALONE = (
    *("genre", "excerpts", "no_audio", "shortest", "again"),
    *("limit", "pause", "longest", "largest", "cookies_from_browser"),
)
_EXAMPLES = """\
examples:
  python 00_preprocess.py ~/Music/by-genre
  python 00_preprocess.py ~/Music/by-genre --name mine --workers 2
  python 00_preprocess.py --download gtzan
  python 00_preprocess.py s3://bucket/by-genre --scheduler tcp://10.0.0.1:8786
  python 00_preprocess.py --playlist "https://www.youtube.com/playlist?list=PL..." --genre ska
  python 00_preprocess.py --playlist LINK --genre ska --data data/gtzan --limit 100

The songs stand in GENRE/song.mp3 (or any other format), GENRE/Artist/Album/song.mp3, or as GTZAN
and FMA have them.  Stopped at any moment, the same command goes on where it was.  What you correct
in tracks.csv (artist, title, genre, split, tempo_true, columns of your own) stays.

A playlist's songs are added to the set one by one, at its end, in the playlist's order: of each,
the 30 s in its middle, with its link, its title, and its channel as the artist.  A video that the
set has, in whatever genre, and the same recording under another link are refused; failed.csv says
so, and why others could not be had.  A song whose row you delete from tracks.csv is not added
again.  YouTube may ask whether you are a robot: then wait, or send the cookies of your browser.
"""


def parse(argv: Sequence[str] | None, *, description: str | None) -> argparse.Namespace:
    """Read the command line; `description` is what --help says first."""
    parser = StageParser(description=description, epilog=_EXAMPLES)
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "dataset",
        metavar="DATASET",
        nargs="?",
        type=read_place,
        help="folder of songs, or the address of one that fsspec reads (s3://…, https://…)",
    )
    source.add_argument("--download", choices=sorted(ARCHIVES), help="fetch a public data set")
    source.add_argument(
        "--playlist", metavar="LINK", help="add the songs of a YouTube playlist, or one video"
    )
    parser.add_argument("--name", help="of the data set (default: the folder's own name)")
    parser.add_argument(
        "--data",
        metavar="DIR",
        type=Path,
        help="where data sets lie (default: data); for a playlist without --name the folder of the "
        f"set itself (default: data/{_YOUTUBE})",
    )
    parser.add_argument(
        "--workers",
        metavar="N",
        type=whole(1),
        help=f"processes that hear (default: one per core; one for a playlist, {MOST_WORKERS} at "
        "most)",
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        help="hear on the workers of this Dask scheduler (tcp://host:8786) instead of here",
    )
    parser.add_argument(
        "--no-backbone",
        action="store_true",
        help="compute the features alone, four times as quickly; 02_train.py --network ear has the "
        "backbone hear the songs where that lacks",
    )
    parser.add_argument("--no-plots", action="store_true", help="draw no pictures")
    parser.add_argument(
        "--json", action="store_true", help="print what the tables hold as one JSON object"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    _add_playlist_options(parser)
    arguments = parser.parse_args(argv)
    _check(parser, arguments)
    return arguments


def _add_playlist_options(parser: argparse.ArgumentParser) -> None:
    """Add what is said of a playlist."""
    group = parser.add_argument_group("playlists")
    group.add_argument("--genre", metavar="NAME", help="what the songs of the playlist are")
    group.add_argument(
        "--excerpts",
        metavar="N",
        type=whole(1),
        default=_USUAL.excerpts,
        help="of 30 s from each song, spread evenly; each is a row of features.csv "
        "(default: %(default)s)",
    )
    group.add_argument(
        "--no-audio",
        action="store_true",
        help="keep no excerpts; else they are kept as FLAC in audio/youtube, to listen to and to "
        "compute other features from",
    )
    group.add_argument(
        "--shortest",
        metavar="SECONDS",
        type=float,
        default=_USUAL.shortest,
        help="add no song shorter than this (default: %(default)g)",
    )
    group.add_argument(
        "--again", action="store_true", help="add songs, too, that you took out of the set"
    )
    add_youtube_options(parser)
    # A pause's length is drawn anew each time, by up to a third more or less.
    parser.set_defaults(pause=_USUAL.pause, longest=LONGEST_SECONDS / 60)


def _check(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    """Refuse what does not go together; settle the folder of the set and a playlist's options."""
    asked = {name for name in _ALONE if getattr(arguments, name) != parser.get_default(name)}
    if arguments.playlist is None:
        if asked:
            parser.error(f"{option(min(asked))} goes with --playlist")
    elif arguments.scheduler is not None:
        parser.error("--scheduler goes with a folder of songs, not with --playlist")
    elif arguments.genre is None:
        parser.error("--playlist needs the genre of its songs: --genre NAME")
    try:
        if arguments.playlist is not None and isinstance(read_entry(arguments.playlist), Words):
            parser.error(f"{arguments.playlist!r} is no link of a playlist or a video")
        arguments.target = _target(arguments)
        if arguments.playlist is not None:
            arguments.genre = check_genre(arguments.genre)
            arguments.options = _options(arguments)
    except (DatasetError, Refusal) as error:
        parser.error(str(error))


def _target(arguments: argparse.Namespace) -> Path:
    """Return the folder of the set."""
    data, name = arguments.data or data_folder(), arguments.name
    if arguments.playlist is not None and name is None:
        if arguments.data is None:
            return data_folder() / _YOUTUBE
        sets = sorted(table.parent.name for table in data.glob("*/tracks.csv"))
        if sets and not (data / "tracks.csv").is_file():
            raise DatasetError(f"{data} holds the data sets {', '.join(sets)}; choose by --name")
        return Path(data)
    if name is None:
        name = arguments.download or _name(arguments.dataset)
    if Path(name).name != name or name in {"", "..", DOWNLOADS}:
        raise DatasetError(f"{name!r} can't be a data set's name; choose one by --name")
    return Path(data, name)


def _name(source: Place) -> str:
    """Return what a folder of songs is called."""
    return source.resolve().name if isinstance(source, Path) else source.name


def _options(arguments: argparse.Namespace) -> Options:
    """Return how a playlist's songs are to be collected."""
    return Options(
        limit=arguments.limit,
        excerpts=arguments.excerpts,
        keep_audio=not arguments.no_audio,
        pause=arguments.pause,
        shortest=arguments.shortest,
        workers=arguments.workers or _USUAL.workers,
        again=arguments.again,
    )
