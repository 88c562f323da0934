"""Make a folder of songs, one folder a genre, into a data set to train on."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lib.console import progress_bar, run_stage
from lib.dataset import ARCHIVES, Summary, download, examples, preprocess, read_dataset
from lib.progress import Progress

DATA = Path(__file__).resolve().parent / "data"
DOWNLOADS = "downloads"
EXAMPLES = """\
examples:
  python 00_preprocess.py ~/Music/by-genre
  python 00_preprocess.py ~/Music/by-genre --name mine --workers 2
  python 00_preprocess.py --download gtzan

The songs stand in GENRE/song.mp3 (or any other format), GENRE/Artist/Album/song.mp3, or as GTZAN
and FMA have them.  Stopped at any moment, the same command goes on where it was.  What you correct
in tracks.csv (artist, title, genre, split, tempo_true, columns of your own) stays.
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("dataset", metavar="DATASET", nargs="?", type=Path, help="folder of songs")
    source.add_argument("--download", choices=sorted(ARCHIVES), help="fetch a public data set")
    parser.add_argument("--name", help="of the data set (default: the folder's own name)")
    parser.add_argument(
        "--data", metavar="DIR", type=Path, default=DATA, help="where data sets lie (default: data)"
    )
    parser.add_argument(
        "--workers", metavar="N", type=_positive, help="processes that hear (default: one per core)"
    )
    parser.add_argument("--no-plots", action="store_true", help="draw no pictures")
    arguments = parser.parse_args(argv)
    if arguments.name is None:
        arguments.name = arguments.download or arguments.dataset.resolve().name
    if Path(arguments.name).name != arguments.name or arguments.name in {"", "..", DOWNLOADS}:
        parser.error(f"{arguments.name!r} can't be a data set's name; choose one by --name")
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv)
    return run_stage(lambda: make(arguments))


def make(arguments: argparse.Namespace) -> int:
    """Fetch, hear, draw, report."""
    target = arguments.data / arguments.name
    with progress_bar() as progress:
        source = arguments.dataset
        if arguments.download:
            source = download(arguments.download, arguments.data / DOWNLOADS, progress=progress)
        summary = preprocess(source, target, workers=arguments.workers, progress=progress)
    report(summary)
    if not arguments.no_plots:
        with progress_bar() as progress:
            folder = draw(summary.folder, progress)
        print(f"Plots:  {folder}")
    return 0


def report(summary: Summary) -> None:
    """Print what the tables hold and where they are."""
    print(summary.table())
    print(f"\n{summary.heard} songs heard now, {summary.kept} known from before.")
    for note in summary.notes:
        print(note)
    print(f"Tables: {summary.folder}", flush=True)


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


def _positive(text: str) -> int:
    """Read a number of processes."""
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number from 1 on")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
