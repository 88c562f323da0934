"""Train a network on a data set, judge a model on one, or write a model's card."""

from __future__ import annotations

import lib  # noqa: F401 (first: from here on, Ctrl+C ends quietly what only imports)

# isort: split
import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lib.backbone import features_version
from lib.console import judgement_lines, progress_bar, run_stage
from lib.console.training import Teller, ended_in_order, telling
from lib.console.training_command import command
from lib.console.training_options import parse, protocols, settings
from lib.dataset import Dataset, as_backbone_hears, as_heard, read_dataset
from lib.events import Done, Judged, Note, Started
from lib.features import REPRESENTATIONS
from lib.judgement import (
    LEAKY,
    FoldsBy,
    Judgement,
    Rows,
    count_learned,
    evaluate,
    folds_by,
)
from lib.model import Model, check_replaceable, load_model, saving_model, what_is_replaced
from lib.training import (
    CrossValidation,
    Trained,
    TrainingConfig,
    confident_by_folds,
    cross_validate,
    heard_songs,
    leaky_judgement,
    save_history,
    train,
    with_corrections,
)
from lib.wording import count


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv, description=__doc__)
    work = judge_model if arguments.evaluate else card_anew if arguments.card else make_model
    return run_stage(lambda: work(arguments), keeps=False)


def judge_model(arguments: argparse.Namespace) -> int:
    """Judge a model that is there."""
    model, dataset = load_model(arguments.evaluate), read_dataset(arguments.data)
    judgement, learned = judged_on(model, dataset, arguments)
    if arguments.json:
        print(json.dumps({**judgement.to_dict(), "learned": learned}, ensure_ascii=False))
    else:
        print("\n" + "\n".join(judgement_lines(judgement)))
    return 0


def judged_on(
    model: Model, dataset: Dataset, arguments: argparse.Namespace
) -> tuple[Judgement, int | None]:
    """Judge a model, with a word where it knows songs already; return how many it knows."""
    with progress_bar(quiet=arguments.quiet) as progress:
        dataset = as_heard(dataset, REPRESENTATIONS[model.hears], progress=progress)
        dataset = as_backbone_hears(dataset, model.feature_names, progress=progress)
    judgement, learned = evaluate(model, dataset), count_learned(model, dataset)
    if learned:
        print(
            f"Earmark: {model.name} has learned from {learned} of these "
            f"{count(judgement.n, 'song')}, so that the figures flatter it.",
            file=sys.stderr,
        )
    elif model.data.get("fingerprint") == dataset.fingerprint:
        print("Earmark: this is the very data that the model learned from.", file=sys.stderr)
    return judgement, learned


def card_anew(arguments: argparse.Namespace) -> int:
    """Write the card of a model that is there."""
    model = load_model(arguments.card)
    if arguments.data:
        dataset = read_dataset(arguments.data)
        judgement, learned = judged_on(model, dataset, arguments)
        name = dataset.folder.resolve().name
        given = {"name": name, "learned": learned, **judgement.to_dict()}
        model = replace(model, metrics={**model.metrics, "given": given})
    add_card(arguments.card, model)
    print(f"Card: {arguments.card / 'README.md'}")
    return 0


def make_model(arguments: argparse.Namespace) -> int:
    """Train, judge over folds where asked, save, report."""
    with telling(events=arguments.events, quiet=arguments.quiet) as teller:
        config = settings(arguments)
        folder = arguments.output / arguments.name
        check_replaceable(folder)
        if replaced := what_is_replaced(folder):
            teller.tell(Note(replaced))
        songs = read_dataset(arguments.data).without(arguments.without)
        if "split" in protocols(arguments):  # not to be found missing after an hour's training
            folds_by("split", Rows.of(songs), folds=1, seed=config.seed)
        songs, dataset = hear(songs, config, arguments.corrections, teller)
        trained = train_model(arguments, dataset, config, teller)
        judged = judge_recipe(arguments, dataset, songs, config, teller)
        model = told(trained.model, judged, command(arguments, config))
        by_artist, best = judged.get("artist"), trained.judgement
        if by_artist:
            best = by_artist.network.pooled
            if by_artist.calibrated:
                # Of all songs, even where some can't tell how sure it is.
                best = best if by_artist.learned else by_artist.calibrated
                model = confident_by_folds(model, dataset, by_artist.network, by_artist.calibrated)
        if judged:
            model = beside_the_leaky(model, dataset, config, teller)
        with ended_in_order(), saving_model(model, folder) as fresh:
            save_history(trained.history, fresh)
            add_card(fresh, model)
        if not arguments.events:
            print("\n" + "\n".join(judgement_lines(best)))
        compared = trained.comparison
        teller.tell(Judged(best.to_dict(), compared.to_dict() if compared else None))
        teller.tell(Done(str(folder)))
    return 0


