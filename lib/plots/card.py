"""A model's card in its folder: page, figures and pictures, from what the model carries."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from matplotlib.figure import Figure

from lib.errors import ModelError
from lib.files import write_text
from lib.judgement import Answered, read_bins, read_curve, read_judgement
from lib.model import Model
from lib.plots.certainty import answered_curve, reliability_diagram
from lib.plots.network import architecture
from lib.plots.save import save
from lib.plots.theme import LIGHT, Theme
from lib.plots.training import confusion_matrix, genre_scores, learning_curves
from lib.training import best_metrics, card_content, model_card, read_history

if TYPE_CHECKING:
    # Only named here: a history is handed in by who has loaded pandas already.
    import pandas as pd


def write_card(model: Model, folder: Path) -> None:
    """Write README.md, card.json and the pictures of a model into its folder.

    Parameters
    ----------
    model : Model
        With the figures that it was judged by.
    folder : Path
        Where it lies; the history of its training may lie there too.

    Raises
    ------
    ModelError
        If it can't be written there.
    """
    content = json.dumps(card_content(model), indent=1, ensure_ascii=False, allow_nan=False)
    try:
        for name, figure in card_pictures(model, LIGHT, history=read_history(folder)).items():
            save(figure, folder / f"{name}.png")
        write_text(folder / "README.md", model_card(model))
        write_text(folder / "card.json", content + "\n")
    except OSError as error:
        reason = error.strerror or str(error)
        raise ModelError(f"The card can't be written to {folder}: {reason}.") from error


def card_pictures(
    model: Model, theme: Theme, *, history: pd.DataFrame | None = None
) -> dict[str, Figure]:
    """Draw all that a model's card shows.

    Parameters
    ----------
    model : Model
        With the figures that it was judged by.
    theme : Theme
    history : pd.DataFrame, optional
        Of its training; see `~lib.plots.training.learning_curves`.

    Returns
    -------
    dict of str to Figure
        By the name of the file without suffix; what the model knows nothing of is not there.
    """
    metrics = best_metrics(model)
    judgement = read_judgement(metrics)
    pictures = {
        "confusion_matrix": confusion_matrix(judgement, theme),
        "genre_scores": genre_scores(judgement, theme),
        "architecture": architecture(model.network, theme),
    }
    if history is not None:
        # Where nothing was chosen, no epoch is the best one.
        settings = model.training["config"]
        chosen = settings.get("patience") and not settings.get("regularisation")
        best = model.training["best_epoch"] if chosen else None
        pictures["learning_curves"] = learning_curves(history, theme, best=best)
    return {**pictures, **_certainty(metrics, theme)}


def _certainty(metrics: Mapping[str, Any], theme: Theme) -> dict[str, Figure]:
    calibrated = metrics.get("calibrated")
    if not calibrated:
        return {}
    series = {"before": read_bins(metrics), "after": read_bins(calibrated)}
    sure = Answered(**calibrated["sure"])
    return {
        "reliability": reliability_diagram(series, theme),
        "answered": answered_curve(read_curve(calibrated), theme, sure=sure),
    }
