"""The card that lies beside a model: what it is, how well it does, and how to make it anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from lib.judgement import Comparison, changes_told
from lib.model import Model
from lib.training.card_figures import (
    best_metrics,
    confidence_section,
    figures_section,
    genres_section,
    percent,
)
from lib.training.card_recipe import heard, recipe_section
from lib.wording import count

FEW_ARTISTS = 6  # up to so many, a genre is told of by its artists more than by what it is


def model_card(model: Model) -> str:
    """Write a model's card in Markdown, from what the model carries.

    Parameters
    ----------
    model : Model
        As `~lib.training.train` made it, with the figures of the folds in its metrics where there
        are any (``artist_folds``, ``random_folds``, ``split``, ``leaky``, ``given``), and in its
        training the ``command`` that makes it anew, as a person types it.
    """
    sections = (
        _head, figures_section, genres_section, confidence_section, _against, _data, recipe_section,
        _limits, _anew,
    )  # fmt: skip
    return "\n".join(line for section in sections for line in section(model)) + "\n"


def card_content(model: Model) -> dict[str, Any]:
    """Return what a model's card tells, for JSON: all that `model_card` is written from."""
    confidence = model.confidence
    return {
        "name": model.name,
        "labels": list(model.labels),
        "features": {"version": model.features_version, "count": len(model.feature_names)},
        "inputs": model.inputs,
        "members": model.members,
        "network": {"name": model.network.name, "parameters": model.network.parameters},
        "metrics": dict(model.metrics),
        "confidence": asdict(confidence) if confidence else None,
        "data": dict(model.data),
        "training": dict(model.training),
        "versions": dict(model.versions),
        "limits": list(_limits_told(model)),
    }


def _head(model: Model) -> Iterator[str]:
    yield f"# {model.name}"
    yield ""
    yield (
        f"Tells {len(model.labels)} genres apart ({', '.join(model.labels)}) by {heard(model)}. "
        f"Trained by Earmark's `02_train.py`, which also wrote this page; all figures stand in "
        f"`model.json`."
    )
    yield ""


def _against(model: Model) -> Iterator[str]:
    if "against" not in model.metrics:
        return
    comparison = Comparison.from_dict(model.metrics["against"])
    yield from (f"## Beside {comparison.model}, the model before it", "")
    yield (
        "Judged is the network that learned from the other songs, before it was trained anew on "
        "all of them, or one that followed the recipe without them where they stop a training."
    )
    yield ""
    yield from (f"- {sentence}" for sentence in comparison.sentences())
    yield ""


def _data(model: Model) -> Iterator[str]:
    data, tracks = model.data, model.training["tracks"]
    yield from ("## What it was trained on", "")
    yield (
        f"`{data['name']}`: {data['tracks']} songs by {data['artists']} known artists "
        f"({data['tracks_without_artist']} songs by unknown ones), {data['windows']} "
        f"{'windows' if model.hears == 'windows' else 'segments'}. "
        f"SHA-256 of its content: `{data['fingerprint']}`. Features of version "
        f"{model.features_version}."
    )
    if corrected := changes_told(model.training.get("corrections", {})):
        yield ""
        yield f"With what was corrected by hand, which these figures count as well: {corrected}."
    yield ""
    yield (
        f"{tracks['training']} songs were learned from and {tracks['validation']} held out "
        f"({_CHOSEN[model.training['validation_by']]}); {tracks['excluded']} that the table "
        f"excludes and {tracks['test']} test songs had no part in that. The weights that lie here "
        f"were learned from {tracks['learned_from']} songs"
        + (
            ", those that the table excludes among them: over folds that helps a little."
            if tracks["excluded"] and model.training["config"]["refit"]
            else "."
        )
    )
    yield ""
    yield from ("| genre | songs | artists |", "| --- | --- | --- |")
    for genre, found in data["genres"].items():
        yield f"| {genre} | {found['tracks']} | {found['artists']} |"
    yield ""


_CHOSEN = {
    "split": "by the table's own column",
    "artist": "whole artists, about a fifth",
    "song": "whole songs, about a fifth",
}


def _limits(model: Model) -> Iterator[str]:
    yield from ("## Where it fails", "")
    yield from (f"- {limit}" for limit in _limits_told(model))
    yield ""


def _limits_told(model: Model) -> Iterator[str]:
    metrics, data = best_metrics(model), model.data
    judged = {genre: s for genre, s in metrics["genres"].items() if s["support"]}
    worst = min(judged, key=lambda genre: float(judged[genre]["recall"]))
    artists = {genre: int(found["artists"]) for genre, found in data["genres"].items()}
    scarce = [genre for genre in artists if artists[genre] <= FEW_ARTISTS]
    scarce = scarce or [min(artists, key=lambda genre: artists[genre])]
    kinds = f"It knows these {len(model.labels)} genres and no others."
    if model.confidence is None:
        yield f"{kinds} Speech, noise or a whale gets one of them too."
        yield "Its probabilities rank the genres; they are not shares of songs rightly named."
    else:
        yield (
            f"{kinds} Speech, noise or a whale gets one of them too; that it is far from all that "
            f"was learned is told beside it, and not always noticed."
        )
        yield (
            "How sure it is was fitted on songs of this table; of other music it may be right less "
            "often than it says."
        )
    yield f"{worst} is recognised least: {percent(judged[worst]['recall'])} of its songs."
    for genre in scarce:
        songs = data["genres"][genre]["tracks"]
        known = count(artists[genre], "known artist")
        yield f"All it knows of {genre} are {songs} songs by {known}."
    if lone := [genre for genre in artists if artists[genre] == 1]:
        yield (
            f"Of {' and '.join(lone)} there is one artist alone. Folds by artist can't ask for "
            f"such a genre: its songs count there as wrong, and how well it is told is not known."
        )
    yield "Only features of the version above fit; Earmark refuses others."


def _anew(model: Model) -> Iterator[str]:
    if command := model.training.get("command"):
        yield from ("## Made anew", "", "```", command, "```", "")
        if corrected := changes_told(model.training.get("corrections", {})):
            yield f"It takes along what is corrected by then; for this model that was {corrected}."
            yield ""
    yield _versions(model)


def _versions(model: Model) -> str:
    return "With " + ", ".join(f"{name} {number}" for name, number in model.versions.items()) + "."
