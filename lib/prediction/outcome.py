"""What comes, one after another, of all that a person gave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lib.errors import EarmarkError
from lib.prediction.prediction import Prediction, video_to_dict
from lib.youtube import Entry, Listing, Refusal


@dataclass(frozen=True)
class Found:
    """The video that words were taken to mean, before it is fetched.

    Parameters
    ----------
    words : str
        What was searched for.
    video : Entry
        The first result that can be heard.
    """

    words: str
    video: Entry


@dataclass(frozen=True)
class Place:
    """Where a song stands in a playlist; the first is number 1."""

    listing: Listing
    number: int

    @property
    def left(self) -> int:
        """How many songs come after it."""
        return len(self.listing.entries) - self.number


@dataclass(frozen=True)
class Outcome:
    """What came of one song.

    Parameters
    ----------
    source : str
        A file's path, a video's link, or what the person gave where that means no song.
    result : Prediction or EarmarkError
        What was heard, or why nothing was.
    video : Entry or None
        What YouTube says of it, as far as it was asked.
    words : str
        What was searched for; "" where nothing was.
    place : Place or None
        Where it stands in a playlist.
    """

    source: str
    result: Prediction | EarmarkError
    video: Entry | None = None
    words: str = ""
    place: Place | None = None

    @property
    def stops_a_run(self) -> bool:
        """Whether YouTube gave a reason to ask it nothing more for now."""
        return isinstance(self.result, Refusal) and self.result.kind.stops_a_run

    def to_dict(self) -> dict[str, Any]:
        """Return the outcome as plain values, for JSON.

        A prediction's own (see `Prediction.to_dict`), or ``"source"`` and ``"error"``, of YouTube
        with the ``"kind"`` of refusal; and where there are any, ``"video"``, ``"words"`` and
        ``"playlist"``.
        """
        told: dict[str, Any] = {}
        if isinstance(self.result, Prediction):
            told = self.result.to_dict()
        else:
            told = {"source": self.source, "error": str(self.result)}
            if isinstance(self.result, Refusal):
                told["kind"] = str(self.result.kind)
            if self.video is not None:
                told["video"] = video_to_dict(self.video)
        if self.words:
            told["words"] = self.words
        if self.place is not None:
            told["playlist"] = {
                "link": self.place.listing.link,
                "title": self.place.listing.title,
                "number": self.place.number,
                "count": len(self.place.listing.entries),
            }
        return told


Event = Found | Listing | Outcome
"""What a `~lib.prediction.Listener` tells."""
