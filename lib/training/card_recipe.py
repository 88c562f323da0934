"""The part of a model's card that tells how it was trained."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lib.backbone import needs_backbone
from lib.model import Graph, Model, Network
from lib.training.card_figures import percent
from lib.training.names import EAR

_HEARD = {
    "windows": "the {count} features of a song",
    "mfcc-segments": "{count} MFCCs of each of {frames} frames of a song's segments of 3 s",
    "statistics-segments": "the {count} statistics of a song's segments of 3 s",
}
_KEY_FREE = (
    "of whose chroma the magnitudes of its Fourier transform over the pitch classes are taken, "
    "which are the same in every key, and of tempo and the deviations of MFCCs the logarithms, "
)
_TREBLE_FREE = _KEY_FREE + (
    "and of the means of MFCCs only what the spectrum above 8 kHz has no part in, "
)
_VOTE = (
    " Each segment votes for its likeliest genre: the song's genre is the most frequent one, its "
    "probability the share of segments."
)


def heard(model: Model) -> str:
    """Say what a model's network is given."""
    count = len(model.feature_names)
    if activations := _activations(model):
        return (
            f"{count - activations} features of a song, and {activations} means of what a backbone "
            f"hears in it"
        )
    return _HEARD[model.hears].format(count=count, frames=model.frames)


def _activations(model: Model) -> int:
    """Count the features that are the backbone's."""
    return sum(needs_backbone([name]) for name in model.feature_names)


def recipe_section(model: Model) -> Iterator[str]:
    """Write the section on the recipe, line by line, in Markdown."""
    config, network = model.training["config"], model.network
    if network.name == EAR:
        yield from _regressed(model)
        return
    yield from (f"## How it was trained: the recipe `{config['recipe']}`", "")
    made = {"features": "", "key-free": _KEY_FREE, "treble-free": _TREBLE_FREE}[model.inputs]
    yield (
        f"Network `{network.name}`: {heard(model)}, {made}scaled to mean 0 and deviation 1 on the "
        f"training songs alone; {_layers(network)}. {_optimizer(config)} at "
        f"{config['learning_rate']:g}, batches of {config['batch_size']}, seed {config['seed']}; "
        f"cross-entropy, each song of the same weight. "
        + (_regularised(model) if config["regularisation"] else _stopped(model))
        + (_VOTE if model.verdict == "vote" else "")
    )
    yield ""


def _regressed(model: Model) -> Iterator[str]:
    config = model.training["config"]
    activations = _activations(model)
    yield from ("## How it was trained: the recipe `ear`", "")
    yield (
        f"A backbone that was trained by others on the Million Song Dataset, musicnn (Pons and "
        f"Serra, 2019), hears the song in patches of three seconds, all brought to one level. The "
        f"means over a window of its {activations} activations before its tags, of which the "
        f"fourth roots are taken, and {len(model.feature_names) - activations} of the features, "
        f"{_KEY_FREE}are scaled to mean 0 and deviation 1 on the training songs alone. On them "
        f"stands one dense layer of {model.network.outputs} softmax units, "
        f"{model.network.parameters:,} parameters: multinomial logistic regression, each genre of "
        f"the same weight, with a Gaussian prior that is narrower for the features than for the "
        f"activations, solved by {config['epochs']} steps of Nesterov's accelerated gradient. "
        f"Songs held out were watched and chose nothing; then {_refit(model)}"
    )
    yield ""


def _optimizer(config: Mapping[str, Any]) -> str:
    name = config.get("optimizer", "adam")  # which models of an earlier Earmark don't say
    named = {"adam": "Adam", "nadam": "Nadam", "rmsprop": "RMSprop", "sgd": "SGD"}[name]
    return "AdamW" if named == "Adam" and config["regularisation"] else named


def _layers(network: Network | Graph) -> str:
    if isinstance(network, Network):
        layers = ", ".join(f"{layer.units} {layer.activation}" for layer in network.layers)
        return f"dense layers of {layers}: {network.parameters:,} parameters"
    steps = ", ".join(f"{step.name} ({'×'.join(map(str, step.shape))})" for step in network.layers)
    return (
        f"layer by layer, with what each puts out, {steps}: {network.parameters:,} parameters, "
        f"{network.trainable:,} of them trainable"
    )


def _stopped(model: Model) -> str:
    epochs = model.training["epochs_run"]
    if not model.training["config"]["patience"]:
        return (
            f"Nothing stopped it or kept it from learning by heart: it was trained for {epochs} "
            f"epochs, songs held out were watched and chose nothing; then {_refit(model)}"
        )
    return (
        f"Of {epochs} epochs the {_ordinal(model.training['best_epoch'])} did best on the songs "
        f"held out (accuracy over five epochs), and {_refit(model)}"
    )


def _regularised(model: Model) -> str:
    config = model.training["config"]
    several = (
        f"{model.members} such networks were trained beside each other for {config['epochs']} "
        f"epochs each, the rate rising and then falling along a cosine; their probabilities are "
        f"averaged."
    )
    one = (
        f"It was trained for {config['epochs']} epochs, the rate rising and then falling along a "
        f"cosine."
    )
    means = "; ".join(_means(config["regularisation"]))
    return (
        f"{several if model.members > 1 else one} Against learning by heart: {means}. Songs held "
        f"out were watched and chose nothing; then {_refit(model)}"
    )


def _means(settings: Mapping[str, Any]) -> Iterator[str]:
    """Name what keeps it from learning by heart, as far as there is any of it."""
    simple = {
        "dropout": "dropout of {:g}",
        "weight_decay": "weight decay of {:g}",
        "label_smoothing": "labels smoothed by {:g}",
        "mixup": "songs mixed by Beta({:g})",
    }
    for name, words in simple.items():
        if settings[name]:
            yield words.format(settings[name])
    changes = settings["augmentation"]
    if changes["gain"] or changes["equaliser"] or changes["octave"]:
        yield (
            f"in each epoch every song changed anew by a gain of {changes['gain']:g} dB and an "
            f"equaliser of {changes['equaliser']:g} dB (standard deviations), and the tempo of "
            f"{percent(changes['octave'])} of them by an octave"
        )


def _refit(model: Model) -> str:
    if model.training["config"]["refit"]:
        fresh = "a fresh network was" if model.members == 1 else "fresh ones were"
        return f"{fresh} trained on all songs for as many."
    return "those weights were kept."


def _ordinal(number: int) -> str:
    last = number % 10 if number % 100 not in (11, 12, 13) else 0
    return f"{number}{dict(enumerate(('th', 'st', 'nd', 'rd'))).get(last, 'th')}"
