"""The converted backbone in the cache: made once, and checked whenever it is read."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path

from lib.backbone.bundle import read_bundle
from lib.backbone.graph import build_graph, tensor_names
from lib.backbone.installed import read_checkpoint
from lib.backbone.names import BACKBONE_VERSION
from lib.files import replacing
from lib.places import cache_folder
from lib.progress import Progress, silent

# A file's name holds the SHA-256 of its content, so that name and content come and go as one.
_NAME = f"musicnn-msd-{BACKBONE_VERSION}"
_FOLDER = "backbone"


def converted(*, progress: Progress = silent) -> bytes:
    """Return the backbone as ONNX, from the cache or made of the installed wheel.

    Where the cache can't be written, it is made anew each time.

    Parameters
    ----------
    progress : Progress
        ``"Converting the backbone"``, once.

    Raises
    ------
    BackboneError
        Where it isn't in the cache and the wheel is missing or is not the one that is known.
    """
    folder = cache_folder() / _FOLDER
    content = _kept(folder)
    if content is None:
        progress("Converting the backbone", None)
        content = convert()
        with suppress(OSError), replacing(_place(folder, content)) as temporary:
            temporary.write_bytes(content)
    return content


def convert() -> bytes:
    """Make the backbone's graph of the installed wheel's checkpoint, without TensorFlow.

    Raises
    ------
    BackboneError
        Where the wheel is missing or is not the one that is known.
    """
    index, data = read_checkpoint()
    graph = build_graph(read_bundle(index, data, tensor_names()))
    content: bytes = graph.SerializeToString(deterministic=True)
    return content


def _kept(folder: Path) -> bytes | None:
    """Return what the cache holds; what is not as it was written is thrown away."""
    for path in sorted(folder.glob(f"{_NAME}-*.onnx")):
        with suppress(OSError):
            content = path.read_bytes()
            if path == _place(folder, content):
                return content
            path.unlink()
    return None


def _place(folder: Path, content: bytes) -> Path:
    return folder / f"{_NAME}-{hashlib.sha256(content).hexdigest()}.onnx"
