"""The command line of the stage that hears songs, and what is there after Ctrl+C."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

from lib.console.library import (
    LIBRARY_EXAMPLES,
    add_library_options,
    check_library_options,
    wants_library,
)
from lib.console.modes import check_modes
from lib.console.options import add_youtube_options, count
from lib.console.parser import StageParser
from lib.console.reports import add_report_option
from lib.console.tagging_options import (
    TAGGING_EXAMPLES,
    TAGGING_NOTES,
    add_tagging_options,
    check_tagging_options,
)
from lib.workers import usable_cores

_EXAMPLES = f"""\
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


def parse(argv: Sequence[str] | None, *, description: str | None) -> argparse.Namespace:
    """Read the command line; `description` is what --help says first."""
    parser = StageParser(description=description, epilog=_EXAMPLES)
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
        "data/corrections: of one that was named rightly nothing is kept any more",
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


def keeps(arguments: argparse.Namespace) -> bool:
    """Tell whether what is finished before Ctrl+C is there afterwards, and not only printed."""
    library = bool(arguments.sources) and wants_library(arguments)
    songs = arguments.correct is not None or arguments.report is not None
    return library or songs or arguments.apply or arguments.undo is not None
