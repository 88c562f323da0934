"""The window's sentences: how sure, how long, how good the model is, and a result as plain text."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.gui.hearing import ModelFacts
    from lib.prediction import Prediction

LONGEST_LINE = 300  # characters of a title that anybody reads

# From what probability on which words are honest.  They say what the number says, no more.
HEDGES = ((0.8, "This sounds clearly like"), (0.5, "This is probably"), (0.3, "This is perhaps"))
UNSURE = "Hard to tell. The nearest is"


def one_line(text: str) -> str:
    r"""Return text that shows harmlessly in one line.

    Tags come from strangers: control characters, line breaks and marks that turn the direction of
    writing become spaces, and an endless title is cut.

    Examples
    --------
    >>> one_line("A\nsong \u202egnp.exe")
    'A song gnp.exe'
    """
    kept = text[: 4 * LONGEST_LINE]
    kept = "".join(
        " " if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"} else c for c in kept
    )
    kept = " ".join(kept.split())
    return kept if len(kept) <= LONGEST_LINE else kept[: LONGEST_LINE - 1] + "…"


def hedge(confidence: float) -> str:
    """Return how to begin the sentence that the genre ends.

    Examples
    --------
    >>> hedge(0.55), hedge(0.2)
    ('This is probably', 'Hard to tell. The nearest is')
    """
    return next((words for least, words in HEDGES if confidence >= least), UNSURE)


def percent(probability: float) -> str:
    """Return a probability as whole per cent; what is not nothing does not read as nothing.

    Examples
    --------
    >>> percent(0.625), percent(0.002), percent(0.9999)
    ('62 %', '< 1 %', '> 99 %')
    """
    if 0 < probability < 0.005:
        return "< 1 %"
    if 0.995 <= probability < 1:
        return "> 99 %"
    return f"{100 * probability:.0f} %"


def genre_name(genre: str) -> str:
    """Return a genre as a name to show: with a capital, otherwise as the data set spells it."""
    genre = one_line(genre)
    return genre[:1].upper() + genre[1:]


def clock(seconds: float) -> str:
    """Return a time as minutes and seconds.

    Examples
    --------
    >>> clock(204.4), clock(3_600.0)
    ('3:24', '1:00:00')
    """
    minutes, second = divmod(round(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def tempo_name(tempo: float) -> str:
    """Return a tempo in beats per minute, or say that there was no beat."""
    return f"{tempo:.0f} beats per minute" if tempo > 0 else "no beat found"


def about_model(facts: ModelFacts) -> str:
    """Return the model's name and how often it is right, as honestly as its folder allows."""
    name = f"Model {one_line(facts.name)}"
    if facts.accuracy is None:
        return f"{name}: how often it is right was never measured"
    span = ""
    if facts.interval is not None:
        span = f" ({100 * facts.interval[0]:.0f} to {100 * facts.interval[1]:.0f})"
    return (
        f"{name}: right for about {100 * facts.accuracy:.0f}{span} of 100 songs {facts.judged_on}"
    )


def describe(prediction: Prediction, facts: ModelFacts | None) -> str:
    """Return a result as plain text, to be read, searched and copied.

    Parameters
    ----------
    prediction : Prediction
        What was heard.
    facts : ModelFacts or None
        Of the model that answered.
    """
    ranked = list(prediction.probabilities.items())
    width = max(len(genre_name(genre)) for genre, _ in ranked)
    by = f" by {one_line(prediction.artist)}" if prediction.artist else ""
    sure = f"{percent(prediction.confidence)} confident"
    lines = [
        f"{hedge(prediction.confidence)} {one_line(prediction.genre)}: {sure}.",
        "",
        f"Song    {one_line(prediction.title)}{by}",
        f"File    {one_line(prediction.source)}",
        f"Length  {clock(prediction.seconds)}",
        f"Tempo   {tempo_name(prediction.tempo)}",
        "",
        "Every genre, likeliest first",
        *(f"  {genre_name(genre):<{width}}  {percent(p):>6}" for genre, p in ranked),
    ]
    if len(prediction.windows) > 1:
        lines += ["", "Stretch by stretch"]
        for window in prediction.windows:
            span = f"{clock(window.start):>7} to {clock(window.end):<7}"
            share = percent(window.probabilities[window.genre])
            lines.append(f"  {span}  {genre_name(window.genre):<{width}}  {share:>6}")
    for warning in prediction.warnings:
        lines += ["", f"Note: {one_line(warning)}"]
    if facts is not None:
        lines += ["", f"{about_model(facts)}."]
    return "\n".join(lines)
