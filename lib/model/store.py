"""Writing a model to its folder, and reading it with every promise checked at the door.

A model folder holds ``model.json`` (everything a person may want to read, scaler included) and
``weights.npz`` (``kernel_00``, ``bias_00``, ... in float32; of several members along the first
axis), and ``songs.npz`` where it knows what it learned from (see `~lib.model.songs.Songs`).  Older
formats are read as well: 1 knew neither members nor inputs other than the features, 2 neither
confidence nor songs.  No pickle: a model from a stranger can be wrong, but it can't run code.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from lib.errors import ModelError
from lib.files import replacing, write_text
from lib.model.confidence import Confidence
from lib.model.fields import Fields
from lib.model.folder import MODEL_FILE, SONGS_FILE, WEIGHTS_FILE, replacing_folder, set_aside
from lib.model.inputs import Inputs
from lib.model.model import FORMAT, Model
from lib.model.network import Layer, Network, Weights
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
        The folder that holds ``model.json`` and ``weights.npz``.

    Raises
    ------
    ModelError
        If anything is missing, unreadable, of an unknown format, or does not fit together; the
        message names the file, the value and what to do.
    """
    path = folder / MODEL_FILE
    fields = _read_json(path)
    try:
        if (found := fields.integer("format")) not in range(1, FORMAT + 1):
            raise ModelError(f"format {found} is none of 1 to {FORMAT} that this Earmark reads.")
        model = _build(fields, folder, "features" if found == 1 else fields.inputs())
        if found > 1 and fields.integer("members") != model.members:
            told = f"it holds {model.members} members, not those of {MODEL_FILE}."
            raise _BesideError(folder / WEIGHTS_FILE, told)
        return model
    except _BesideError as error:
        raise ModelError(f"{error} {_WHAT_TO_DO}") from error
    except ModelError as error:
        raise ModelError(f"{path}: {error} {_WHAT_TO_DO}") from error


class _BesideError(ModelError):
    """What is wrong lies in a file beside model.json."""

    def __init__(self, path: Path, reason: str) -> None:
        super().__init__(path, reason)
        self.path = path
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.path}: {self.reason}"


def _write(model: Model, folder: Path) -> None:
    with replacing(folder / WEIGHTS_FILE) as temporary:
        arrays = {}
        for number, (kernel, bias) in enumerate(model.weights):
            arrays[f"kernel_{number:02}"] = np.asarray(kernel, dtype=np.float32)
            arrays[f"bias_{number:02}"] = np.asarray(bias, dtype=np.float32)
        # numpy dates the entries 1980-01-01, so the same weights give the same file.
        np.savez(temporary, allow_pickle=False, **arrays)
    if model.songs is not None:
        with replacing(folder / SONGS_FILE) as temporary:
            temporary.write_bytes(model.songs.to_bytes())
    content = {
        "format": FORMAT,
        "name": model.name,
        "labels": list(model.labels),
        "features": {"version": model.features_version, "names": list(model.feature_names)},
        "inputs": model.inputs,
        "members": model.members,
        "network": asdict(model.network),
        "confidence": asdict(model.confidence) if model.confidence else None,
        "training": dict(model.training),
        "data": dict(model.data),
        "versions": dict(model.versions),
        "metrics": dict(model.metrics),
        "scaler": {"mean": model.scaler.mean_.tolist(), "scale": model.scaler.scale_.tolist()},
        "weights": {"sha256": _sha256((folder / WEIGHTS_FILE).read_bytes())},
        "songs": ({"sha256": _sha256((folder / SONGS_FILE).read_bytes())} if model.songs else None),
    }
    text = json.dumps(content, indent=1, ensure_ascii=False, allow_nan=False)
    write_text(folder / MODEL_FILE, text + "\n")


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _read_json(path: Path) -> Fields:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
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
    return Fields(value)


def _build(fields: Fields, folder: Path, inputs: Inputs) -> Model:
    features, scaler, shape = (fields.inner(key) for key in ("features", "scaler", "network"))
    layers = tuple(Layer(each.integer("units"), each.activation()) for each in shape.each("layers"))
    network = Network(shape.text("name"), shape.integer("inputs"), layers)
    return Model(
        name=fields.text("name"),
        labels=fields.texts("labels"),
        feature_names=features.texts("names"),
        features_version=features.text("version"),
        scaler=Scaler(scaler.numbers("mean"), scaler.numbers("scale")),
        network=network,
        weights=_read_weights(folder / WEIGHTS_FILE, network, fields.inner("weights")),
        inputs=inputs,
        confidence=_read_confidence(fields.optional("confidence")),
        songs=_read_songs(folder / SONGS_FILE, fields.optional("songs")),
        training=fields.mapping("training"),
        metrics=fields.mapping("metrics"),
        versions=fields.mapping("versions"),
        data=fields.mapping("data"),
    )


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
    content = _read_beside(path, told)
    try:
        return Songs.from_bytes(content)
    except ModelError as error:
        raise _BesideError(path, str(error)) from error


def _read_weights(path: Path, network: Network, told: Fields) -> Weights:
    content = _read_beside(path, told)
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as arrays:
            return tuple(
                (_floats(arrays[f"kernel_{number:02}"]), _floats(arrays[f"bias_{number:02}"]))
                for number in range(len(network.layers))
            )
    except (ValueError, KeyError, EOFError, TypeError, zipfile.BadZipFile) as error:
        reason = f"it does not hold the weights of {network.name} ({error})."
        raise _BesideError(path, reason) from error


def _read_beside(path: Path, told: Fields) -> bytes:
    """Read a file beside model.json, which tells its sum."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise _BesideError(path, f"it can't be read: {error.strerror or error}.") from error
    if _sha256(content) != told.text("sha256"):
        raise _BesideError(path, f"its content is not that which {MODEL_FILE} was written with.")
    return content


def _floats(array: NDArray[np.generic]) -> NDArray[np.float32]:
    if array.dtype != np.float32:
        raise ValueError(f"weights of type {array.dtype}, not float32")
    return array.astype(np.float32)
