"""A file of the library, and what came of hearing it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from lib.library.agreement import contradicts


@dataclass(frozen=True)
class Stamp:
    """What tells a file from one that took its place.

    Parameters
    ----------
    size : int
        Bytes.
    modified : int
        When it was written last, in nanoseconds of the system's clock.
    """

    size: int
    modified: int


@dataclass(frozen=True)
class Gone:
    """A file of the library that is not there any more: it was deleted, renamed or moved."""

    path: Path


@dataclass(frozen=True)
class Song:
    """What is kept of a file.

    Parameters
    ----------
    path : Path
        Absolute.  Its name may hold anything that a file system takes.
    stamp : Stamp or None
        Of the file as it was heard; None where nobody could look at it.
    title, artist : str
        From its tags; the title else from its name.
    tag : str
        The genre that its tags name, as they name it; ``""`` where they name none.
    seconds : float
        Its length.
    genre : str
        What was heard; ``""`` where nothing was.
    confidence : float
        The probability of that.
    unsure, outlier : bool
        When to doubt it (see `~lib.prediction.Prediction`).
    probabilities : mapping of str to float
        Every genre of the model, likeliest first.
    reason : str
        Why it was set aside, as a sentence; ``""`` where it was heard.
    lasting : bool
        Whether that lies in the file itself, so that it needn't be tried again until it changes.
    warnings : tuple of str
        What was wrong with the sound that was heard, as sentences.
    """

    path: Path
    stamp: Stamp | None
    title: str
    artist: str = ""
    tag: str = ""
    seconds: float = 0.0
    genre: str = ""
    confidence: float = 0.0
    unsure: bool = False
    outlier: bool = False
    probabilities: Mapping[str, float] = field(default_factory=dict)
    reason: str = ""
    lasting: bool = True
    warnings: tuple[str, ...] = ()

    @property
    def doubt(self) -> str:
        """What to think of the answer, in a word: ``"outlier"``, ``"unsure"``, or ``""``."""
        return "outlier" if self.outlier else "unsure" if self.unsure else ""

    @property
    def disagrees(self) -> bool:
        """Whether its tag names other genres of the model than the one that was surely heard."""
        sure = bool(self.genre) and not self.doubt
        return sure and contradicts(self.tag, self.genre, tuple(self.probabilities))

    def doubted_below(self, confidence: float) -> Song:
        """Return the song with a person's own threshold for doubt in place of the model's."""
        return replace(self, unsure=bool(self.genre) and self.confidence < confidence)

    def to_dict(self) -> dict[str, Any]:
        """Return the song as plain values, for JSON: ``source, error`` of what was set aside."""
        told = {"source": str(self.path), "title": self.title, "artist": self.artist}
        if self.reason:
            return {**told, "tag": self.tag, "error": self.reason}
        return {
            **told,
            "seconds": round(self.seconds, 3),
            "tag": self.tag,
            "genre": self.genre,
            "confidence": round(self.confidence, 6),
            "unsure": self.unsure,
            "outlier": self.outlier,
            "disagrees": self.disagrees,
            "probabilities": {genre: round(p, 6) for genre, p in self.probabilities.items()},
            "warnings": list(self.warnings),
        }


def stamp_of(path: Path) -> Stamp | None:
    """Return a file's stamp; None where there is no such file, or the system doesn't say."""
    try:
        status = os.stat(path)  # noqa: PTH116 (thousands of files: a Path's takes twice as long)
    except (OSError, ValueError):
        return None
    return Stamp(status.st_size, status.st_mtime_ns)
