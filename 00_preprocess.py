"""Make songs into a data set to train on: a folder with one folder a genre, or playlists."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from pathlib import Path

from lib.backbone import BackboneError, load_backbone
from lib.cluster import Cluster
from lib.collecting import (
    LONGEST_SECONDS,
    MOST_WORKERS,
    Event,
    Options,
    check_genre,
    collect,
)
from lib.console import Bar, add_youtube_options, open_youtube, progress_bar, run_stage
from lib.console.options import whole
from lib.console.parser import StageParser
from lib.dataset import (
    ARCHIVES,
    Heard,
    Layout,
    Place,
    Summary,
    Unheard,
    doubts,
    download,
    examples,
    found_line,
    hear_activations,
    hear_song,
    preprocess,
    read_dataset,
    read_place,
)
from lib.errors import DatasetError
from lib.progress import Progress
from lib.wording import count
from lib.youtube import Refusal, Words, read_entry

DATA = Path(__file__).resolve().parent / "data"
DOWNLOADS = "downloads"
YOUTUBE = "youtube"
USUAL = Options()
# What is said of a playlist alone.
ALONE = (
    *("genre", "excerpts", "no_audio", "shortest", "again"),
    *("limit", "pause", "longest", "largest", "cookies_from_browser"),
)
EXAMPLES = """\
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


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = StageParser(description=__doc__, epilog=EXAMPLES)
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
        f"set itself (default: data/{YOUTUBE})",
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
        default=USUAL.excerpts,
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
        default=USUAL.shortest,
        help="add no song shorter than this (default: %(default)g)",
    )
    group.add_argument(
        "--again", action="store_true", help="add songs, too, that you took out of the set"
    )
    add_youtube_options(parser)
    # A pause's length is drawn anew each time, by up to a third more or less.
    parser.set_defaults(pause=USUAL.pause, longest=LONGEST_SECONDS / 60)


def _check(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    """Refuse what does not go together; settle the folder of the set and a playlist's options."""
    asked = {name for name in ALONE if getattr(arguments, name) != parser.get_default(name)}
    if arguments.playlist is None:
        if asked:
            parser.error(f"--{min(asked).replace('_', '-')} goes with --playlist")
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
    data, name = arguments.data or DATA, arguments.name
    if arguments.playlist is not None and name is None:
        if arguments.data is None:
            return DATA / YOUTUBE
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
        workers=arguments.workers or USUAL.workers,
        again=arguments.again,
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv)
    return run_stage(lambda: make(arguments))


def make(arguments: argparse.Namespace) -> int:
    """Fetch, hear, draw, report."""
    with progress_bar(quiet=arguments.quiet) as bar:
        if arguments.playlist is not None:
            summary = grow(arguments, bar)
        else:
            source = arguments.dataset
            if arguments.download:
                place = arguments.target.parent / DOWNLOADS
                source = download(arguments.download, place, progress=bar)
            address = arguments.scheduler
            summary = preprocess(
                source,
                arguments.target,
                workers=arguments.workers,
                open_pool=partial(Cluster, address=address) if address else None,
                hear=job(arguments, bar),
                on_found=partial(tell_found, arguments, bar),
                progress=bar,
            )
    say = nothing if arguments.json else print
    say(told_of(summary), flush=True)
    if not arguments.no_backbone:
        say(hear_by_backbone(summary.folder, arguments), end="")
    if not arguments.no_plots:
        with progress_bar(quiet=arguments.quiet) as progress:
            folder = draw(summary.folder, progress)
        say(f"Plots:  {folder}")
    if arguments.json:
        print(json.dumps(summary.to_dict(), ensure_ascii=False))
    return 0


def tell_found(arguments: argparse.Namespace, bar: Bar, layout: Layout) -> None:
    """Say which genres there are before the night is spent on hearing them."""
    bar.hide()
    if not arguments.json:
        print(f"Found {found_line(layout)}", flush=True)
    for doubt in doubts(layout):
        print(f"Earmark: {doubt}", file=sys.stderr, flush=True)


def nothing(*_lines: object, **_how: object) -> None:
    """Say nothing to a person where a program listens."""


def job(arguments: argparse.Namespace, progress: Progress) -> Callable[[Place], Heard | Unheard]:
    """Return what processes do with a song: by one decoding, all that is wanted of it."""
    if not arguments.no_backbone:
        with suppress(BackboneError):  # told of once the tables are there
            load_backbone(progress=progress)  # converted once, before all processes would
            return partial(hear_song, by_backbone=True)
    return hear_song


def grow(arguments: argparse.Namespace, bar: Bar) -> Summary:
    """Add the songs of a playlist, and say of each what became of it."""
    added: list[Event] = []

    def tell(event: Event) -> None:
        if event.state.final:
            if not arguments.json:
                bar.hide()
                print(told(event), flush=True)
            added.append(event)

    with open_youtube(arguments) as youtube:
        try:
            return collect(
                arguments.playlist,
                arguments.genre,
                arguments.target,
                youtube=youtube,
                options=arguments.options,
                on_event=tell,
                progress=bar,
            ).summary
        except Refusal:
            if added and not arguments.json:
                bar.hide()
                done, count = len(added), added[0].count
                print(f"Stopped after {done} of {count}; the same command goes on from there.")
            raise


def told(event: Event) -> str:
    """Return a line about what became of a song."""
    title = " – ".join(filter(None, (event.artist, event.title))) or event.link
    width = len(str(event.count))
    line = f"{event.place:{width}}/{event.count}  {event.state:10} {title}"
    return f"{line}  ({event.reason})" if event.reason else line


def told_of(summary: Summary) -> str:
    """Tell what the tables hold and where they are."""
    heard = f"\n{count(summary.heard, 'song')} heard now, {summary.kept} known from before."
    return "\n".join((summary.table(), heard, *summary.notes, f"Tables: {summary.folder}"))


def hear_by_backbone(folder: Path, arguments: argparse.Namespace) -> str:
    """Keep what the backbone hears in the songs, which `--network ear` needs; tell of how many."""
    try:
        with progress_bar(quiet=arguments.quiet) as progress:
            dataset = read_dataset(folder)
            found = hear_activations(dataset, workers=arguments.workers, progress=progress)
    except BackboneError as error:
        print(f"Earmark: no activations for the network ear. {error}", file=sys.stderr)
        return ""
    return f"Activations: of {count(len(found), 'song')}\n"


def draw(folder: Path, progress: Progress) -> Path:
    """Save the pictures of a data set."""
    # matplotlib and pandas take a second to load, which the worker processes, who import this
    # file too, don't wait for.
    from lib.plots import LIGHT, save
    from lib.plots.dataset import harmony, tempo_by_genre, timbre
    from lib.plots.gallery import song_gallery

    dataset, plots = read_dataset(folder), folder / "plots"
    songs = examples(dataset, progress=progress)
    progress("Drawing", None)
    for picture in (timbre, harmony, tempo_by_genre):
        save(picture(dataset, LIGHT), plots / f"{picture.__name__}.png")
    if songs:
        save(song_gallery(songs, LIGHT), plots / "song_gallery.png")
    return plots


if __name__ == "__main__":
    sys.exit(main())
