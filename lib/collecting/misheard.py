"""A song that a person heard named wrongly, and what it is called in the tables."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from lib.collecting.events import track_of
from lib.dataset.cells import one_line
from lib.youtube import Entry

_PREFIX = "corrected/"
_HEX = 12  # digits of a path's hash in the name of a track: no two of a million paths share them


class Answer(Protocol):
    """What is to be known of a wrong answer; a `lib.prediction.Prediction` has it."""

    @property
    def source(self) -> str: ...  # noqa: D102 (as in `Misheard`, here and below)
    @property
    def title(self) -> str: ...  # noqa: D102
    @property
    def artist(self) -> str: ...  # noqa: D102
    @property
    def seconds(self) -> float: ...  # noqa: D102
    @property
    def warnings(self) -> tuple[str, ...]: ...  # noqa: D102
    @property
    def genre(self) -> str: ...  # noqa: D102
    @property
    def confidence(self) -> float: ...  # noqa: D102
    @property
    def model(self) -> str: ...  # noqa: D102
    @property
    def video(self) -> Entry | None: ...  # noqa: D102


@dataclass(frozen=True, eq=False)
class Misheard:
    """A song and what was heard in it.

    Parameters
    ----------
    source : str
        The path of its file, or its link.
    video : str
        The id of the video; empty of a file.
    title, artist : str
    seconds : float
        Its length.
    warnings : tuple of str
        What was wrong with the sound.
    features : np.ndarray [shape=(windows, 85)]
    activations : np.ndarray [shape=(windows, 400)] or None
        What the backbone heard in the windows; None where it didn't.
    genre : str
        What was heard.
    confidence : float
    model : str
        By which model.
    """

    source: str
    video: str
    title: str
    artist: str
    seconds: float
    warnings: tuple[str, ...]
    features: NDArray[np.float64]
    activations: NDArray[np.float64] | None
    genre: str
    confidence: float
    model: str

    @classmethod
    def of(
        cls,
        answer: Answer,
        features: NDArray[np.float64],
        activations: NDArray[np.float64] | None,
    ) -> Misheard:
        """Return what is kept of a song, by the wrong answer and what was heard as numbers."""
        return cls(
            source=answer.source,
            video=answer.video.id if answer.video is not None else "",
            title=answer.title,
            artist=answer.artist,
            seconds=answer.seconds,
            warnings=answer.warnings,
            features=features,
            activations=activations,
            genre=answer.genre,
            confidence=answer.confidence,
            model=answer.model,
        )

    @property
    def track(self) -> str:
        """Its name in the tables."""
        return corrected_track(self.source, self.video)


def corrected_track(source: str, video: str = "") -> str:
    """Return what a song is called in the tables: the same whenever it is corrected.

    Parameters
    ----------
    source : str
        The path of its file, or its link.
    video : str
        The id of the video; empty of a file.

    Examples
    --------
    >>> corrected_track("https://youtu.be/dQw4w9WgXcQ", "dQw4w9WgXcQ")
    'youtube/dQw4w9WgXcQ'
    """
    if video:
        return track_of(video)
    path = Path(source).resolve()
    # A name may hold bytes that are no text.
    told = hashlib.sha256(str(path).encode(errors="surrogateescape")).hexdigest()[:_HEX]
    return f"{_PREFIX}{one_line(_printable(path.stem))} {told}"


def is_correction(track: str) -> bool:
    """Tell whether a track is a file that was corrected; of videos the name doesn't tell."""
    return track.startswith(_PREFIX)


def _printable(name: str) -> str:
    return name.encode(errors="replace").decode()
