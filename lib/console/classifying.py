"""The model that answers on the console."""

from __future__ import annotations

import sys
from pathlib import Path

from lib.errors import CallError, ModelError
from lib.model import Model, load_model, usual_model


def open_model(named: Path | None) -> tuple[Path, Model]:
    """Read the model that a person named, or the usual one.

    Parameters
    ----------
    named : Path or None
        Its folder.

    Returns
    -------
    tuple of (Path, Model)
        Where it lies, and what lies there.  Where another than the usual one answers, the reason is
        told.

    Raises
    ------
    CallError
        Where the one that was named can't be read.
    ModelError
        Where the usual one can't.
    """
    folder, reason = (named, "") if named else usual_model()
    if reason:
        print(f"Earmark: {folder.name} answers. {reason}", file=sys.stderr)
    try:
        return folder, load_model(folder)
    except ModelError as error:
        if named is not None:
            raise CallError(f"--model: {error}") from error
        raise
