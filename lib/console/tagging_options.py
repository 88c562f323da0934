"""The options of a command line that concern genre tags."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from lib.console.options import count, option

if TYPE_CHECKING:
    from lib.tagging import Rules

TAGGING_EXAMPLES = """\
  python 03_classify.py ~/Music --write-tags
  python 03_classify.py ~/Music --write-tags --only-empty --name metal="Heavy Metal" --apply
  python 03_classify.py --heard heard.jsonl --write-tags --names mine.toml --top 2 --share 0.2
  python 03_classify.py --undo
"""

TAGGING_NOTES = """\
--write-tags shows what each file's genre is and what it would become, and writes nothing; the same
call with --apply writes it. Unsure answers and outliers are left out, and files that name the genre
already. Nothing else in a file changes, nor its date (so rsync needs --checksum to notice). Every
change is put down beforehand in a journal, so --undo gives back every byte, whatever happened
meanwhile; a file that somebody has changed since is named and left. Files that are read-only,
locked, or have several hard links are named and left; of a symbolic link, the file that it points
to is written.
"""

# What is said of writing alone.
_OF_WRITING = (
    *("apply", "only_empty", "least_confidence", "doubtful", "top", "share", "name", "names"),
    "heard",
)


def add_tagging_options(parser: argparse.ArgumentParser) -> None:
    """Add to a parser what `check_tagging_options` reads."""
    group = parser.add_argument_group("genre tags")
    group.add_argument(
        "--write-tags",
        action="store_true",
        help="show what would become of the files' genre tags (mp3, m4a, flac, ogg, opus, wav, "
        "aiff); nothing is written without --apply",
    )
    group.add_argument("--apply", action="store_true", help="write them")
    group.add_argument(
        "--only-empty", action="store_true", help="only where a file names no genre yet"
    )
    group.add_argument(
        "--least-confidence",
        metavar="P",
        type=share,
        default=0.0,
        help="leave out answers less sure than this, such as 0.8 or 80%%",
    )
    group.add_argument("--doubtful", action="store_true", help="unsure answers and outliers too")
    group.add_argument("--top", metavar="N", type=count, help="write up to N genres (default: 1)")
    group.add_argument(
        "--share",
        metavar="P",
        type=share,
        help="write every genre of at least this probability beside the likeliest",
    )
    group.add_argument(
        "--name",
        metavar="GENRE=NAME",
        action="append",
        default=[],
        help="write NAME for a genre of the model, or nothing for GENRE=; may be given more than "
        "once (default: as libraries mostly write it, Hip-Hop for hiphop)",
    )
    group.add_argument(
        "--names",
        metavar="FILE",
        type=Path,
        help='the same from a file: TOML (hiphop = "Hip-Hop"), JSON, or CSV (hiphop,Hip-Hop)',
    )
    group.add_argument(
        "--heard",
        metavar="FILE",
        type=Path,
        help="take the answers from this file, which --json has printed, and hear nothing",
    )
    group.add_argument(
        "--undo",
        metavar="RUN",
        nargs="?",
        type=count,
        const=0,
        help="give the files of a run their old bytes and dates back (default: of the last run)",
    )
    group.add_argument("--tag-runs", action="store_true", help="list the runs that wrote tags")


def check_tagging_options(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> None:
    """Refuse what does not go together; settle the rules as `arguments.rules`.

    A call that is refused ends the program with status 2, as `argparse` does.
    """
    told = {"undo": arguments.undo is not None, "tag_runs": arguments.tag_runs}
    backwards = [name for name, asked in told.items() if asked]
    asked = [name for name in _OF_WRITING if getattr(arguments, name) != parser.get_default(name)]
    if backwards and (len(backwards) > 1 or arguments.write_tags or arguments.sources):
        parser.error(f"{option(backwards[-1])} stands alone")
    if asked and not arguments.write_tags:
        parser.error(f"{option(asked[0])} goes with --write-tags")
    if arguments.top == 1 and arguments.share is not None:
        parser.error("--top 1 writes the likeliest genre alone, --share others too: give one")
    if arguments.heard and arguments.sources:
        parser.error("--heard hears nothing, so it takes no SOURCE")
    if not (backwards or arguments.heard or arguments.sources):
        parser.error("the following arguments are required: SOURCE")
    arguments.rules = _rules(parser, arguments) if arguments.write_tags else None


def share(text: str) -> float:
    """Read a share between 0 and 1, or a percentage.

    Examples
    --------
    >>> share("0.8"), share("80%")
    (0.8, 0.8)
    """
    number = text.strip().removesuffix("%")
    try:
        found = float(number) / (100 if number != text.strip() else 1)
    except ValueError:
        found = -1.0
    if not 0 <= found <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is no share between 0 and 1, nor up to 100%")
    return found


def _rules(parser: argparse.ArgumentParser, arguments: argparse.Namespace) -> Rules:
    # Late: who writes no tags needs no mutagen.
    from lib.tagging import Rules, TaggingError, read_name, read_names

    try:
        names = read_names(arguments.names) if arguments.names else {}
        names |= dict(map(read_name, arguments.name))
    except TaggingError as error:
        parser.error(str(error))
    return Rules(
        only_empty=arguments.only_empty,
        least_confidence=arguments.least_confidence,
        doubtful=arguments.doubtful,
        most=arguments.top or (1 if arguments.share is None else None),
        share=arguments.share or 0.0,
        names=names,
    )
