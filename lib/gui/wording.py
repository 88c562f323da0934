"""The window's sentences: how sure, how long, how good the model is, and a result as plain text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lib.errors import EarmarkError
from lib.genres import written
from lib.gui.facts import ModelFacts
from lib.gui.failures import in_the_window
from lib.gui.state import Phase, Run, State
from lib.wording import accuracy_words, clean, clock, hedge, percent

if TYPE_CHECKING:  # numpy and the decoders come with it: too slow for the window's start
    from lib.explanation import Explanation
    from lib.prediction import Prediction

MOST_WORDS = 3  # beside the verdict; the tab “Why” has them all


def confidence_words(prediction: Prediction) -> str:
    """Return how sure the model is, and for what that holds."""
    sure = f"{percent(prediction.confidence)} confident"
    return f"{sure}, if it is any of these" if prediction.outlier else sure


def why_told(why: Explanation, genre: str) -> str:
    """Return in a line why a song was given its genre; "" where that can't be said."""
    # The thread that found it has imported it already.
    from lib.explanation import points, strongest_first

    words = sorted(
        (trait for trait in why.traits if trait.word), key=lambda trait: -abs(trait.rank - 0.5)
    )
    parts = ["Sounds " + ", ".join(trait.word for trait in words[:MOST_WORDS])] if words else []
    if genre in why.pulls:
        pulls = [(p.group, points(p.change)) for p in strongest_first(why.pulls[genre])]
        strong = [f"{group} {change}" for group, change in pulls if change != "0"]
        if strong:
            strong[0] += " point" if strong[0][-2:] in {"+1", "−1"} else " points"
        parts += [f"Pulled by {', '.join(strong)}"] if strong else []
    return " ".join(f"{part}." for part in parts)


def genre_name(genre: str) -> str:
    """Return a genre as a name to show: as it would be written into the tags of songs."""
    return written(clean(genre))


def step_line(step: str, fraction: float | None) -> str:
    """Return a step of the work with how far it is, unless its own words say that.

    Examples
    --------
    >>> step_line("Listening", 0.4), step_line("Downloading 1.2 of 3.4 MB, 5 s left", 0.35)
    ('Listening, 40 %', 'Downloading 1.2 of 3.4 MB, 5 s left')
    """
    if fraction is None:
        return f"{step} …"
    told = step.partition(" (")[0]  # what stands in brackets counts the songs of a playlist
    return step if any(map(str.isdigit, told)) else f"{step}, {percent(fraction)}"


def run_line(run: Run) -> str:
    """Return how far a playlist has come, or how it ended."""
    total = len(run.listing.entries)
    failed = sum(isinstance(outcome.result, EarmarkError) for outcome in run.outcomes)
    heard = len(run.outcomes) - failed
    if run.running:
        return f"Song {min(len(run.outcomes) + 1, total)} of {total}   ·   " + step_line(
            run.step.partition(" (")[0] or "Opening", run.fraction
        )
    counts = [f"{heard} of {total} heard"]
    if failed:
        counts.append(f"{failed} could not be")
    left = total - len(run.outcomes)
    if left:
        counts.append(f"{left} not asked for")
    line = ", ".join(counts) + ". A double click or Enter opens a song."
    last = run.outcomes[-1] if run.outcomes else None
    if last is not None and last.stops_a_run and left:
        line = f"{', '.join(counts)}. {in_the_window(str(last.result))}"
    return line


def tempo_name(tempo: float) -> str:
    """Return a tempo in beats per minute, or say that there was no beat."""
    return f"{tempo:.0f} beats per minute" if tempo > 0 else "no beat found"


def about_model(facts: ModelFacts) -> str:
    """Return the model's name and how often it is right, as honestly as its folder allows."""
    right = accuracy_words(facts.accuracy, facts.interval, facts.judged_on, facts.songs)
    return f"Model {clean(facts.name)}: {right}"


def list_name(state: State) -> str:
    """Return the name of the list that a song was picked from; ``""`` where there is none."""
    if state.origin is Phase.CHOOSING and state.results is not None:
        return f"Results for “{clean(state.results.words)}”"
    if state.origin is Phase.PLAYLIST and state.run is not None:
        return clean(state.run.listing.title) or "The playlist"
    return ""


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
    by = f" by {clean(prediction.artist)}" if prediction.artist else ""
    begin = hedge(prediction.confidence, prediction.doubt)
    lines = [
        f"{begin} {clean(prediction.genre)}: {confidence_words(prediction)}.",
        *filter(None, [prediction.doubts]),
        "",
        f"Song    {clean(prediction.title)}{by}",
        f"{'File' if prediction.video is None else 'Link':<7} {clean(prediction.source)}",
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
        lines += ["", f"Note: {clean(warning)}"]
    if facts is not None:
        lines += ["", f"{about_model(facts)}."]
    return "\n".join(lines)
