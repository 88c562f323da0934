"""What was logged of a fit, epoch by epoch."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from lib.errors import TrainingError

if TYPE_CHECKING:
    import pandas as pd

_HISTORY = "history.csv"


def tabulate(logs: list[dict[str, float]]) -> pd.DataFrame:
    """Make the history of `Fitted` of what was logged in each epoch."""
    import pandas as pd

    history = pd.DataFrame(logs)
    known = [f"{side}{figure}" for side in ("", "val_", "test_") for figure in ("loss", "accuracy")]
    history = history[[name for name in known if name in history]]
    history.insert(0, "epoch", range(1, len(history) + 1))
    return history


def save_history(history: pd.DataFrame, folder: Path) -> None:
    """Write a history beside a model, for `read_history`."""
    history.to_csv(folder / _HISTORY, index=False, float_format="%.6f", lineterminator="\n")


def read_history(folder: Path) -> pd.DataFrame | None:
    """Read what `save_history` wrote, or return None where nothing was written."""
    import pandas as pd

    path = folder / _HISTORY
    return pd.read_csv(path) if path.is_file() else None


def figures(
    P: NDArray[np.float64],
    genres: NDArray[np.int32],
    weights: NDArray[np.float32],
    prefix: str,
) -> dict[str, float]:
    """Return cross-entropy and accuracy of probabilities [shape=(n, genres)], by weight."""
    with np.errstate(invalid="ignore"):  # which is told by check_finite
        surprise = -np.log(np.maximum(P[np.arange(len(P)), genres], 1e-7))
    right = P.argmax(axis=1) == genres
    return {
        f"{prefix}loss": float(np.average(surprise, weights=weights)),
        f"{prefix}accuracy": float(np.average(right, weights=weights)),
    }


def check_finite(
    epoch: int, logs: dict[str, float], weights: Sequence[NDArray[np.float32]]
) -> None:
    """Raise `TrainingError` if a figure or a weight is no number after an epoch (from 0)."""
    figures = [np.array(list(logs.values())), *weights]
    if not all(np.isfinite(figure).all() for figure in figures):
        raise TrainingError(
            f"Training came to nothing: in epoch {epoch + 1} the loss became {logs['loss']}. "
            f"Try a smaller --learning-rate."
        )
