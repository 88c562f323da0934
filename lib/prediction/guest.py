"""Asking YouTube as a guest who wants to be let in again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from lib.prediction.pace import Pace
from lib.progress import Progress
from lib.youtube import Entry, Fetched, Kind, Refusal, YouTube

# What a list says of these need not hold for a person whose cookies are sent.
CURED_BY_COOKIES = frozenset({Kind.PRIVATE, Kind.MEMBERS_ONLY, Kind.PAYMENT, Kind.AGE_RESTRICTED})

T = TypeVar("T")


class Guest:
    """Pauses between downloads, and asks nothing more once there is a reason not to.

    Such a reason is what makes YouTube useless for now, a bot check for one (see
    `lib.youtube.Kind.stops_a_run`).

    Parameters
    ----------
    youtube : YouTube
        Whose guest.
    pause : float
        Seconds between one download and the next.
    """

    def __init__(self, youtube: YouTube, *, pause: float) -> None:
        self._youtube = youtube
        self._pace = Pace(pause)
        self._stopper: Refusal | None = None

    def fetch(self, video: Entry, progress: Progress) -> Fetched:
        """Download a song, with a pause since the last one.

        Parameters
        ----------
        video : Entry
            What is known of it to be out of reach isn't asked for.
        progress : Progress
            Called while there is a pause, too; may raise `~lib.errors.Cancelled`.

        Raises
        ------
        Refusal
            If it is out of reach, or as `ask`.
        """
        signed_in = self._youtube.network.cookies_from_browser is not None
        if video.problem is not None and not (signed_in and video.problem in CURED_BY_COOKIES):
            raise Refusal(video.problem, video.link)
        if self._stopper is None:
            self._pace.wait(progress)
        try:
            return self.ask(video.link, lambda: self._youtube.fetch(video.id, progress=progress))
        finally:
            self._pace.downloaded()

    def ask(self, subject: str, question: Callable[[], T]) -> T:
        """Ask YouTube, unless it has given a reason not to.

        Parameters
        ----------
        subject : str
            The link or the words that it is about.
        question : callable
            Asks.

        Raises
        ------
        Refusal
            From the question, or for the reason that YouTube gave before.
        """
        if self._stopper is not None:
            raise Refusal(self._stopper.kind, subject, self._stopper.detail, self._stopper.log)
        try:
            return question()
        except Refusal as refusal:
            if refusal.kind.stops_a_run:
                self._stopper = refusal
            raise
