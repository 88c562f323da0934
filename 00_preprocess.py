"""Make songs into a data set to train on: a folder with one folder a genre, or playlists."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from lib.backbone import BackboneError
from lib.cluster import Cluster
from lib.collecting import collect
from lib.console import Bar, open_youtube, progress_bar, run_stage
from lib.console.preparing import Teller
from lib.console.preparing_options import DOWNLOADS, parse
from lib.dataset import (
    Summary,
    download,
    examples,
    hear_activations,
    preprocess,
    read_dataset,
    song_hearer,
)
from lib.youtube import Refusal


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv, description=__doc__)
    return run_stage(lambda: make(arguments))


def make(arguments: argparse.Namespace) -> int:
    """Fetch, hear, draw, report."""
    with progress_bar(quiet=arguments.quiet) as bar:
        teller = Teller(bar, as_json=arguments.json)
        work = hear_all if arguments.playlist is None else grow
        summary = work(arguments, teller, bar)
    teller.made(summary)
    if not arguments.no_backbone:
        hear_by_backbone(summary.folder, arguments, teller)
    if not arguments.no_plots:
        draw(summary.folder, arguments, teller)
    teller.end(summary)
    return 0


def hear_all(arguments: argparse.Namespace, teller: Teller, bar: Bar) -> Summary:
    """Hear a folder of songs, or what is fetched."""
    source, address = arguments.dataset, arguments.scheduler
    if arguments.download:
        place = arguments.target.parent / DOWNLOADS
        source = download(arguments.download, place, progress=bar)
    return preprocess(
        source,
        arguments.target,
        workers=arguments.workers,
        open_pool=partial(Cluster, address=address) if address else None,
        hear=song_hearer(by_backbone=not arguments.no_backbone, progress=bar),
        on_found=teller.found,
        progress=bar,
    )


def grow(arguments: argparse.Namespace, teller: Teller, bar: Bar) -> Summary:
    """Add the songs of a playlist, and say of each what became of it."""
    with open_youtube(arguments) as youtube:
        try:
            return collect(
                arguments.playlist,
                arguments.genre,
                arguments.target,
                youtube=youtube,
                options=arguments.options,
                on_event=teller.song,
                progress=bar,
            ).summary
        except Refusal:
            teller.refused()
            raise


def hear_by_backbone(folder: Path, arguments: argparse.Namespace, teller: Teller) -> None:
    """Keep what the backbone hears in the songs, which `--network ear` needs."""
    try:
        with progress_bar(quiet=arguments.quiet) as progress:
            dataset = read_dataset(folder)
            found = hear_activations(dataset, workers=arguments.workers, progress=progress)
    except BackboneError as error:
        teller.no_activations(error)
    else:
        teller.activations(len(found))


def draw(folder: Path, arguments: argparse.Namespace, teller: Teller) -> None:
    """Save the pictures of a data set."""
    # matplotlib and pandas take a second to load, which the worker processes, who import this
    # file too, don't wait for.
    from lib.plots.dataset import save_pictures

    with progress_bar(quiet=arguments.quiet) as progress:
        dataset = read_dataset(folder)
        songs = examples(dataset, progress=progress)
        progress("Drawing", None)
        plots = save_pictures(dataset, songs, folder / "plots")
    teller.plots(plots)


if __name__ == "__main__":
    sys.exit(main())
