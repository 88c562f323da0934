"""The command line of a comparison or a search."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lib.console.options import count, folds, positive, seed
from lib.console.parser import StageParser

if TYPE_CHECKING:  # --help waits for nothing heavy
    from lib.judgement import FoldsBy
    from lib.search import Group

GROUPS: tuple[Group, ...] = ("inputs", "networks", "classic")
"""All that can be compared."""

_OUTPUTS = Path(__file__).resolve().parents[2] / "outputs"
_EXAMPLES = """\
examples:
  python 01_hyperparam.py data/gtzan --compare
  python 01_hyperparam.py data/gtzan --compare inputs classic --random-folds 0
  python 01_hyperparam.py data/gtzan --trials 200 --jobs 4
  python 01_hyperparam.py data/gtzan --storage postgresql://user:secret@host/earmark --timeout 3600
  python 02_train.py data/gtzan --from outputs/search/gtzan/winner.json --name searched

Stopped at any moment, the same command goes on where it was.  A search sees no song that the table
keeps for validation or test, or else leaves a fifth of the artists out: these judge its winner.
Several machines search together where they are given the same --storage, --name and data.
"""


def parse(argv: Sequence[str] | None, *, description: str | None) -> argparse.Namespace:
    """Read the command line; `description` is what --help says first."""
    parser = StageParser(description=description, epilog=_EXAMPLES)
    parser.add_argument("data", metavar="DATA", type=Path, help="folder of tables")
    parser.add_argument("--name", help="of the search or comparison (default: the data's own name)")
    parser.add_argument(
        "--output", metavar="DIR", type=Path, default=_OUTPUTS, help="where results lie"
    )
    parser.add_argument(
        "--folds", metavar="N", type=folds, default=5, help="by artist (%(default)s)"
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=count,
        default=1,
        help="processes that learn, each on one core (%(default)s)",
    )
    parser.add_argument("--seed", type=seed, default=0, help="of everything that is drawn")
    parser.add_argument(
        "--json", action="store_true", help="print what was found as one JSON object"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    _add_comparison(parser)
    _add_search(parser)
    arguments = parser.parse_args(argv)
    arguments.name = arguments.name or arguments.data.resolve().name
    if Path(arguments.name).name != arguments.name or arguments.name.startswith("."):
        parser.error(f"{arguments.name!r} can't be a folder's name; choose one by --name")
    if arguments.compare is None and not arguments.folds:
        parser.error("a search judges by folds: --folds 2 at least")
    if arguments.compare is not None and not (arguments.folds or arguments.random_folds):
        parser.error("without folds nothing is judged: give --folds or --random-folds")
    if arguments.storage is not None and "://" not in arguments.storage:
        parser.error(f"{arguments.storage!r} is no address of a database, such as postgresql://…")
    return arguments


def protocols(arguments: argparse.Namespace) -> dict[FoldsBy, int]:
    """Return how all that is compared is to be judged, and over how many folds each."""
    return {"random": arguments.random_folds, "artist": arguments.folds}


def _add_comparison(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("to compare")
    group.add_argument(
        "--compare",
        nargs="*",
        choices=GROUPS,
        metavar="GROUP",
        help="inputs: the original network on seven sets of features; networks: all of them by all "
        "recipes; classic: algorithms that are no networks (default: all three)",
    )
    group.add_argument(
        "--random-folds", metavar="N", type=folds, default=10, help="as well (%(default)s)"
    )


def _add_search(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("to search")
    group.add_argument(
        "--trials", metavar="N", type=count, default=100, help="in all (%(default)s)"
    )
    group.add_argument(
        "--timeout", metavar="SECONDS", type=positive, help="begin no trial after so long"
    )
    group.add_argument(
        "--storage", metavar="URL", help="a database (default: SQLite in the search's own folder)"
    )
    group.add_argument("--epochs", type=count, default=60, help="of each trial (%(default)s)")
    group.add_argument(
        "--members", type=count, default=2, help="networks a trial averages (%(default)s)"
    )
