"""Train a network on a data set, judge a model on one, or write a model's card."""

from __future__ import annotations

import argparse
import json
import shlex
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from lib.backbone import features_version
from lib.console import judgement_lines, progress_bar, run_stage
from lib.console.training import Teller, ended_in_order, telling
from lib.dataset import Dataset, as_backbone_hears, as_heard, read_dataset
from lib.errors import TrainingError
from lib.events import Done, Judged, Note, Started
from lib.features import FEATURE_SETS, REPRESENTATIONS
from lib.judgement import (
    LEAKY,
    FoldsBy,
    Judgement,
    Rows,
    count_learned,
    evaluate,
    folds_by,
)
from lib.model import MODELS_FOLDER, Model, check_replaceable, load_model, saving_model
from lib.training import (
    NETWORKS,
    RECIPE_NAMES,
    CrossValidation,
    Trained,
    TrainingConfig,
    confident_by_folds,
    cross_validate,
    heard_songs,
    leaky_judgement,
    read_recipe,
    recipe_of,
    save_history,
    train,
)
from lib.wording import count

EXAMPLES = """\
examples:
  python 02_train.py data/gtzan
  python 02_train.py data/gtzan --name mine --folds 5 --random-folds 10
  python 02_train.py data/gtzan --recipe plain --name plain85
  python 02_train.py data/gtzan --network cnn-mfcc --protocol artist
  python 02_train.py data/gtzan --protocol split
  python 02_train.py data/gtzan --network ear
  python 02_train.py data/mine --against outputs/models/mlp85 --without polka
  python 02_train.py data/gtzan --features 87 --name with-zero-crossings
  python 02_train.py data/gtzan --from outputs/search/gtzan/winner.json --name searched
  python 02_train.py --evaluate outputs/models/mlp85 --data data/mine --json
  python 02_train.py --card outputs/models/mine --data data/others

The networks: mlp85 and mlp512 are given the features of a song; cnn-mfcc and cnn-segments MFCCs
of its segments of three seconds, and mlp-3s statistics of those.  ear hears a song by what a
network makes of it that has heard a million, and learns a genre from a dozen, without TensorFlow.
What hears segments, and the ear, need the audio that tracks.csv names.

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
    parser.add_argument(
        "--card", metavar="MODEL", type=Path,
        help="write this model's card anew: README.md, card.json and pictures in its folder; with "
        "--data it tells how the model does on that as well",
    )  # fmt: skip
    parser.add_argument("--json", action="store_true", help="with --evaluate: one JSON object")
    parser.add_argument("--quiet", action="store_true", help="no progress bar")
    parser.add_argument(
        "--events",
        action="store_true",
        help="tell another program how the training goes: one JSON object a line (lib/events.py)",
    )
    parser.add_argument(
        "--output", metavar="DIR", type=Path, default=MODELS_FOLDER, help="where models lie"
    )
    _add_settings(parser)
    _add_folds(parser)
    arguments = parser.parse_args(argv)
    if arguments.card and arguments.evaluate:
        parser.error("--card and --evaluate are two things: give one")
    if (arguments.dataset and arguments.data) or not (
        arguments.dataset or arguments.data or arguments.card
    ):
        parser.error("name the folder of tracks.csv and features.csv, once: DATA or --data DIR")
    if arguments.json and not arguments.evaluate:
        parser.error("--json goes with --evaluate")
    if arguments.evaluate and (arguments.events or arguments.against):
        parser.error("--events and --against go with a training, not with --evaluate")
    arguments.data = arguments.data or arguments.dataset
    # Never the model that ships, unless it is named: a person's first try must not replace it.
    if arguments.data:
        suffix = f"-{arguments.network}" if arguments.network not in (None, "mlp85") else ""
        arguments.name = arguments.name or arguments.data.resolve().name + suffix
    return arguments


def _add_settings(parser: argparse.ArgumentParser) -> None:
    group = parser.add_argument_group("how to train; what is not given is as in the recipe")
    group.add_argument(
        "--recipe",
        choices=sorted(RECIPE_NAMES),
        help="plain: as the network was first trained; robust: inputs that no key changes, "
        "regularised, several networks averaged; cured: dropout and weight decay alone "
        "(robust for mlp85, else plain; ear has one of its own)",
    )
    group.add_argument(
        "--from",
        dest="recipe_file",
        metavar="FILE",
        type=Path,
        help="train as this file says, which 01_hyperparam.py wrote, instead of by a recipe",
    )
    group.add_argument(
        "--name", type=_name, help="of the model (default: that of the data, and of the network)"
    )
    group.add_argument(
        "--without",
        metavar="GENRE",
        action="append",
        default=[],
        help="leave a genre of the data out; may be given more than once",
    )
    group.add_argument("--network", choices=list(NETWORKS), help="(mlp85)")
    group.add_argument(
        "--features",
        choices=list(FEATURE_SETS),
        help="how many: 30 MFCC means, 42 with chroma means, 60 MFCC means and deviations, 85 all "
        "of these and the tempo, 87 with zero crossings, 89 with roll-off or centroid as well (85)",
    )
    group.add_argument("--epochs", type=int, help="at most; exactly, where nothing stops early")
    group.add_argument("--batch-size", type=int, help="songs a step")
    group.add_argument("--learning-rate", type=float, help="of the optimiser")
    group.add_argument(
        "--patience",
        type=int,
        help="with plain: epochs after the best one before it stops (0: it never does)",
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
    "name", "network", "features", "epochs", "batch_size", "learning_rate", "patience", "seed",
    "refit",
)  # fmt: skip


def settings(arguments: argparse.Namespace) -> TrainingConfig:
    """Return the recipe asked for, with what was given beside it."""
    file = arguments.recipe_file
    asked = recipe_of(arguments.network or "mlp85", arguments.recipe)
    recipe = asked if file is None else read_recipe(file)
    given = {name: getattr(arguments, name) for name in _SETTINGS}
    config = replace(recipe, **{name: v for name, v in given.items() if v is not None})
    if arguments.network is not None:
        config = replace(config, hidden=())
    if arguments.features is not None and config.feature_names != FEATURE_SETS[config.features]:
        raise TrainingError(
            f"--features {arguments.features} goes with networks that are given features of whole "
            f"windows, and {config.network} is not; leave it out."
        )
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
    group.add_argument(
        "--against",
        metavar="MODEL",
        type=Path,
        help="compare with this model, on the same songs that the new one has not learned from",
    )
    group.add_argument(
        "--protocol", action="append", choices=list(_USUAL_FOLDS), default=[],
        help="artist: as --folds 5; random: as --random-folds 10; split: by what the table calls "
        "train, valid and test; may be given more than once",
    )  # fmt: skip


_USUAL_FOLDS: dict[FoldsBy, int] = {"artist": 5, "random": 10, "split": 1}


def protocols(arguments: argparse.Namespace) -> dict[FoldsBy, int]:
    """Return how the recipe is to be judged, and over how many folds each."""
    counts = {"artist": arguments.folds, "random": arguments.random_folds, "split": 0}
    asked: dict[FoldsBy, int] = {}
    for protocol, usual in _USUAL_FOLDS.items():
        if folds := counts[protocol] or (usual if protocol in arguments.protocol else 0):
            asked[protocol] = folds
    return asked


def _name(text: str) -> str:
    if not text or Path(text).name != text or text.startswith("."):
        raise argparse.ArgumentTypeError(f"{text!r} can't be a folder's name")
    return text


def main(argv: Sequence[str] | None = None) -> int:
    """Run the stage; return its exit status."""
    arguments = parse(argv)
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
        songs = read_dataset(arguments.data).without(arguments.without)
        if "split" in protocols(arguments):  # not to be found missing after an hour's training
            folds_by("split", Rows.of(songs), folds=1, seed=config.seed)
        dataset = hear(songs, config, teller)
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


def hear(songs: Dataset, config: TrainingConfig, teller: Teller) -> Dataset:
    """Return what the network is given of the songs; as far as need be, of their audio."""
    with teller.progress() as progress:
        dataset, notes = heard_songs(songs, config, progress)
    for note in notes:
        teller.tell(Note(note))
    return dataset


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


def command(arguments: argparse.Namespace, config: TrainingConfig) -> str:
    """Return the command that makes the model anew, without a path of this machine."""
    file = arguments.recipe_file
    parts = ["python 02_train.py", place(arguments.data)]
    if file is not None:
        parts.append(f"--from {place(file)}")
    elif config.recipe in RECIPE_NAMES:
        parts.append(f"--recipe {config.recipe}")
    parts += [f"--without {shlex.quote(genre)}" for genre in arguments.without]
    for setting in (*_SETTINGS, "members"):
        value, option = getattr(arguments, setting), setting.replace("_", "-")
        if isinstance(value, bool):
            parts.append(f"--{option}" if value else f"--no-{option}")
        elif value is not None:
            parts.append(f"--{option} {value}")
    parts += [f"--folds {arguments.folds}"] if arguments.folds else []
    parts += [f"--random-folds {arguments.random_folds}"] if arguments.random_folds else []
    parts += [f"--protocol {protocol}" for protocol in dict.fromkeys(arguments.protocol)]
    parts += [f"--against {place(arguments.against)}"] if arguments.against else []
    return " ".join(parts)


def place(path: Path) -> str:
    """Return a path as it is written from this folder; of one outside it no more than its name."""
    here, whole = Path(__file__).resolve().parent, path.resolve()
    inside = whole.relative_to(here).as_posix() if whole.is_relative_to(here) else whole.name
    return shlex.quote(inside)


if __name__ == "__main__":
    sys.exit(main())