def hear(
    songs: Dataset, config: TrainingConfig, corrections: Path | None, teller: Teller
) -> tuple[Dataset, Dataset]:
    """Return the songs, and what the network is given of them; as far as need be, of their audio.

    Both with what a person corrected, where that is to be taken along.
    """
    with teller.progress() as progress:
        dataset, notes = heard_songs(songs, config, progress)
        if corrections is not None:
            songs, dataset, more = with_corrections(songs, dataset, corrections, config, progress)
            notes = (*notes, *more)
    for note in notes:
        teller.tell(Note(note))
    return songs, dataset


def train_model(
    arguments: argparse.Namespace, dataset: Dataset, config: TrainingConfig, teller: Teller
) -> Trained:
    """Train, and tell how it goes."""
    against = load_model(arguments.against) if arguments.against else None
    if against is not None and against.feature_names != config.feature_names:
        teller.tell(Note(f"It can't be compared with model {against.name}, which hears otherwise."))
        against = None
    if against is not None:
        version = features_version(config.feature_names, config.representation)
        against.check_features(config.feature_names, version)
    teller.tell(
        Started(
            config.name,
            config.network,
            config.recipe,
            len(set(dataset.track)),
            dataset.labels,
            config.epochs,
            config.refit,
        )
    )
    with teller.progress() as progress:
        progress("Loading TensorFlow" if config.needs_keras else "Beginning", None)
        trained = train(dataset, config, progress, on_epoch=teller.tell, against=against)
    for note in trained.notes:
        teller.tell(Note(note))
    return trained


def judge_recipe(
    arguments: argparse.Namespace,
    dataset: Dataset,
    songs: Dataset,
    config: TrainingConfig,
    teller: Teller,
) -> dict[FoldsBy, CrossValidation]:
    """Judge the recipe by the protocols that were asked for."""
    judged = {}
    for protocol, folds in protocols(arguments).items():
        with teller.progress() as progress:
            found = cross_validate(
                dataset, config, protocol=protocol, folds=folds, songs=songs, progress=progress
            )
        judged[protocol] = found
        name = "The table's split" if protocol == "split" else f"{folds} {protocol} folds"
        teller.say(
            f"{name}: {found.network.mean:.1%} (SVM {found.svm.mean:.1%}"
            + (f", plain recipe {found.plain.mean:.1%}" if found.plain else "")
            + (f", mlp85 {found.mlp85.mean:.1%}" if found.mlp85 else "")
            + f"), {found.seconds:.1f} s each"
        )
    return judged


def told(model: Model, judged: Mapping[FoldsBy, CrossValidation], command: str) -> Model:
    """Return a model that tells how its recipe was judged, and the command that makes it anew."""
    names: dict[FoldsBy, str] = {
        "artist": "artist_folds", "random": "random_folds", "split": "split",
    }  # fmt: skip
    metrics = {names[protocol]: found.to_dict() for protocol, found in judged.items()}
    return replace(
        model,
        metrics={**metrics, **model.metrics},
        training={**model.training, "command": command},
    )


def beside_the_leaky(
    model: Model, dataset: Dataset, config: TrainingConfig, teller: Teller
) -> Model:
    """Let a model tell also what a random split of windows would have said, where that leaks."""
    with teller.progress() as progress:
        leaky = leaky_judgement(dataset, config, progress)
    if leaky is None:
        return model
    teller.say(f"{LEAKY}: {leaky.accuracy:.1%} of {leaky.n} windows. Nothing follows from that.")
    return replace(model, metrics={**model.metrics, "leaky": {"what": LEAKY, **leaky.to_dict()}})


def add_card(folder: Path, model: Model) -> None:
    """Put the card and its pictures beside a model."""
    # matplotlib takes half a second to load, which --help and --evaluate don't wait for.
    from lib.plots.card import write_card

    write_card(model, folder)


if __name__ == "__main__":
    sys.exit(main())
