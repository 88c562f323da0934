"""Hear songs and name their genres on the console: files, folders, YouTube links, plain words."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from lib.console import (
    LIBRARY_EXAMPLES,
    add_library_options,
    add_report_option,
    add_youtube_options,
    check_library_options,
    check_modes,
    classify_library,
    count,
    open_corrector,
    open_reports,
    open_youtube,
    progress_bar,
    report,
    run_stage,
    wants_library,
)
from lib.console.parser import StageParser
from lib.console.tagging_options import (
    TAGGING_EXAMPLES,
    TAGGING_NOTES,
    add_tagging_options,
    check_tagging_options,
)
from lib.errors import CallError, ModelError
from lib.model import Model, load_model, usual_model
from lib.prediction import Crew, Listener
from lib.workers import usable_cores

EXAMPLES = f"""\
examples:
  python 03_classify.py song.mp3 ~/Music/album
  python 03_classify.py "https://youtu.be/dQw4w9WgXcQ"
  python 03_classify.py "purple rain prince"
  python 03_classify.py --limit 20 "https://www.youtube.com/playlist?list=PL..."
  python 03_classify.py --json ~/Music/album > heard.jsonl
  python 03_classify.py --quick ~/Music/concerts
  python 03_classify.py --why song.mp3
  python 03_classify.py --correct bluegrass song.mp3
  python 03_classify.py --report song.html song.mp3
  python 03_classify.py --model outputs/models/mine song.flac
{TAGGING_EXAMPLES}
Put links and words in quotation marks, for the shell would take them apart. Words take the first
video that YouTube finds; which, is said. A playlist is heard song by song. Files and folders are
heard side by side, the longest first, and each answer is printed in the moment it is there; with
--workers 1 one after the other, in the order of their names. What was fetched is kept
in a cache of bounded size, so the same link is instant the second time.

{LIBRARY_EXAMPLES}
{TAGGING_NOTES}
The exit status is 0 when everything was heard (and written), 1 when something was not, 2 for a
wrong call, 130 after Ctrl+C.
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = StageParser(description=__doc__, epilog=EXAMPLES)
    parser.add_argument(
        "sources",
        metavar="SOURCE",
        nargs="*",
        help="a file, a folder, the link of a YouTube video or playlist, or words to search for",
    )
    parser.add_argument("--json", action="store_true", help="one JSON object a line for each song")
    parser.add_argument(
        "--quick",
        action="store_true",
        help="hear of each file only the 30 s in its middle, which is all that is decoded then",
    )
    parser.add_argument(
        "--why",
        action="store_true",
        help="say why: what pulled each answer, how the song sounds, and the nearest songs that "
        "the model learned from; with --json as the field why",
    )
    parser.add_argument(
        "--correct",
        metavar="GENRE",
        help="keep these songs with this genre, for the next training, in the data set "
        "data/corrections: of one that was named rightly nothing is kept",
    )
    parser.add_argument(
        "--workers",
        type=count,
        metavar="N",
        help="processes that hear files and folders (default: one per core, here "
        f"{usable_cores()}); with several, results come in the order in which they are finished",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--model",
        type=Path,
        metavar="FOLDER",
        help="the model that judges (default: the ear that ships, or without its backbone mlp85)",
    )
    add_library_options(parser)
    add_report_option(parser)
    add_youtube_options(parser)
    add_tagging_options(parser)
    arguments = parser.parse_args(argv)
    check_tagging_options(parser, arguments)
    check_modes(parser, arguments)
    check_library_options(parser, arguments)
    arguments.workers = arguments.workers or usable_cores()
    return arguments


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv)
    hears = bool(arguments.sources)
    return run_stage(
        lambda: classify(arguments) if hears else tag(arguments), keeps=keeps(arguments)
    )


def keeps(arguments: argparse.Namespace) -> bool:
    """Tell whether what is finished before Ctrl+C is there afterwards, and not only printed."""
    library = bool(arguments.sources) and wants_library(arguments)
    songs = arguments.correct is not None or arguments.report is not None
    return library or songs or arguments.apply or arguments.undo is not None


def classify(arguments: argparse.Namespace) -> int:
    """Hear every song; one that fails doesn't stop the others."""
    folder, reason = (arguments.model, "") if arguments.model else usual_model()
    if reason:
        print(f"Earmark: {folder.name} answers. {reason}", file=sys.stderr)
    model = load(folder, named=arguments.model is not None)
    if wants_library(arguments):
        with progress_bar(quiet=arguments.quiet) as bar:
            return classify_library(arguments, folder, bar)
    with open_youtube(arguments) as youtube, progress_bar(quiet=arguments.quiet) as bar:
        reports = open_reports(arguments.report, arguments.sources, model, bar)
        corrector = open_corrector(arguments.correct, model)
        # A process of the crew keeps to itself what a report is drawn from, and a data set kept.
        alone = arguments.workers == 1 or reports is not None or corrector is not None
        listener = Listener(
            model,
            youtube,
            crew=None if alone else Crew(folder, arguments.workers),
            quick=arguments.quick,
            why=arguments.why,
            limit=arguments.limit,
            pause=arguments.pause,
            on_window=reports.add if reports else None,
            on_given=corrector.take if corrector else None,
            progress=bar,
        )
        events = listener.hear_all(arguments.sources)
        events = reports.of(events) if reports else events
        events = corrector.of(events) if corrector else events
        tagger = None
        if arguments.write_tags:
            # Late: who writes no tags needs no mutagen.
            from lib.console.tagging import Tagger

            tagger = Tagger(arguments, bar)
            tagger.check(model.labels)
            events = tagger.listening(events)
        status = report(events, bar, genres=model.labels, as_json=arguments.json)
        bar.hide()
        if reports and reports.told() and not arguments.json:
            print(reports.told(), flush=True)
        return max(status, tagger.finish()) if tagger else status


def load(folder: Path, *, named: bool) -> Model:
    """Read the model; where the person named none that can be read, the call is wrong."""
    try:
        return load_model(folder)
    except ModelError as error:
        if named:
            raise CallError(f"--model: {error}") from error
        raise


def tag(arguments: argparse.Namespace) -> int:
    """Write tags by what was heard before, or undo that."""
    from lib.console.tagging import without_hearing

    with progress_bar(quiet=arguments.quiet) as bar:
        return without_hearing(arguments, bar)


if __name__ == "__main__":
    sys.exit(main())
