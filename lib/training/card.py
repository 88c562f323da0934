"""The card that lies beside a model: what it is, how well it does, and how to make it anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lib.model import Model

_PROTOCOLS = {
    "artist_folds": "{folds} folds by artist: no artist is both learned from and judged",
    "random_folds": "{folds} folds at random: most songs are by an artist learned from",
    "validation": "the songs held out",
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
    yield (
        "| judged on | songs | accuracy | 95 % interval | macro recall | the plain recipe "
        "| an SVM |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- |"
    for name, words in _PROTOCOLS.items():
        if name not in model.metrics:
            continue
        figures = model.metrics[name]
        folds = figures.get("folds", [])
        beside = " | ".join(_beside(figures.get(other)) for other in ("plain", "svm"))
        yield (
            f"| {words.format(folds=len(folds))} | {figures['songs']} "
            f"| {_percent(figures.get('mean', figures['accuracy']))} | {_interval(figures)} "
            f"| {_percent(figures['macro_recall'])} | {beside} |"
        )
    yield ""
    yield from _reading(model)


def _beside(figures: Mapping[str, Any] | None) -> str:
    return f"{_percent(figures['mean'])} ({_interval(figures)})" if figures else "–"


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
    config = model.training["config"]
    if config["regularisation"] and "artist_folds" in model.metrics:
        yield (
            "The settings of this recipe were compared on other folds of the same songs, so its "
            "figures here flatter a little; those of the plain recipe and the SVM do not."
        )
        yield ""
    if config["refit"]:
        how = "learned from the others" if config["regularisation"] else "stopped by them"
        yield (
            f"The songs held out judged the network that {how}. The one that lies here was then "
            f"trained anew on all songs for as many epochs, so there are none left that it could "
            f"be judged on; the folds judge the recipe it was made by."
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
        f"were learned from {tracks['learned_from']} songs"
        + (
            ", those that the table excludes among them: over folds that helps a little."
            if tracks["excluded"] and model.training["config"]["refit"]
            else "."
        )
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
    yield from (f"## How it was trained: the recipe `{config['recipe']}`", "")
    made = _KEY_FREE if model.inputs == "key-free" else ""
    yield (
        f"Network `{network.name}`: {len(model.feature_names)} features, {made}scaled to mean 0 "
        f"and deviation 1 on the training songs alone; dense layers of {layers}: "
        f"{network.parameters:,} parameters. {'AdamW' if config['regularisation'] else 'Adam'} at "
        f"{config['learning_rate']:g}, batches of {config['batch_size']}, seed {config['seed']}; "
        f"cross-entropy, each song of the same weight. "
        + (_regularised(model) if config["regularisation"] else _stopped(model))
    )
    yield ""


_KEY_FREE = (
    "of whose chroma the magnitudes of its Fourier transform over the pitch classes are taken, "
    "which are the same in every key, and of tempo and the deviations of MFCCs the logarithms, "
)


def _stopped(model: Model) -> str:
    return (
        f"Of {model.training['epochs_run']} epochs the "
        f"{_ordinal(model.training['best_epoch'])} did best on the songs held out (accuracy over "
        f"five epochs), and {_refit(model)}"
    )


def _regularised(model: Model) -> str:
    config = model.training["config"]
    settings = config["regularisation"]
    changes = settings["augmentation"]
    return (
        f"{model.members} such networks were trained beside each other for {config['epochs']} "
        f"epochs each, the rate rising and then falling along a cosine; their probabilities are "
        f"averaged. Against learning by heart: dropout of {settings['dropout']:g}, weight decay of "
        f"{settings['weight_decay']:g}, labels smoothed by {settings['label_smoothing']:g}, songs "
        f"mixed by Beta({settings['mixup']:g}); in each epoch every song was changed anew by a "
        f"gain of {changes['gain']:g} dB and an equaliser of {changes['equaliser']:g} dB "
        f"(standard deviations), and the tempo of {_percent(changes['octave'])} of them by an "
        f"octave. Songs held out were watched and chose nothing; then {_refit(model)}"
    )


def _refit(model: Model) -> str:
    if model.training["config"]["refit"]:
        fresh = "a fresh network was" if model.members == 1 else "fresh ones were"
        return f"{fresh} trained on all songs for as many."
    return "those weights were kept."


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
