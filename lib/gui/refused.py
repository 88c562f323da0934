"""Whether a model can be used, and what to say where the one that a person took can't."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from lib.errors import EarmarkError
from lib.wording import clean

if TYPE_CHECKING:  # at run time it is imported in a thread, after the window stands
    from lib.model import Model


@dataclass(frozen=True)
class Refused:
    """A model that can't be used.

    Parameters
    ----------
    folder : Path
        Where it lies, or lay.
    error : EarmarkError
        Why it can't be used.
    """

    folder: Path
    error: EarmarkError

    def told(self, answering: str) -> str:
        """Say so, given the name of the model that answers for it."""
        there = os.path.isdir(self.folder)  # noqa: PTH112 (a Path's raises where it may not look)
        why = str(self.error).removeprefix(f"{self.folder}{os.sep}")
        why = why if there else f"its folder is not there ({self.folder})."
        name = clean(self.folder.name, longest=40)
        return (
            f"“{name}” can't be used, so {clean(answering)} answers: {clean(why)} "
            "It is tried again at the next start."
        )


def usable(folder: Path) -> Model:
    """Return the model of a folder.

    Raises
    ------
    ModelError
        If it can't be used.
    BackboneError
        If it hears by the backbone, and that can't be had.
    """
    from lib.model import load_model
    from lib.prediction.given import Hearing

    model = load_model(folder)
    Hearing(model)  # raises where this version, or this machine, can't give what it wants
    return model
