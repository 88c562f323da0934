"""Compare what can learn a data set, or search for the network that learns it best."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lib.console import progress_bar, run_stage
from lib.console.options import count, folds, positive, seed
from lib.console.parser import StageParser
from lib.dataset import read_dataset
from lib.errors import Cancelled
from lib.files import write_text
from lib.judgement import FoldsBy

if TYPE_CHECKING:
    from lib.search import Entry, Figures, Group, History, Line, Winner

OUTPUTS = Path(__file__).resolve().parent / "outputs"
GROUPS: tuple[Group, ...] = ("inputs", "networks", "classic")
EXAMPLES = """\
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


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = StageParser(description=__doc__, epilog=EXAMPLES)
    parser.add_argument("data", metavar="DATA", type=Path, help="folder of tables")
    parser.add_argument("--name", help="of the search or comparison (default: the data's own name)")
    parser.add_argument(
        "--output", metavar="DIR", type=Path, default=OUTPUTS, help="where results lie"
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


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv)
    work = find_best if arguments.compare is None else compare_all
    return run_stage(lambda: work(arguments))


def compare_all(arguments: argparse.Namespace) -> int:
    """Judge everything, print the table, draw the charts."""
    # Here and below late: --help waits for nothing heavy.
    from lib.search import (
        compare,
        csv_table,
        entries,
        make_lines,
        make_plan,
        markdown_table,
        terminal_table,
    )  # fmt: skip

    dataset, folder = read_dataset(arguments.data), arguments.output / "comparison" / arguments.name
    groups: Sequence[Group] = arguments.compare or GROUPS
    compared = entries(groups)
    protocols: dict[FoldsBy, int] = {"random": arguments.random_folds, "artist": arguments.folds}
    with progress_bar(quiet=arguments.quiet) as progress:
        figures = compare(
            dataset,
            make_plan(compared, protocols),
            seed=arguments.seed,
            kept=folder / "judged",
            jobs=arguments.jobs,
            progress=progress,
        )
    lines = make_lines(compared, figures)
    if not arguments.json:
        print(terminal_table(lines))
    write_text(folder / "table.csv", csv_table(figures))
    write_text(folder / "table.md", markdown_table(lines))
    draw_comparison(folder, compared, figures, lines)
    if arguments.json:
        judged = [asdict(found) for found in figures]
        print(json.dumps({"folder": str(folder), "figures": judged}, ensure_ascii=False))
    else:
        print(f"\nTable and charts: {folder}")
    return 0


def draw_comparison(
    folder: Path, compared: Sequence[Entry], figures: Sequence[Figures], lines: Sequence[Line]
) -> None:
    """Save the charts of what was compared."""
    # matplotlib takes half a second to load.
    from lib.plots import LIGHT, save
    from lib.plots.comparison import all_models, one_chart
    from lib.search import InputsEntry

    judged = {found.name for found in figures if found.protocol == "artist" and not found.reason}
    inputs = [e for e in compared if isinstance(e, InputsEntry) and e.name in judged]
    if inputs:
        save(all_models(inputs, figures, LIGHT), folder / "all_models.png")
    if any(not line.reason for line in lines):
        save(one_chart(lines, LIGHT), folder / "everything.png")


def find_best(arguments: argparse.Namespace) -> int:
    """Search, judge the winner, write what was found; also what was found when it is stopped."""
    from lib.search import (
        Search,
        SearchSettings,
        judge_winner,
        read_history,
        sqlite_url,
        write_winner,
    )

    dataset, folder = read_dataset(arguments.data), arguments.output / "search" / arguments.name
    given = ("trials", "timeout", "jobs", "folds", "epochs", "members", "seed")
    settings = SearchSettings(**{name: getattr(arguments, name) for name in given})
    storage = arguments.storage or sqlite_url(folder / "search.sqlite")
    search = Search(dataset, settings, storage=storage, name=arguments.name)
    with progress_bar(quiet=arguments.quiet) as progress:
        try:
            search.run(progress)
        except (KeyboardInterrupt, Cancelled):
            write_history(folder, read_history(search.study))
            raise
        history = read_history(search.study)
        write_history(folder, history)
        winner = judge_winner(search, history, progress)
    if winner is not None:
        write_winner(folder / "winner.json", winner, search)
    if arguments.json:
        print(json.dumps(found(history, winner, folder), ensure_ascii=False))
    else:
        report(history, winner, folder)
    return 0


def found(history: History, winner: Winner | None, folder: Path) -> dict[str, Any]:
    """Return what a search found as plain values; the winner is what `winner.json` holds."""
    file = folder / "winner.json"
    return {
        "folder": str(folder),
        "complete": len(history.complete),
        "pruned": sum(tried.state == "pruned" for tried in history.trials),
        "winner": json.loads(file.read_text(encoding="utf-8")) if winner else None,
    }


def write_history(folder: Path, history: History) -> None:
    """Save the table of trials and the pictures that can be drawn by now."""
    from lib.plots import LIGHT, save
    from lib.plots.search import importance, parallel_coordinates, search_history
    from lib.search import history_csv

    write_text(folder / "trials.csv", history_csv(history))
    if any(tried.state in {"complete", "pruned"} for tried in history.trials):
        save(search_history(history, LIGHT), folder / "history.png")
    if history.importances:
        save(importance(history, LIGHT), folder / "importance.png")
    if history.complete:
        save(parallel_coordinates(history, LIGHT), folder / "parallel_coordinates.png")


def report(history: History, winner: Winner | None, folder: Path) -> None:
    """Print what was found."""
    pruned = sum(tried.state == "pruned" for tried in history.trials)
    print(f"{len(history.complete)} trials by all folds, {pruned} given up early.")
    if winner is None:
        print(f"None is finished, so there is no winner yet. Trials: {folder}")
        return
    tried, config = winner.tried, winner.config
    layers = "-".join(map(str, config.hidden))
    print(f"Best: trial {tried.number}, {tried.accuracy:.1%} over folds of the songs it saw:")
    print(f"  {layers} {config.activation}, {', '.join(_said(tried.choices))}")
    print("On the songs that the search never saw:")
    for name, verdict in winner.verdicts.items():
        low, high = verdict.interval
        called = name if name == "winner" else f"{name} recipe"
        print(
            f"  {called:14} {verdict.accuracy:.1%} of {verdict.songs} (95 %: {low:.1%}–{high:.1%})"
        )
    if winner.looks > 1:
        print(f"  (They have judged {winner.looks} winners by now: the figure flatters a little.)")
    print(f"\nSearch: {folder}\nTrain it: python 02_train.py DATA --from {folder / 'winner.json'}")


def _said(choices: Mapping[str, str | int | float]) -> list[str]:
    """Return the choices that the layers don't show, in words."""
    shown = {"depth", "first width", "last width", "activation"}
    values = {name: value for name, value in choices.items() if name not in shown}
    return [
        f"{name} {value:.3g}" if isinstance(value, float) else f"{name} {value}"
        for name, value in values.items()
    ]


if __name__ == "__main__":
    sys.exit(main())
