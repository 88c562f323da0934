"""The command that makes a model anew, for its card."""

from __future__ import annotations

import argparse
import shlex
from pathlib import Path

from lib.collecting.corrections import NAME as CORRECTIONS
from lib.console.training_options import SETTINGS
from lib.places import data_folder
from lib.training import RECIPE_NAMES, TrainingConfig

_ROOT = Path(__file__).resolve().parents[2]


def command(arguments: argparse.Namespace, config: TrainingConfig) -> str:
    """Return the command that makes the model anew, without a path of this machine."""
    file = arguments.recipe_file
    parts = ["python 02_train.py", _place(arguments.data)]
    if file is not None:
        parts.append(f"--from {_place(file)}")
    elif config.recipe in RECIPE_NAMES:
        parts.append(f"--recipe {config.recipe}")
    parts += [f"--without {shlex.quote(genre)}" for genre in arguments.without]
    if arguments.corrections is None:
        parts.append("--no-corrections")
    elif arguments.corrections != data_folder() / CORRECTIONS:
        parts.append(f"--corrections {_place(arguments.corrections)}")
    for setting in (*SETTINGS, "members"):
        value, option = getattr(arguments, setting), setting.replace("_", "-")
        if isinstance(value, bool):
            parts.append(f"--{option}" if value else f"--no-{option}")
        elif value is not None:
            parts.append(f"--{option} {value}")
    parts += [f"--folds {arguments.folds}"] if arguments.folds else []
    parts += [f"--random-folds {arguments.random_folds}"] if arguments.random_folds else []
    parts += [f"--protocol {protocol}" for protocol in dict.fromkeys(arguments.protocol)]
    parts += [f"--against {_place(arguments.against)}"] if arguments.against else []
    return " ".join(parts)


def _place(path: Path) -> str:
    """Return a path as it is written from this folder; of one outside it no more than its name."""
    whole = path.resolve()
    inside = whole.relative_to(_ROOT).as_posix() if whole.is_relative_to(_ROOT) else whole.name
    return shlex.quote(inside)
