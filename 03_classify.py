"""Hear songs and name their genres on the console."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from lib.console import progress_bar, run_stage, verdict_lines
from lib.errors import EarmarkError
from lib.model import DEFAULT_MODEL, Model, load_model
from lib.prediction import Prediction, find_songs, hear

EXAMPLES = """\
examples:
  python 03_classify.py song.mp3
  python 03_classify.py --json ~/Music/album > heard.jsonl
  python 03_classify.py --model outputs/models/mine song.flac
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "sources", metavar="SOURCE", nargs="+", type=Path, help="a file or a folder"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each song")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--model",
        type=Path,
        default=DEFAULT_MODEL,
        metavar="FOLDER",
        help="the model that judges (default: the one that ships)",
    )
    return parser.parse_args(argv)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv)
    return run_stage(lambda: classify(arguments))


def classify(arguments: argparse.Namespace) -> int:
    """Hear every song; one that fails doesn't stop the others."""
    model = load_model(arguments.model)
    failed = False
    for source, outcome in outcomes(arguments.sources, model, quiet=arguments.quiet):
        failed = failed or isinstance(outcome, EarmarkError)
        report(source, outcome, as_json=arguments.json)
    return int(failed)


def outcomes(
    sources: Sequence[Path], model: Model, *, quiet: bool
) -> Iterator[tuple[Path, Prediction | EarmarkError]]:
    """Hear song after song; yield each with what was heard, or with what went wrong."""
    for source in sources:
        try:
            songs = find_songs(source)
        except EarmarkError as error:
            yield source, error
            continue
        for song in songs:
            try:
                with progress_bar(quiet=quiet) as progress:
                    heard = hear(song, model, progress=progress)
            except EarmarkError as error:
                yield song, error
            else:
                yield song, heard


def report(source: Path, outcome: Prediction | EarmarkError, *, as_json: bool) -> None:
    """Print what came of one song, at once, so that a pipe's reader need not wait for the last."""
    if as_json:
        told = (
            {"source": str(source), "error": str(outcome)}
            if isinstance(outcome, EarmarkError)
            else outcome.to_dict()
        )
        print(json.dumps(told, ensure_ascii=False), flush=True)
    elif isinstance(outcome, EarmarkError):
        print(f"Earmark: {outcome}", file=sys.stderr, flush=True)
    else:
        print("\n".join(verdict_lines(outcome)), flush=True)


if __name__ == "__main__":
    sys.exit(main())
