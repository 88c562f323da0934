"""Train a network on a data set, judge a model on one, or write a model's card."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lib.console import judgement_lines, run_stage
from lib.console.evaluating import judged_on
from lib.console.training import ended_in_order, telling
from lib.console.training_command import command
from lib.console.training_options import parse, protocols, settings
from lib.console.training_steps import beside_the_leaky, hear, judge_recipe, train_model
from lib.dataset import read_dataset
from lib.events import Done, Judged, Note
from lib.judgement import Rows, folds_by
from lib.model import Model, check_replaceable, load_model, saving_model, what_is_replaced
from lib.training import judged_by_folds, save_history


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv, description=__doc__)
    work = judge_model if arguments.evaluate else card_anew if arguments.card else make_model
    return run_stage(lambda: work(arguments), keeps=False)


def judge_model(arguments: argparse.Namespace) -> int:
    """Judge a model that is there."""
    model, dataset = load_model(arguments.evaluate), read_dataset(arguments.data)
    judgement, learned = judged_on(model, dataset, quiet=arguments.quiet)
    if arguments.json:
        print(json.dumps({**judgement.to_dict(), "learned": learned}, ensure_ascii=False))
    else:
        print("\n" + "\n".join(judgement_lines(judgement)))
    return 0


def card_anew(arguments: argparse.Namespace) -> int:
    """Write the card of a model that is there."""
    model = load_model(arguments.card)
    if arguments.data:
        dataset = read_dataset(arguments.data)
        judgement, learned = judged_on(model, dataset, quiet=arguments.quiet)
        name = dataset.folder.resolve().name
        given = {"name": name, "learned": learned, **judgement.to_dict()}
        model = replace(model, metrics={**model.metrics, "given": given})
    add_card(arguments.card, model)
    print(f"Card: {arguments.card / 'README.md'}")
    return 0


def make_model(arguments: argparse.Namespace) -> int:
    """Train, judge over folds where asked, save, report."""
    with telling(events=arguments.events, quiet=arguments.quiet) as teller:
        config, asked = settings(arguments), protocols(arguments)
        folder = arguments.output / arguments.name
        check_replaceable(folder)
        if replaced := what_is_replaced(folder):
            teller.tell(Note(replaced))
        songs = read_dataset(arguments.data).without(arguments.without)
        if "split" in asked:  # not to be found missing after an hour's training
            folds_by("split", Rows.of(songs), folds=1, seed=config.seed)
        songs, dataset, along = hear(songs, config, arguments.corrections, teller)
        trained = train_model(dataset, songs, config, arguments.against, teller)
        judged = judge_recipe(dataset, songs, config, asked, teller)
        model, best = judged_by_folds(trained, dataset, judged)
        made = {"command": command(arguments, config), "corrections": along.counts}
        model = replace(model, training={**model.training, **made})
        if judged:
            model = beside_the_leaky(model, dataset, config, teller)
        with ended_in_order(), saving_model(model, folder) as fresh:
            save_history(trained.history, fresh)
            add_card(fresh, model)
        if not arguments.events:
            print("\n" + "\n".join(judgement_lines(best, held_out="artist" not in judged)))
        compared = trained.comparison
        teller.tell(Judged(best.to_dict(), compared.to_dict() if compared else None))
        teller.tell(Done(str(folder)))
    return 0


def add_card(folder: Path, model: Model) -> None:
    """Put the card and its pictures beside a model."""
    # matplotlib takes half a second to load, which --help and --evaluate don't wait for.
    from lib.plots.card import write_card

    write_card(model, folder)


if __name__ == "__main__":
    sys.exit(main())
