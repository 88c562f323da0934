"""What a training would write over, for a person to know before it begins."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from lib.errors import ModelError
from lib.model.folder import DEFAULT_MODEL, EAR_MODEL, MODEL_FILE
from lib.model.measured import measured
from lib.model.store import load_model
from lib.wording import accuracy_words

_SHIPPED = (EAR_MODEL, DEFAULT_MODEL)


def what_is_replaced(folder: Path) -> str:
    """Say which model a new one would replace; ``""`` where there is none.

    Parameters
    ----------
    folder : Path
        Where the new one is to lie; `~lib.model.check_replaceable` has let it pass.

    Returns
    -------
    str
        Its folder, when it was trained (by the date of its file), and how often it is right; of one
        that ships also how to have it back.
    """
    file = folder / MODEL_FILE
    if not file.is_file():
        return ""
    when = f"{datetime.fromtimestamp(file.stat().st_mtime).astimezone():%Y-%m-%d %H:%M}"
    try:
        good = accuracy_words(*measured(load_model(folder).metrics))
    except ModelError:
        good = "it can't be read"
    told = f"The new model replaces the one in {folder}, of {when}: {good}."
    if not any(folder.resolve() == shipped.resolve() for shipped in _SHIPPED):
        return f"{told} Stop (Ctrl+C) and give another --name to keep both."
    return (
        f"{told} That is one that ships with Earmark and answers for everybody here: stop (Ctrl+C) "
        f"and give another --name to keep it. Once it is replaced, “git checkout -- "
        f"outputs/models/{folder.name}” brings it back."
    )
