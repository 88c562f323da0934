"""Lines to YouTube, one for each operation that goes on at the same time.

Nothing here imports yt-dlp before something has to be asked: it takes half a second to import, and
a song in the cache needs none of it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from lib.errors import Cancelled
from lib.progress import Progress
from lib.youtube.errors import Kind, Refusal
from lib.youtube.log import Log
from lib.youtube.options import Limits, Network
from lib.youtube.watch import Watch, watched

if TYPE_CHECKING:
    from lib.youtube.session import Session

T = TypeVar("T")


class Pool:
    """Sessions that nobody uses at the moment, and new ones where those don't suffice.

    Parameters
    ----------
    folder : Path
        Where downloads go.
    limits : Limits
        How long and how large a song may be.
    network : Network
        How YouTube is reached.
    log : Log
        For the full text of failures.
    """

    def __init__(self, folder: Path, limits: Limits, network: Network, log: Log) -> None:
        self._folder = folder
        self._limits = limits
        self._network = network
        self._log = log
        self._idle: list[Session] = []
        self._guard = threading.Lock()

    def ask(
        self, subject: str, step: str, work: Callable[[Session, Watch], T], progress: Progress
    ) -> T:
        """Do work with a session, in a thread of its own.

        Parameters
        ----------
        subject : str
            The link or the words that it is about, for the message of a failure.
        step : str
            The name of the step until the work tells another.
        work : callable
            Given the session, and the watch to report to.
        progress : Progress
            Called in the caller's thread; ends the wait at once when it raises.

        Raises
        ------
        Refusal
            Whatever went wrong.
        """

        def ask(watch: Watch) -> T:
            session = self._take()
            try:
                session.begin(watch)
                answer = work(session, watch)
            # Any error may come out of yt-dlp's extractors when YouTube changes.
            except Exception as error:
                # Whatever it left behind in the session is not for the next one.
                session.close()
                if isinstance(error, Cancelled):
                    raise
                raise session.refusal(error, subject, self._log) from error
            with self._guard:
                self._idle.append(session)
            return answer

        return watched(ask, step, progress)

    def close(self) -> None:
        """Close the connections that are kept open."""
        with self._guard:
            sessions, self._idle = self._idle, []
        for session in sessions:
            session.close()

    def _take(self) -> Session:
        """Return a session that nobody uses."""
        with self._guard:
            if self._idle:
                return self._idle.pop()
        # Half a second, only when YouTube has to be asked for the first time.
        try:
            from lib.youtube.session import Session
        except ImportError as error:
            told = f"it can't be loaded: {error}."
            raise Refusal(Kind.OUTDATED, "yt-dlp", told) from error
        return Session(self._folder, self._limits, self._network)
