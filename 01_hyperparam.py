"""Compare what can learn a data set, or search for the network that learns it best."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from lib.console import progress_bar, run_stage
from lib.console.searching import found, found_lines
from lib.console.searching_options import GROUPS, parse, protocols
from lib.dataset import read_dataset
from lib.errors import Cancelled
from lib.files import write_text

if TYPE_CHECKING:
    from lib.search import History

# What searches and draws is imported late, by who needs it: --help waits for nothing heavy.


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv, description=__doc__)
    work = find_best if arguments.compare is None else compare_all
    return run_stage(lambda: work(arguments))


def compare_all(arguments: argparse.Namespace) -> int:
    """Judge everything, print the table, draw the charts."""
    from lib import search

    dataset, folder = read_dataset(arguments.data), arguments.output / "comparison" / arguments.name
    entries = search.entries(arguments.compare or GROUPS)
    with progress_bar(quiet=arguments.quiet) as progress:
        figures = search.compare(
            dataset,
            search.make_plan(entries, protocols(arguments)),
            seed=arguments.seed,
            kept=folder / "judged",
            jobs=arguments.jobs,
            progress=progress,
        )
    lines = search.make_lines(entries, figures)
    if not arguments.json:
        print(search.terminal_table(lines))
    write_text(folder / "table.csv", search.csv_table(figures))
    write_text(folder / "table.md", search.markdown_table(lines))
    from lib.plots.comparison import save_charts

    save_charts(entries, figures, lines, folder)
    if arguments.json:
        judged = [asdict(each) for each in figures]
        print(json.dumps({"folder": str(folder), "figures": judged}, ensure_ascii=False))
    else:
        print(f"\nTable and charts: {folder}")
    return 0


def find_best(arguments: argparse.Namespace) -> int:
    """Search, judge the winner, write what was found; also what was found when it is stopped."""
    from lib import search

    dataset, folder = read_dataset(arguments.data), arguments.output / "search" / arguments.name
    given = ("trials", "timeout", "jobs", "folds", "epochs", "members", "seed")
    settings = search.SearchSettings(**{name: getattr(arguments, name) for name in given})
    storage = arguments.storage or search.sqlite_url(folder / "search.sqlite")
    task = search.Search(dataset, settings, storage=storage, name=arguments.name)
    with progress_bar(quiet=arguments.quiet) as progress:
        try:
            task.run(progress)
        except (KeyboardInterrupt, Cancelled):
            write_history(folder, search.read_history(task.study))
            raise
        history = search.read_history(task.study)
        write_history(folder, history)
        winner = search.judge_winner(task, history, progress)
    if winner is not None:
        search.write_winner(folder / "winner.json", winner, task)
    if arguments.json:
        print(json.dumps(found(history, winner, folder), ensure_ascii=False))
    else:
        print("\n".join(found_lines(history, winner, folder)))
    return 0


def write_history(folder: Path, history: History) -> None:
    """Save the table of trials and the pictures that can be drawn by now."""
    from lib.plots.search import save_pictures
    from lib.search import history_csv

    write_text(folder / "trials.csv", history_csv(history))
    save_pictures(history, folder)


if __name__ == "__main__":
    sys.exit(main())
