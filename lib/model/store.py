"""Writing a model to its folder, and reading it with every promise checked at the door.

A model folder holds ``model.json`` (everything a person may want to read, scaler included), the
network (of dense layers ``weights.npz`` with ``kernel_00``, ``bias_00``, ... in float32, of several
members along the first axis; of any other kind ``network.onnx``), and ``songs.npz`` where it knows
what it learned from (see `~lib.model.songs.Songs`).  Older formats are read as well: 1 knew neither
members nor inputs other than the features, 2 neither confidence nor songs, nor networks that are
not dense or hear segments.  No pickle, and of ONNX only what `~lib.model.graph` knows: a model from
a stranger can be wrong, but it can't run code.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from lib.errors import ModelError
from lib.files import replacing, write_text
from lib.model.beside import (
    BesideError,
    network_file,
    read_beside,
    read_network,
    sha256,
    write_network,
)
from lib.model.confidence import Confidence
from lib.model.fields import Fields
from lib.model.folder import (
    MODEL_FILE,
    SONGS_FILE,
    replacing_folder,
    set_aside,
)
from lib.model.model import FORMAT, Model
from lib.model.scaler import Scaler
from lib.model.songs import Songs

_WHAT_TO_DO = "Train it anew with 02_train.py, or take it from where it came once more."


def save_model(model: Model, folder: Path) -> None:
    """Write `model` to `folder`, replacing a model that stands there, whole or not at all.

    Raises
    ------
    ModelError
        If `folder` holds something else than a model, or can't be written.
    """
    with saving_model(model, folder):
        pass


@contextmanager
def saving_model(model: Model, folder: Path) -> Iterator[Path]:
    """Write `model` as `save_model` does, together with what the block adds beside it.

    Parameters
    ----------
    model : Model
        What to write.
    folder : Path
        Where it is to stand.

    Yields
    ------
    Path
        A temporary folder that already holds the model; pictures and a card may be added.  It
        takes the place of `folder` when the block ends well.

    Raises
    ------
    ModelError
        As `save_model`.
    """
    try:
        with replacing_folder(folder) as fresh:
            _write(model, fresh)
            yield fresh
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(f"The model can't be written to {folder}: {reason}.") from error


def move_model(source: Path, folder: Path) -> None:
    """Put a model's folder, with all that lies in it, where another model may stand.

    Parameters
    ----------
    source : Path
        The folder of a model; gone afterwards.
    folder : Path
        Where it is to stand, whole, in the place of what was there, or not at all.

    Raises
    ------
    ModelError
        If `source` holds no model, `folder` holds something else than one, or can't be written.
    """
    load_model(source)
    try:
        with replacing_folder(folder) as fresh:
            shutil.copytree(source, fresh, dirs_exist_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(f"The model can't be written to {folder}: {reason}.") from error
    shutil.rmtree(source, ignore_errors=True)


def load_model(folder: Path) -> Model:
    """Read the model that `save_model` wrote.

    Parameters
    ----------
    folder : Path
        The folder that holds ``model.json`` and what belongs to it.

    Raises
    ------
    ModelError
        If anything is missing, unreadable, of an unknown format, or does not fit together; the
        message names the file, the value and what to do.
    """
    path = folder / MODEL_FILE
    content = _read_json(path)
    try:
        fields = Fields(content)
        if (found := fields.integer("format")) not in range(1, FORMAT + 1):
            raise ModelError(f"format {found} is none of 1 to {FORMAT} that this Earmark reads.")
        return _build(fields, folder, found)
    except BesideError as error:
        raise ModelError(f"{error} {_WHAT_TO_DO}") from error
    except ModelError as error:
        raise ModelError(f"{path}: {error} {_WHAT_TO_DO}") from error


def _write(model: Model, folder: Path) -> None:
    network = write_network(model, folder)
    if model.songs is not None:
        with replacing(folder / SONGS_FILE) as temporary:
            temporary.write_bytes(model.songs.to_bytes())
    content = {
        "format": FORMAT,
        "name": model.name,
        "labels": list(model.labels),
        "hears": model.hears,
        "features": {"version": model.features_version, "names": list(model.feature_names)},
        "inputs": model.inputs,
        "members": model.members,
        "network": network,
        "verdict": model.verdict,
        "confidence": asdict(model.confidence) if model.confidence else None,
        "training": dict(model.training),
        "data": dict(model.data),
        "versions": dict(model.versions),
        "metrics": dict(model.metrics),
        "scaler": {"mean": model.scaler.mean_.tolist(), "scale": model.scaler.scale_.tolist()},
        "weights": {"sha256": sha256((folder / network_file(model.network)).read_bytes())},
        "songs": ({"sha256": sha256((folder / SONGS_FILE).read_bytes())} if model.songs else None),
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    write_text(folder / MODEL_FILE, text + "\n")


def _read_json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        aside = set_aside(path.parent)
        if aside.is_dir():
            raise ModelError(
                f"{path} is missing, because a training was killed while it replaced the folder. "
                f"The earlier model stands in {aside}: rename that to {path.parent.name}."
            ) from error
        raise ModelError(
            f"{path} is missing: there is no model. Name a folder that 02_train.py wrote."
        ) from error
    except OSError as error:
        raise ModelError(f"{path} can't be read: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:  # not UTF-8, or not JSON
        raise ModelError(f"{path} is not JSON ({error}). {_WHAT_TO_DO}") from error


def _build(fields: Fields, folder: Path, version: int) -> Model:
    """Make a model of what ``model.json`` says; what an older format did not know is as it was."""
    features, scaler = fields.inner("features"), fields.inner("scaler")
    shape, told = fields.inner("network"), fields.inner("weights")
    network, weights = read_network(folder, shape, told)
    model = Model(
        name=fields.text("name"),
        labels=fields.texts("labels"),
        feature_names=features.texts("names"),
        features_version=features.text("version"),
        scaler=Scaler(scaler.numbers("mean"), scaler.numbers("scale")),
        network=network,
        weights=weights,
        inputs=fields.inputs() if version > 1 else "features",
        hears=fields.text("hears") if fields.has("hears") else "windows",
        verdict=fields.verdict() if fields.has("verdict") else "mean",
        confidence=_read_confidence(fields.optional("confidence")),
        songs=_read_songs(folder / SONGS_FILE, fields.optional("songs")),
        training=fields.mapping("training"),
        metrics=fields.mapping("metrics"),
        versions=fields.mapping("versions"),
        data=fields.mapping("data"),
    )
    if version > 1 and fields.integer("members") != model.members:
        reason = f"it holds {model.members} members, not those of {MODEL_FILE}."
        raise BesideError(folder / network_file(network), reason)
    return model


def _read_confidence(fields: Fields | None) -> Confidence | None:
    if fields is None:
        return None
    return Confidence(
        temperature=fields.number("temperature"),
        unsure_below=fields.number("unsure_below"),
        outlier_above=fields.number("outlier_above") if fields.has("outlier_above") else None,
        fitted_on=fields.text("fitted_on"),
        songs=fields.integer("songs"),
    )


def _read_songs(path: Path, told: Fields | None) -> Songs | None:
    if told is None:
        return None
    content = read_beside(path, told)
    try:
        return Songs.from_bytes(content)
    except ModelError as error:
        raise BesideError(path, str(error)) from error
