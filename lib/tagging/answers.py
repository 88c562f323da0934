"""What was heard of a file, and which genres that makes for it by a person's rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lib.genres import plain, written
from lib.tagging.errors import TaggingError
from lib.wording import percent


@dataclass(frozen=True)
class Answer:
    """What was heard in a file.

    Parameters
    ----------
    path : Path
    genre : str
        The likeliest.
    confidence : float
        Its probability.
    probabilities : mapping of str to float
        Every genre of the model.
    unsure, outlier : bool
        Whether to doubt the answer (see `~lib.prediction.Prediction`).
    said : str
        The genre that a person said it is, in place of what was heard; ``""`` where nobody did.
    """

    path: Path
    genre: str
    confidence: float
    probabilities: Mapping[str, float]
    unsure: bool = False
    outlier: bool = False
    said: str = ""

    @classmethod
    def from_dict(cls, told: Mapping[str, Any]) -> Answer:
        """Return the answer of an object that ``03_classify.py --json`` has printed.

        Raises
        ------
        TaggingError
            Where it is no answer.
        """
        try:
            probabilities = {str(genre): float(p) for genre, p in told["probabilities"].items()}
            path, genre = Path(told["source"]), str(told["genre"])
            doubts = bool(told.get("unsure")), bool(told.get("outlier"))
            return cls(path, genre, float(told["confidence"]), probabilities, *doubts)
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise TaggingError(f"It is no answer of 03_classify.py --json ({error!r}).") from error


@dataclass(frozen=True, kw_only=True)
class Rules:
    """Which genres a person wants written where.

    Parameters
    ----------
    only_empty : bool
        Only where a file names no genre yet.
    least_confidence : float
        Below it an answer is left out.
    doubtful : bool
        Whether unsure answers and outliers count as well.
    most : int or None
        How many genres of a song at most; None for as many as reach `share`.
    share : float
        The probability from which on a genre counts beside the first, which always does.
    names : mapping of str to str
        What the person calls the model's genres; ``""`` for one that is never to be written.  One
        without a name of the person's own is written as people mostly do (`lib.genres.written`).

    Raises
    ------
    TaggingError
        Where one of them makes no sense.
    """

    only_empty: bool = False
    least_confidence: float = 0.0
    doubtful: bool = False
    most: int | None = 1
    share: float = 0.0
    names: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for value in (self.least_confidence, self.share):
            if not 0 <= value <= 1:
                raise TaggingError(f"{value} is no share between 0 and 1.")
        if self.most is not None and self.most < 1:
            raise TaggingError(f"{self.most} genres are none; 1 is the least.")

    def why_not(self, answer: Answer, present: Sequence[str]) -> str:
        """Return why an answer is left out, in a few words; ``""`` where it counts.

        Parameters
        ----------
        answer : Answer
        present : sequence of str
            The genres that the file names.
        """
        if self.only_empty and present:
            return "not empty"
        if answer.said:  # a person knows: how sure the model was has no say in that
            return ""
        if not self.doubtful and (answer.outlier or answer.unsure):
            return "outlier" if answer.outlier else "unsure"
        if answer.confidence < self.least_confidence:
            return f"less sure than {percent(self.least_confidence)}"
        return ""

    def genres(self, answer: Answer) -> tuple[str, ...]:
        """Return the genres to write, by the names they are to have, likeliest first.

        Of a song of which a person said what it is, that alone.
        """
        others = sorted(
            (genre for genre in answer.probabilities if genre != answer.genre),
            key=lambda genre: -answer.probabilities[genre],
        )
        likely = (genre for genre in others if answer.probabilities[genre] >= self.share)
        chosen = (answer.said,) if answer.said else (answer.genre, *likely)[: self.most]
        named = (self.names.get(genre, written(genre)) for genre in chosen)
        return tuple(dict.fromkeys(filter(None, named)))


def same_genres(some: Sequence[str], others: Sequence[str]) -> bool:
    """Tell whether two lists name the same genres, however they are written.

    Examples
    --------
    >>> same_genres(["Hip-Hop"], ["hiphop"]), same_genres(["rock"], ["rock", "pop"])
    (True, False)
    """
    return set(map(plain, some)) == set(map(plain, others))
