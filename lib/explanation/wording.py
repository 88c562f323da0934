"""An explanation in lines of text, for the console and for the window."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lib.explanation.explanation import Explanation
from lib.explanation.neighbours import Neighbour
from lib.explanation.pulls import Pull, Pulls
from lib.explanation.traits import Trait
from lib.wording import clean, percent

WORTH_TELLING = 0.005  # of probability; less rounds to no point of a hundred


def why_lines(explanation: Explanation, genre: str) -> Iterator[str]:
    """Tell why a genre is as probable as it is, with all numbers.

    Parameters
    ----------
    explanation : Explanation
    genre : str
        One of the model's; the one that was heard.

    Yields
    ------
    str
        A line without its line break; what belongs to the line before is set in by two spaces.
    """
    if explanation.unsaid:
        yield explanation.unsaid
    if explanation.pulls:
        found = explanation.pulls[genre]
        average = percent(found.base)
        yield f"Why {clean(genre)}? It gives that {average} in the songs it learned from; here"
        width = max(len(pull.group) for pull in found.pulls)
        for pull in strongest_first(found):
            yield f"  {pull.group:<{width}} {points(pull.change):>5} {_towards(pull)}"
    if explanation.traits:
        yield f"It sounds {enumerate_words(explanation.words) or 'like most songs it learned from'}"
        said = [trait for trait in explanation.traits if trait.word]
        width = max((len(trait.word) for trait in said), default=0)
        yield from (f"  {trait.word:<{width}}  {standing(trait)}" for trait in said)
    if explanation.neighbours:
        yield "The nearest songs it learned from"
        for near in explanation.neighbours:
            yield f"  {song_name(near)}, {clean(near.song.genre)}: {nearness(near)}"


def pull_sentence(explanation: Explanation, genre: str) -> str:
    """Return in one sentence what pulled towards a genre; empty where that can't be said.

    Examples
    --------
    >>> found = Pulls(0.1, (Pull("timbre", 0.4), Pull("harmony", 0.12), Pull("tempo", -0.02)))
    >>> pull_sentence(Explanation({"rock": found}), "rock")
    'Timbre pulled it there by 40 points, harmony by 12; tempo pulled away by 2.'
    """
    if genre not in explanation.pulls:
        return ""
    ranked = strongest_first(explanation.pulls[genre])
    there = [pull for pull in ranked if pull.change >= WORTH_TELLING]
    away = [pull for pull in reversed(ranked) if pull.change <= -WORTH_TELLING]
    parts = [_pulled(there, "pulled it there"), _pulled(away, "pulled away")]
    told = "; ".join(filter(None, parts)) or "nothing it hears pulled it anywhere"
    return f"{told[:1].upper()}{told[1:]}."


def strongest_first(found: Pulls) -> tuple[Pull, ...]:
    """Return the pulls, those towards the genre first and the strongest of them before all."""
    return tuple(sorted(found.pulls, key=lambda pull: -pull.change))


def points(change: float) -> str:
    """Write a change of probability in points of a hundred.

    Examples
    --------
    >>> points(0.314), points(-0.02), points(0.001)
    ('+31', '−2', '0')
    """
    whole = round(100 * change)
    return f"{whole:+d}".replace("-", "−") if whole else "0"


def enumerate_words(words: Sequence[str]) -> str:
    """Put words into a row.

    Examples
    --------
    >>> enumerate_words(["very fast", "with few, clear notes", "steady"])
    'very fast, with few, clear notes and steady'
    """
    return " and ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def standing(trait: Trait) -> str:
    """Say of how many songs a word would be too much, and on which feature that hangs.

    Examples
    --------
    >>> standing(Trait("tempo", ("log tempo",), 0.07, "slow"))
    '93 % of the songs it learned from are less so (log tempo)'
    """
    features = trait.features
    told = features[0] if len(features) == 1 else f"{features[0]} … {features[-1][-2:]}"
    rank = percent(max(trait.rank, 1 - trait.rank))
    return f"{rank} of the songs it learned from are less so ({told})"


def song_name(near: Neighbour) -> str:
    """Return title and artist of a song, as far as they are known, else what its table calls it."""
    title = f"“{clean(near.song.title)}”" if near.song.title else clean(near.song.track)
    return f"{title} by {clean(near.song.artist)}" if near.song.artist else title


def nearness(near: Neighbour) -> str:
    """Say how near a song is, in words and against what is usual."""
    if near.known:
        return near.how
    nearer = percent(1 - near.nearer_than)
    return f"{near.how} ({nearer} of the songs it learned from have a nearer one)"


def _towards(pull: Pull) -> str:
    if abs(pull.change) < WORTH_TELLING:
        return "points"
    return "points towards it" if pull.change > 0 else "points away from it"


def _pulled(pulls: Sequence[Pull], verb: str) -> str:
    """Tell of pulls that go the same way."""
    if not pulls:
        return ""
    first, *rest = pulls
    told = f"{first.group} {verb} by {round(100 * abs(first.change))}"
    told += " points" if verb == "pulled it there" else ""
    return ", ".join([told, *(f"{p.group} by {round(100 * abs(p.change))}" for p in rest)])
