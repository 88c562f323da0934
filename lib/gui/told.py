"""What the hearing thread tells of what a person gave: what it is, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from lib.wording import file_name

if TYPE_CHECKING:  # at run time these are imported in the thread, after the window stands
    from lib.explanation import Explanation
    from lib.features import Overview
    from lib.model import Model
    from lib.prediction import Given, Prediction
    from lib.youtube import Entry


@dataclass(frozen=True)
class About:
    """What was given, as soon as it is understood.

    Parameters
    ----------
    title : str
        The name of a song as far as it is known: of a file, of a video, or its link; or the words
        that are searched for.
    doing : str
        What is done with it, to stand before the title.
    long : bool
        Whether hearing all of it takes long, so that its middle alone may be wanted.
    """

    title: str
    doing: str = "Hearing"
    long: bool = False


@dataclass(frozen=True)
class Heard:
    """A song that was heard.

    Parameters
    ----------
    prediction : Prediction
        The answer.
    overview : Overview
        What the plots are drawn from.
    given : Given or None
        What was heard as numbers, for saying why and for a correction.
    model : Model or None
        What judged.
    """

    prediction: Prediction
    overview: Overview
    given: Given | None = None
    model: Model | None = None


def song_file(heard: Heard) -> str:
    """Name a file after a song, without a suffix."""
    song = heard.prediction
    return file_name(f"{song.artist} - {song.title}" if song.artist else song.title)


@dataclass(frozen=True)
class Explained:
    """Why a song was given its genre."""

    heard: Heard
    explanation: Explanation


@dataclass(frozen=True)
class Corrected:
    """The genre that a person gave a song; empty where they took it back, or gave none."""

    heard: Heard
    genre: str


@dataclass(frozen=True)
class Results:
    """What a search found.

    Parameters
    ----------
    words : str
        What was searched for.
    videos : tuple of Entry
        At least one, in YouTube's order.
    """

    words: str
    videos: tuple[Entry, ...]


@dataclass(frozen=True)
class Songs:
    """A playlist was given, whose songs are yet to be gone through."""

    link: str


Told = About | Heard | Results | Songs
"""What `~lib.gui.hearing.Ear.listen` yields."""
