"""What the training page shows, in one frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from lib.events import Epoch
from lib.gui.failures import Failure

if TYPE_CHECKING:  # numpy comes with it: too slow for the window's start
    from lib.judgement import Comparison, GenreCompared, Share


class Stage(Enum):
    """Which of its faces the page shows."""

    READING = auto()  # the data
    READY = auto()
    TRAINING = auto()
    TRAINED = auto()  # and neither taken nor left yet
    FAILED = auto()


@dataclass(frozen=True)
class Survey:
    """What a person should know of a data set before training on it.

    Parameters
    ----------
    folder : Path
        Where it lies.
    name : str
        Of the model, unless a person wants another.
    genres : mapping of str to int
        How many songs of each may be learned from.
    fewest : int
        How many each genre needs.
    missing : str
        What training needs, but for the ear, and is not installed; "" if all is there.
    deaf : str
        Why the ear can't be trained, as a sentence; "" where it can.
    against : Path or None
        The folder of the present model, if it can be compared with.
    present : str
        The name of the present model, if it is not one that ships.
    by_ear : bool
        Whether the present model hears by the backbone.
    artists : bool
        Whether it is known of any song who plays.
    corrections : Path
        The folder of the songs that a person corrected.
    along : int
        How many of those would change something here.
    corrected : mapping of str to int
        As `genres`, with them taken along.
    """

    folder: Path
    name: str
    genres: Mapping[str, int]
    fewest: int
    missing: str = ""
    deaf: str = ""
    against: Path | None = None
    present: str = ""
    by_ear: bool = False
    artists: bool = True
    corrections: Path = Path()
    along: int = 0
    corrected: Mapping[str, int] = field(default_factory=dict)

    def taking(self, along: bool) -> Survey:
        """Return what is to be known where the corrections are taken along, or aren't."""
        return replace(self, genres=self.corrected) if along and self.along else self

    @property
    def scarce(self) -> tuple[str, ...]:
        """The genres with too few songs."""
        return tuple(genre for genre, songs in self.genres.items() if songs < self.fewest)

    @property
    def songs(self) -> int:
        """How many songs there are."""
        return sum(self.genres.values())


@dataclass(frozen=True)
class Result:
    """How a new model does on the songs held out.

    Parameters
    ----------
    new : Share
        Of all songs.
    genres : tuple of GenreCompared
    comparison : Comparison or None
        With the present model, where there is one to compare with.
    """

    new: Share
    genres: tuple[GenreCompared, ...]
    comparison: Comparison | None


@dataclass(frozen=True)
class TrainingState:
    """Everything that the training page shows.

    Parameters
    ----------
    stage : Stage
        Which face.
    folder : Path
        Of the data set.
    survey : Survey or None
        None until it is read.
    name : str
        Of the model that is trained, or was.
    step : str
        What is being done.
    fraction : float or None
        How much of all is done, or None where nobody can know.
    left : float or None
        Seconds until it is done, as far as can be told.
    epochs : tuple of Epoch
        Those of the first fit, of which the curves are drawn.
    log : tuple of str
        What a person may want to read later.
    result : Result or None
    failure : Failure or None
    saving : bool
        Whether a model is just being taken.
    """

    stage: Stage = Stage.READING
    folder: Path = field(default_factory=Path)
    survey: Survey | None = None
    name: str = ""
    step: str = ""
    fraction: float | None = None
    left: float | None = None
    epochs: tuple[Epoch, ...] = ()
    log: tuple[str, ...] = ()
    result: Result | None = None
    failure: Failure | None = None
    saving: bool = False
