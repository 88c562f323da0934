"""The part of a model's card that tells how well it does, and how sure it may be."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from lib.judgement import BINS, LEAKY
from lib.model import Model
from lib.training.names import EAR

_PROTOCOLS = {
    "artist_folds": "{folds} folds by artist: no artist is both learned from and judged",
    "split": "the table's own split",
    "random_folds": "{folds} folds at random: most songs are by an artist learned from",
    "validation": "the songs held out",
    "test": "the table's test songs",
    "given": "the songs of `{name}`, by the model that lies here{learned}",
}
_PICTURES = ("confusion_matrix", "genre_scores", "learning_curves", "architecture")


def best_metrics(model: Model) -> Mapping[str, Any]:
    """Return the figures nearest to what a person may expect of new songs.

    Those over folds by artist, else of the test songs, else of the table's own split, else over
    random folds, else of the songs held out.
    """
    order = ("artist_folds", "test", "split", "random_folds", "validation")
    return next(model.metrics[name] for name in order if name in model.metrics)


def figures_section(model: Model) -> Iterator[str]:
    """Tell how often it is right, by every protocol that it was judged by."""
    yield from ("## How well it does", "")
    beside_it, called = _other(model)
    yield (
        "| judged on | songs | accuracy | 95 % interval | macro recall | macro F1 "
        f"| {called} | an SVM |"
    )
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for name, words in _PROTOCOLS.items():
        if name not in model.metrics:
            continue
        figures = model.metrics[name]
        beside = " | ".join(_beside(figures.get(other)) for other in (beside_it, "svm"))
        yield (
            f"| {_said(words, figures)} | {figures['songs']} "
            f"| {percent(figures.get('mean', figures['accuracy']))} | {_interval(figures)} "
            f"| {percent(figures['macro_recall'])} | {percent(figures['macro_f1'])} | {beside} |"
        )
    yield ""
    if leaky := model.metrics.get("leaky"):
        yield (
            f"{LEAKY}: {percent(leaky['accuracy'])} of {leaky['songs']} windows. It says nothing "
            f"of new songs, and stands here because other reports quote such figures."
        )
        yield ""
    yield from _reading(model)


def _said(words: str, figures: Mapping[str, Any]) -> str:
    learned = figures.get("learned")
    return words.format(
        folds=len(figures.get("folds", [])),
        name=figures.get("name"),
        learned=f", which has learned from {learned} of them: that flatters it" if learned else "",
    )


def _other(model: Model) -> tuple[str, str]:
    """Return what a model was compared with beside the SVM: its key, and what to call it."""
    if model.network.name == EAR:
        return "mlp85", "`mlp85`, of the 85 features"
    return "plain", "the plain recipe"


def _beside(figures: Mapping[str, Any] | None) -> str:
    return f"{percent(figures['mean'])} ({_interval(figures)})" if figures else "–"


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
    is_ear = model.network.name == EAR
    if (config["regularisation"] or is_ear) and "artist_folds" in model.metrics:
        yield (
            f"The settings of this recipe were compared on other folds of the same songs, so its "
            f"figures here flatter a little; those of {_other(model)[1]} and the SVM do not."
        )
        yield ""
    if config["refit"]:
        stopped = config["patience"] and not config["regularisation"]
        how = "stopped by them" if stopped else "learned from the others"
        yield (
            f"The songs held out judged the network that {how}. The one that lies here was then "
            f"trained anew on all songs for as many epochs, so there are none left that it could "
            f"be judged on; the folds judge the recipe it was made by."
        )
        yield ""


def genres_section(model: Model) -> Iterator[str]:
    """Tell the figures of each genre, on the songs that say most of new ones."""
    metrics = best_metrics(model)
    protocol = next(name for name, value in model.metrics.items() if value is metrics)
    words = _PROTOCOLS[protocol].format(folds=len(metrics.get("folds", [])))
    yield from (f"By genre, on {words}:", "")
    yield from ("| genre | songs | precision | recall | F1 |", "| --- | --- | --- | --- | --- |")
    for genre, score in metrics["genres"].items():
        figures = " | ".join(percent(score[name]) for name in ("precision", "recall", "f1"))
        yield f"| {genre} | {score['support']} | {figures} |"
    yield ""
    for picture in _PICTURES:
        yield f"![{picture.replace('_', ' ')}]({picture}.png)"
        yield ""


def confidence_section(model: Model) -> Iterator[str]:
    """Tell what its confidence is worth, and when it doubts."""
    confidence = model.confidence
    if confidence is None:
        return
    yield from ("## How sure it may be", "")
    by = {"artist_folds": "judged over the folds by artist", "validation": "held out"}
    yield (
        f"Its probabilities are tempered: raised to 1 / {confidence.temperature:.3f} and made to "
        f"sum to 1 again, as fits best the {confidence.songs} songs "
        f"{by.get(confidence.fitted_on, confidence.fitted_on)}, none of which had been learned "
        f"from."
    )
    yield ""
    figures = model.metrics.get(confidence.fitted_on, {})
    if calibrated := figures.get("calibrated"):
        yield from _before_and_after(figures, calibrated)
    yield from (_unsure(confidence.unsure_below), "")
    if confidence.outlier_above is not None:
        flagged = figures.get("outliers")
        share = f" Of the songs judged {percent(flagged)} were." if flagged is not None else ""
        yield (
            f"A song is called unlike all that was learned where the nearest song learned from is "
            f"farther than {confidence.outlier_above:.2f} (Euclidean, in standard deviations of "
            f"the {model.network.inputs} inputs; of several windows the median): 99 % of the songs "
            f"learned from are nearer to one by another artist.{share}"
        )
        yield ""


def _unsure(least: float) -> str:
    """Say which answers are called unsure, and by what rule."""
    if least == 0:
        return "No answer is called unsure: however unsure they were, most were right."
    if least == 1:
        return (
            "Every answer is called unsure: however sure they were, no more were right than wrong."
        )
    return (
        f"Below {percent(least)} an answer is called unsure. With this limit the right answers "
        f"outnumber the wrong ones by most: of those less sure more were wrong than right."
    )


def _before_and_after(figures: Mapping[str, Any], calibrated: Mapping[str, Any]) -> Iterator[str]:
    third, sure = calibrated["surest_two_thirds"], calibrated["sure"]
    yield from ("| probabilities | log loss | calibration error |", "| --- | --- | --- |")
    for words, each in (
        ("as the network gives them", calibrated.get("before", figures)),
        ("tempered by what was fitted on the other folds", calibrated),
    ):
        yield f"| {words} | {each['log_loss']:.3f} | {percent(each['calibration_error'])} |"
    yield ""
    if songs := calibrated.get("songs"):
        yield (
            f"These are of {songs} songs: of a genre by one artist no fold can learn, so that its "
            f"songs can't tell how sure to be."
        )
        yield ""
    yield (
        f"The calibration error is the expected one, over {BINS} bins of one width. Where the "
        f"least sure third of the songs stays unanswered, {percent(third['accuracy'])} of the "
        f"others are named rightly"
        + (
            f"; where the unsure ones do ({percent(1 - sure['share'])} of the songs), "
            f"{percent(sure['accuracy'])}."
            if 0 < sure["share"] < 1
            else "."
        )
    )
    yield ""
    for picture in ("reliability", "answered"):
        yield f"![{picture}]({picture}.png)"
        yield ""


def percent(share: float) -> str:
    """Write a share as a percentage with one decimal."""
    return f"{100 * share:.1f} %"


def _interval(figures: Mapping[str, Any]) -> str:
    low, high = figures["interval"]
    return f"{100 * low:.1f}–{100 * high:.1f} %"
