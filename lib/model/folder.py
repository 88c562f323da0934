"""Where models live, and how a folder of them is replaced as one."""

from __future__ import annotations

import hashlib
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from lib.backbone import BackboneError, load_backbone
from lib.errors import ModelError

MODELS_FOLDER = Path(__file__).resolve().parents[2] / "outputs" / "models"
DEFAULT_MODEL = MODELS_FOLDER / "mlp85"
EAR_MODEL = MODELS_FOLDER / "ear"

MODEL_FILE = "model.json"
WEIGHTS_FILE = "weights.npz"
GRAPH_FILE = "network.onnx"
SONGS_FILE = "songs.npz"

# What a training writes.  These go when a new training replaces the folder; anything else in it
# was put there by a person and stays.
_OURS = frozenset(
    {MODEL_FILE, WEIGHTS_FILE, GRAPH_FILE, SONGS_FILE, "history.csv", "README.md", "card.json"}
)


def usual_model() -> tuple[Path, str]:
    """Return the folder of the model that answers where none is named, and why it isn't the ear.

    The ear hears by the backbone, which may be missing; the network of 85 features needs nothing
    beside it.

    Returns
    -------
    folder : Path
    reason : str
        Why the backbone can't be had, as a sentence; empty where the ear answers.
    """
    try:
        load_backbone()
    except BackboneError as error:
        return DEFAULT_MODEL, str(error)
    return (EAR_MODEL, "") if EAR_MODEL.is_dir() else (DEFAULT_MODEL, f"{EAR_MODEL} is missing.")


def fingerprint(folder: Path) -> str:
    """Return what tells a model from every other that lay, or will lie, in its folder.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    str
        A digest of all that an answer is made of, 16 hexadecimal digits.

    Raises
    ------
    ModelError
        Where the folder can't be read.
    """
    digest = hashlib.sha256()
    try:
        for name in (MODEL_FILE, WEIGHTS_FILE, GRAPH_FILE, SONGS_FILE):
            missing = name != MODEL_FILE and not (folder / name).exists()
            content = b"" if missing else (folder / name).read_bytes()
            digest.update(b"%d\0" % len(content) + content)
    except OSError as error:
        raise ModelError(f"{folder}: it can't be read ({error}).") from error
    return digest.hexdigest()[:16]


@contextmanager
def replacing_folder(folder: Path) -> Iterator[Path]:
    """Give an empty folder beside `folder` and, when the block ends well, put it in its place.

    No system moves one full folder over another in a single step, so the old one is first set
    aside as ``.NAME.old`` and put back if the new one can't be moved in.  Killed in the instant
    between, that is where the old one is found, and the next use of this function puts it back.
    Files that a training does not write (`_OURS` and pictures) are taken along to the new folder.

    Parameters
    ----------
    folder : Path
        The model folder to write.  Missing parents are made.

    Yields
    ------
    Path
        The folder to fill.

    Raises
    ------
    ModelError
        If something else than a model stands there.
    """
    folder = folder.resolve()  # a link to a folder stays, and what it leads to is replaced
    aside = set_aside(folder)
    if aside.is_dir() and not folder.exists():
        aside.rename(folder)
    check_replaceable(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = folder.with_name(f".{folder.name}-{secrets.token_hex(6)}")
    fresh.mkdir()
    try:
        yield fresh
        if folder.exists():
            _keep_foreign(folder, fresh)
        _swap(fresh, folder, aside)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def set_aside(folder: Path) -> Path:
    """Return where the earlier model stands for the instant in which `folder` is replaced."""
    return folder.with_name(f".{folder.name}.old")


def check_replaceable(folder: Path) -> None:
    """Raise `ModelError` if something else than a model stands where one is to be written.

    Worth asking before a long training rather than after it.
    """
    if not folder.exists():
        return
    if not folder.is_dir():
        raise ModelError(f"{folder} is a file. Name a folder for the model.")
    if any(folder.iterdir()) and not (folder / MODEL_FILE).is_file():
        raise ModelError(
            f"{folder} holds other things than a model and is left alone. "
            f"Name another folder, or one that holds a {MODEL_FILE}."
        )


def _keep_foreign(folder: Path, fresh: Path) -> None:
    for path in folder.iterdir():
        if path.name in _OURS or path.suffix == ".png" or (fresh / path.name).exists():
            continue
        # Links stay links: what one leads to may be gone, or large.
        if path.is_dir() and not path.is_symlink():
            shutil.copytree(path, fresh / path.name, symlinks=True)
        else:
            shutil.copy2(path, fresh / path.name, follow_symlinks=False)


def _swap(fresh: Path, folder: Path, aside: Path) -> None:
    shutil.rmtree(aside, ignore_errors=True)
    if folder.exists():
        folder.rename(aside)
    try:
        fresh.rename(folder)
    except OSError:
        if aside.exists():
            aside.rename(folder)
        raise
    shutil.rmtree(aside, ignore_errors=True)
