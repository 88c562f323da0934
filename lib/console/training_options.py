"""The command line of a training, and what it asks for."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from lib.collecting.corrections import NAME as CORRECTIONS
from lib.console.options import count, folds, positive, seed, whole
from lib.console.parser import StageParser
from lib.errors import TrainingError
from lib.features import FEATURE_SETS
from lib.judgement import FoldsBy
from lib.model import MODELS_FOLDER
from lib.places import data_folder
from lib.training import NETWORKS, RECIPE_NAMES, TrainingConfig, read_recipe, recipe_of

_EXAMPLES = """\
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
more under its name it replaces what was there, whole or not at all, and says so first.
"""


def parse(argv: Sequence[str] | None, *, description: str | None) -> argparse.Namespace:
    """Read the command line; `description` is what --help says first."""
    parser = StageParser(description=description, epilog=_EXAMPLES)
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
    if arguments.recipe_file is None:  # what that file says, nobody has typed
        try:
            settings(arguments)
        except TrainingError as error:
            parser.error(str(error))
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
        "regularised, several networks averaged; treble-free: the same, deaf to what lies above "
        "8 kHz; cured: dropout and weight decay alone "
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
    group.add_argument(
        "--corrections",
        metavar="DIR",
        type=Path,
        default=data_folder() / CORRECTIONS,
        help="take along the songs that you corrected, as far as their genres are in the data: one "
        "that the data has gets the right genre there, and no song stands there twice "
        "(default: data/corrections)",
    )
    group.add_argument(
        "--no-corrections",
        dest="corrections",
        action="store_const",
        const=None,
        help="leave out what you corrected",
    )
    group.add_argument("--network", choices=list(NETWORKS), help="(mlp85)")
    group.add_argument(
        "--features",
        choices=list(FEATURE_SETS),
        help="how many: 30 MFCC means, 42 with chroma means, 60 MFCC means and deviations, 85 all "
        "of these and the tempo, 87 with zero crossings, 89 with roll-off or centroid as well (85)",
    )
    group.add_argument("--epochs", type=count, help="at most; exactly, where nothing stops early")
    group.add_argument("--batch-size", type=count, help="songs a step")
    group.add_argument("--learning-rate", type=positive, help="of the optimiser")
    group.add_argument(
        "--patience",
        type=whole(0),
        help="with plain: epochs after the best one before it stops (0: it never does)",
    )
    group.add_argument("--members", type=count, help="with robust: how many networks are averaged")
    group.add_argument("--seed", type=seed, help="of everything that is drawn")
    group.add_argument(
        "--refit",
        action=argparse.BooleanOptionalAction,
        help="train anew on all songs once songs held out have judged it (default: yes)",
    )


SETTINGS = (
    "name", "network", "features", "epochs", "batch_size", "learning_rate", "patience", "seed",
    "refit",
)  # fmt: skip
"""What the command line can change of a recipe."""


def settings(arguments: argparse.Namespace) -> TrainingConfig:
    """Return the recipe asked for, with what was given beside it."""
    file = arguments.recipe_file
    asked = recipe_of(arguments.network or "mlp85", arguments.recipe)
    recipe = asked if file is None else read_recipe(file)
    given = {name: getattr(arguments, name) for name in SETTINGS}
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
        "--folds", metavar="N", type=folds, default=0, help="over folds by artist (try 5)"
    )
    group.add_argument(
        "--random-folds", metavar="N", type=folds, default=0, help="over random folds (try 10)"
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
