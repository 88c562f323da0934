"""The card that lies beside a model: what it is, how well it does, and how to make it anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lib.model import Model

_PROTOCOLS = {
    "artist_folds": "{folds} folds by artist: no artist is both learned from and judged",
    "random_folds": "{folds} folds at random: most songs are by an artist learned from",
    "validation": "the songs held out to stop the training by",
    "test": "the table's test songs",
}
_PICTURES = ("confusion_matrix", "genre_scores", "learning_curves", "architecture")


def model_card(model: Model, *, command: str) -> str:
    """Write a model's card in Markdown, from what the model carries.

    Parameters
    ----------
    model : Model
        As `~lib.training.train` made it, with the figures of the folds in its metrics where there
        are any (``artist_folds`` and ``random_folds``).
    command : str
        The command that makes it anew, as a person types it.
    """
    sections = (_head, _figures, _genres, _data, _recipe, _limits)
    lines = [line for section in sections for line in section(model)]
    lines += ["## Made anew", "", "```", command, "```", "", _versions(model), ""]
    return "\n".join(lines)


def best_metrics(model: Model) -> Mapping[str, Any]:
    """Return the figures nearest to what a person may expect of new songs.

    Those over folds by artist, else of the test songs, else over random folds, else of the songs
    held out.
    """
    order = ("artist_folds", "test", "random_folds", "validation")
    return next(model.metrics[name] for name in order if name in model.metrics)


def _head(model: Model) -> Iterator[str]:
    yield f"# {model.name}"
    yield ""
    yield (
        f"Tells {len(model.labels)} genres apart ({', '.join(model.labels)}) by the "
        f"{len(model.feature_names)} features of a song. Trained by Earmark's `02_train.py`, which "
        f"also wrote this page; all figures stand in `model.json`."
    )
    yield ""


def _figures(model: Model) -> Iterator[str]:
    yield from ("## How well it does", "")
    yield "| judged on | songs | accuracy | 95 % interval | macro recall | a plain SVM |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, words in _PROTOCOLS.items():
        if name not in model.metrics:
            continue
        figures = model.metrics[name]
        folds, svm = figures.get("folds", []), figures.get("svm")
        beside = f"{_percent(svm['mean'])} ({_interval(svm)})" if svm else "–"
        yield (
            f"| {words.format(folds=len(folds))} | {figures['songs']} "
            f"| {_percent(figures.get('mean', figures['accuracy']))} | {_interval(figures)} "
            f"| {_percent(figures['macro_recall'])} | {beside} |"
        )
    yield ""
    yield from _reading(model)


def _reading(model: Model) -> Iterator[str]:
    if "artist_folds" in model.metrics:
        yield (
            "The first line is what to expect of a song by somebody the model never heard. In each "
            "fold the whole recipe was followed from the start, and the SVM (RBF kernel, C = 5) "
            "saw the same songs. Accuracy is the mean over the folds; the interval is Wilson's, of "
            "all songs together. It takes songs for independent, which those of one artist are "
            "not quite."
        )
        yield ""
    if model.training["config"]["refit"]:
        yield (
            "The songs held out judged the network that stopped by them. The one that lies here "
            "was then trained anew on all songs for as many epochs, so there are none left that it "
            "could be judged on; the folds judge the recipe it was made by."
        )
        yield ""


def _genres(model: Model) -> Iterator[str]:
    metrics = best_metrics(model)
    protocol = next(name for name, value in model.metrics.items() if value is metrics)
    words = _PROTOCOLS[protocol].format(folds=len(metrics.get("folds", [])))
    yield from (f"By genre, on {words}:", "")
    yield from ("| genre | songs | precision | recall | F1 |", "| --- | --- | --- | --- | --- |")
    for genre, score in metrics["genres"].items():
        figures = " | ".join(_percent(score[name]) for name in ("precision", "recall", "f1"))
        yield f"| {genre} | {score['support']} | {figures} |"
    yield ""
    for picture in _PICTURES:
        yield f"![{picture.replace('_', ' ')}]({picture}.png)"
        yield ""


def _data(model: Model) -> Iterator[str]:
    data, tracks = model.data, model.training["tracks"]
    yield from ("## What it was trained on", "")
    yield (
        f"`{data['name']}`: {data['tracks']} songs by {data['artists']} known artists "
        f"({data['tracks_without_artist']} songs by unknown ones), {data['windows']} windows. "
        f"SHA-256 of its content: `{data['fingerprint']}`. Features of version "
        f"{model.features_version}."
    )
    yield ""
    yield (
        f"{tracks['training']} songs were learned from and {tracks['validation']} held out "
        f"({_CHOSEN[model.training['validation_by']]}); {tracks['excluded']} that the table "
        f"excludes and {tracks['test']} test songs had no part in that. The weights that lie here "
        f"were learned from {tracks['learned_from']} songs."
    )
    yield ""
    yield from ("| genre | songs | artists |", "| --- | --- | --- |")
    for genre, count in data["genres"].items():
        yield f"| {genre} | {count['tracks']} | {count['artists']} |"
    yield ""


_CHOSEN = {
    "split": "by the table's own column",
    "artist": "whole artists, about a fifth",
    "song": "whole songs, about a fifth",
}


def _recipe(model: Model) -> Iterator[str]:
    config, network = model.training["config"], model.network
    layers = ", ".join(f"{layer.units} {layer.activation}" for layer in network.layers)
    yield from ("## How it was trained", "")
    yield (
        f"Network `{network.name}`: {network.inputs} features, scaled to mean 0 and deviation 1 on "
        f"the training songs alone; dense layers of {layers}: {network.parameters:,} parameters. "
        f"Adam at {config['learning_rate']:g}, batches of {config['batch_size']}, seed "
        f"{config['seed']}; cross-entropy, each song of the same weight. Of "
        f"{model.training['epochs_run']} epochs the {_ordinal(model.training['best_epoch'])} did "
        f"best on the songs held out (accuracy over five epochs), and "
        + (
            "a fresh network was trained on all songs for as many."
            if config["refit"]
            else "its weights were kept."
        )
    )
    yield ""


def _limits(model: Model) -> Iterator[str]:
    metrics, data = best_metrics(model), model.data
    judged = {genre: s for genre, s in metrics["genres"].items() if s["support"]}
    worst = min(judged, key=lambda genre: float(judged[genre]["recall"]))
    fewest = min(data["genres"], key=lambda genre: int(data["genres"][genre]["artists"]))
    yield from ("## Where it fails", "")
    yield (
        f"- It knows these {len(model.labels)} genres and no others. Speech, noise or a whale gets "
        f"one of them too."
    )
    yield "- Its probabilities rank the genres; they are not shares of songs rightly named."
    yield f"- {worst} is recognised least: {_percent(judged[worst]['recall'])} of its songs."
    yield (
        f"- All it knows of {fewest} are {data['genres'][fewest]['tracks']} songs by "
        f"{data['genres'][fewest]['artists']} known artists."
    )
    yield "- Only features of the version above fit; Earmark refuses others."
    yield ""


def _versions(model: Model) -> str:
    return "With " + ", ".join(f"{name} {number}" for name, number in model.versions.items()) + "."


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _interval(figures: Mapping[str, Any]) -> str:
    low, high = figures["interval"]
    return f"{100 * low:.1f}–{100 * high:.1f} %"


def _ordinal(number: int) -> str:
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{dict(enumerate(('th', 'st', 'nd', 'rd'))).get(last, 'th')}"
