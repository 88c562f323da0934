"""What a report is made of."""

from __future__ import annotations

from dataclasses import dataclass

from lib.features import Overview
from lib.model import Model
from lib.prediction import Prediction


@dataclass(frozen=True, eq=False)
class Material:
    """A song that was heard, and what heard it.

    Parameters
    ----------
    prediction : Prediction
    overview : Overview
        Of the same song.
    model : Model
        That answered.
    """

    prediction: Prediction
    overview: Overview
    model: Model
