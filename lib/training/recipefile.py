"""A configuration in a file: what a search hands to `02_train.py`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from lib.errors import TrainingError
from lib.files import write_text
from lib.training.augment import Augmentation
from lib.training.config import Regularisation, TrainingConfig

_FORMAT = 1


def write_recipe(path: Path, config: TrainingConfig, **story: Any) -> None:  # noqa: ANN401 (JSON)
    """Write a configuration as JSON, whole or not at all, with what a person may want to know.

    Parameters
    ----------
    path : Path
        Its folder is made where it is missing.
    config : TrainingConfig
        The settings.
    **story
        How it was found, how it does, ...  Not read back.
    """
    content = {"format": _FORMAT, "config": asdict(config), **story}
    write_text(path, json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False) + "\n")


def read_recipe(path: Path) -> TrainingConfig:
    """Read the configuration that `write_recipe` wrote.

    Raises
    ------
    TrainingError
        If there is none, or it makes no sense; the message names the file and what to do.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TrainingError(
            f"{path} can't be read ({error.strerror or error}). Name the winner.json that "
            f"01_hyperparam.py wrote."
        ) from error
    except (ValueError, RecursionError) as error:
        raise TrainingError(f"{path} is not JSON ({error}). Write it anew.") from error
    try:
        if not isinstance(content, dict) or content.get("format") != _FORMAT:
            raise TrainingError(f"it is no recipe of format {_FORMAT}")
        return _config(content.get("config"))
    except (TrainingError, TypeError) as error:
        raise TrainingError(
            f"{path}: {str(error).rstrip('.')}. Correct it, or have 01_hyperparam.py write it anew."
        ) from error


def _config(value: object) -> TrainingConfig:
    told = _known(TrainingConfig, value, "config")
    if told.get("regularisation") is not None:
        settings = _known(Regularisation, told["regularisation"], "regularisation")
        if "augmentation" in settings:
            changes = _known(Augmentation, settings["augmentation"], "augmentation")
            settings["augmentation"] = Augmentation(**changes)
        told["regularisation"] = Regularisation(**settings)
    hidden = told.get("hidden", ())
    if not isinstance(hidden, list | tuple) or not all(type(units) is int for units in hidden):
        raise TrainingError(f"hidden is {hidden!r}; it must be a list of whole numbers")
    return TrainingConfig(**{**told, "hidden": tuple(hidden)})


def _known(kind: type, value: object, name: str) -> dict[str, Any]:
    """Return an object's fields, each one that `kind` has and of the type of its default."""
    if not isinstance(value, Mapping):
        raise TrainingError(f"{name} must be an object, not {value!r}")
    defaults = kind()
    known = {field.name for field in fields(kind)}
    for key, given in value.items():
        if key not in known:
            raise TrainingError(f"{name} has no setting {key!r}; it has {', '.join(sorted(known))}")
        _check_type(key, given, getattr(defaults, key))
    return dict(value)


def _check_type(key: str, given: object, usual: object) -> None:
    """Raise `TrainingError` unless a value is of the type of the usual one."""
    if isinstance(usual, bool) or isinstance(given, bool):
        fits = isinstance(usual, bool) and isinstance(given, bool)
    elif isinstance(usual, float):
        fits = isinstance(given, int | float)
    elif isinstance(usual, int | str):
        fits = isinstance(given, type(usual))
    else:
        fits = True  # an object of its own, which is looked at by itself
    if not fits:
        raise TrainingError(f"{key} is {given!r}; it must be of the kind of {usual!r}")
