"""Train a network on a data set, or judge a model on one."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lib.console import progress_bar, run_stage
from lib.dataset import Dataset, read_dataset
from lib.errors import TrainingError
from lib.judgement import FoldsBy, Judgement, evaluate
from lib.model import MODELS_FOLDER, Model, check_replaceable, load_model, saving_model
from lib.training import (
    NETWORKS,
    RECIPES,
    CrossValidation,
    Trained,
    TrainingConfig,
    confident_by_folds,
    cross_validate,
    model_card,
    train,
)

EXAMPLES = """\
examples:
  python 02_train.py data/gtzan
  python 02_train.py data/gtzan --name mine --folds 5 --random-folds 10
  python 02_train.py data/gtzan --recipe plain --name plain85
  python 02_train.py --evaluate outputs/models/mlp85 --data data/mine --json

A model lies in OUTPUT/NAME with pictures and a README.md that tells how well it does.  Trained once
more under its name it replaces what was there, whole or not at all.
"""


def parse(argv: Sequence[str] | None) -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("dataset", metavar="DATA", nargs="?", type=Path, help="folder of tables")
    parser.add_argument("--data", metavar="DIR", type=Path, help="the same")
    parser.add_argument("--evaluate", metavar="MODEL", type=Path, help="judge this model instead")
    parser.add_argument("--json", action="store_true", help="with --evaluate: one JSON object")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--output", metavar="DIR", type=Path, default=MODELS_FOLDER, help="where models lie"
    )
    _add_settings(parser)
    _add_folds(parser)
    arguments = parser.parse_args(argv)
    if (arguments.dataset is None) == (arguments.data is None):
        parser.error("name the folder of tracks.csv and features.csv, once: DATA or --data DIR")
    if arguments.json and not arguments.evaluate:
        parser.error("--json goes with --evaluate")
    arguments.data = arguments.data or arguments.dataset
    # Never the model that ships, unless it is named: a person's first try must not replace it.
    arguments.name = arguments.name or arguments.data.resolve().name
    return arguments


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how to train; what is not given is as in the recipe")
    group.add_argument(
        "--recipe",
        choices=sorted(RECIPES),
        default="robust",
        help="plain: the original one, stopped early; robust: inputs that no key changes, "
        "regularised, several networks averaged (%(default)s)",
    )
    group.add_argument("--name", type=_name, help="of the model (default: the data's own name)")
    group.add_argument("--network", choices=sorted(NETWORKS), help="the shape (mlp85)")
    group.add_argument("--epochs", type=int, help="at most; with robust, exactly")
    group.add_argument("--batch-size", type=int, help="songs a step")
    group.add_argument("--learning-rate", type=float, help="of Adam")
    group.add_argument(
        "--patience", type=int, help="with plain: epochs after the best one before it stops"
    )
    group.add_argument("--members", type=int, help="with robust: how many networks are averaged")
    group.add_argument("--seed", type=int, help="of everything that is drawn")
    group.add_argument(
        "--refit",
        action=argparse.BooleanOptionalAction,
        help="train anew on all songs once songs held out have judged it (default: yes)",
    )


# What the command line can change of a recipe.
_SETTINGS = (
    "name", "network", "epochs", "batch_size", "learning_rate", "patience", "seed", "refit",
)  # fmt: skip


def settings(arguments: argparse.Namespace) -> TrainingConfig:
    """Return the recipe asked for, with what was given beside it."""
    recipe = RECIPES[arguments.recipe]
    given = {name: getattr(arguments, name) for name in _SETTINGS}
    config = replace(recipe, **{name: v for name, v in given.items() if v is not None})
    if arguments.members is None:
        return config
    if config.regularisation is None:
        raise TrainingError("--members goes with --recipe robust; the plain one trains one.")
    several = replace(config.regularisation, members=arguments.members)
    return replace(config, regularisation=several)


def _add_folds(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how to judge the recipe, beside a plain SVM")
    group.add_argument(
        "--folds", metavar="N", type=int, default=0, help="over folds by artist (try 5)"
    )
    group.add_argument(
        "--random-folds", metavar="N", type=int, default=0, help="over random folds (try 10)"
    )


def _name(text: str) -> str:
    if not text or Path(text).name != text or text.startswith("."):
        raise argparse.ArgumentTypeError(f"{text!r} can't be a folder's name")
    return text


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv)
    work = judge_model if arguments.evaluate else make_model
    return run_stage(lambda: work(arguments), keeps=False)


def judge_model(arguments: argparse.Namespace) -> int:
    """Judge a model that is there."""
    model, dataset = load_model(arguments.evaluate), read_dataset(arguments.data)
    judgement = evaluate(model, dataset)
    if model.data.get("fingerprint") == dataset.fingerprint:
        print("Earmark: this is the very data that the model learned from.", file=sys.stderr)
    if arguments.json:
        print(json.dumps(judgement.to_dict(), ensure_ascii=False))
    else:
        report(judgement)
    return 0


def make_model(arguments: argparse.Namespace) -> int:
    """Train, judge over folds where asked, save, report."""
    config = settings(arguments)
    folder = arguments.output / arguments.name
    check_replaceable(folder)
    dataset = read_dataset(arguments.data)
    songs, genres = len(set(dataset.track)), len(dataset.labels)
    print(f"Training {config.network} on {songs} songs of {genres} genres.", flush=True)
    with progress_bar(quiet=arguments.quiet) as progress:
        trained = train(dataset, config, progress)
    for note in trained.notes:
        print(f"Earmark: {note}", file=sys.stderr)
    judged = judge_recipe(arguments, dataset, config)
    metrics = {f"{name}_folds": found.to_dict() for name, found in judged.items()}
    model = replace(
        trained.model,
        metrics={**metrics, **trained.model.metrics},
        training={**trained.model.training, "command": command(arguments)},
    )
    by_artist = judged.get("artist")
    if by_artist and by_artist.calibrated:
        model = confident_by_folds(model, dataset, by_artist.network, by_artist.calibrated)
    best = by_artist.network.pooled if by_artist else trained.judgement
    with saving_model(model, folder) as fresh:
        add_files(fresh, trained, model, best, command(arguments))
    report(best)
    print(f"\nModel: {folder}")
    return 0


def judge_recipe(
    arguments: argparse.Namespace, dataset: Dataset, config: TrainingConfig
) -> dict[FoldsBy, CrossValidation]:
    """Judge the recipe over the folds that were asked for."""
    asked: dict[FoldsBy, int] = {"artist": arguments.folds, "random": arguments.random_folds}
    judged = {}
    for protocol, folds in asked.items():
        if not folds:
            continue
        with progress_bar(quiet=arguments.quiet) as progress:
            found = cross_validate(
                dataset, config, protocol=protocol, folds=folds, progress=progress
            )
        judged[protocol] = found
        print(
            f"{folds} {protocol} folds: {found.network.mean:.1%} (SVM {found.svm.mean:.1%}"
            + (f", plain recipe {found.plain.mean:.1%}" if found.plain else "")
            + f"), {found.seconds:.1f} s each",
            flush=True,
        )
    return judged


def add_files(
    folder: Path, trained: Trained, model: Model, judgement: Judgement, command: str
) -> None:
    """Put the history, the card and the pictures beside a model."""
    # matplotlib takes half a second to load, which --help and --evaluate don't wait for.
    from lib.plots import LIGHT, save
    from lib.plots.network import architecture
    from lib.plots.training import confusion_matrix, genre_scores, learning_curves

    trained.history.to_csv(
        folder / "history.csv", index=False, float_format="%.6f", lineterminator="\n"
    )
    (folder / "README.md").write_text(model_card(model, command=command), encoding="utf-8")
    # Where nothing was chosen, no epoch is the best one.
    best = None if model.training["config"]["regularisation"] else model.training["best_epoch"]
    save(learning_curves(trained.history, LIGHT, best=best), folder / "learning_curves.png")
    save(confusion_matrix(judgement, LIGHT), folder / "confusion_matrix.png")
    save(genre_scores(judgement, LIGHT), folder / "genre_scores.png")
    save(architecture(model.network, LIGHT), folder / "architecture.png")


def command(arguments: argparse.Namespace) -> str:
    """Return the command that makes the model anew, without a path of this machine."""
    data = arguments.data
    place = data.as_posix() if not data.is_absolute() else data.name
    parts = ["python 02_train.py", place, f"--recipe {arguments.recipe}"]
    for setting in (*_SETTINGS, "members"):
        value, option = getattr(arguments, setting), setting.replace("_", "-")
        if isinstance(value, bool):
            parts.append(f"--{option}" if value else f"--no-{option}")
        elif value is not None:
            parts.append(f"--{option} {value}")
    parts += [f"--folds {arguments.folds}"] if arguments.folds else []
    parts += [f"--random-folds {arguments.random_folds}"] if arguments.random_folds else []
    return " ".join(parts)


def report(judgement: Judgement) -> None:
    """Print a judgement as a table."""
    low, high = judgement.interval
    print(f"\n{'genre':<16}{'songs':>6}{'precision':>11}{'recall':>8}{'F1':>7}")
    for genre, score in judgement.genres.items():
        figures = f"{score.precision:>11.1%}{score.recall:>8.1%}{score.f1:>7.1%}"
        print(f"{genre:<16}{score.support:>6}{figures}")
    print(
        f"\nAccuracy {judgement.accuracy:.1%} of {judgement.n} songs "
        f"(95 %: {low:.1%} to {high:.1%}), macro recall {judgement.macro_recall:.1%}."
    )


if __name__ == "__main__":
    sys.exit(main())
